/** The official days of a region, year by year; a year that is not here is plain Monday to Friday and flagged. */
export interface OfficialDays {
  readonly region: string;
  /** Names source and last year; recorded by whoever derives a deadline from it. */
  readonly version: string;
  /** Month-day lists parted by blanks: `off` public holidays (weekends included), `worked` make-up working weekends. */
  readonly years: Readonly<Record<string, { readonly off: string; readonly worked: string }>>;
}

/** A region without official days: Monday to Friday, on purpose and so not flagged. */
export const WEEKDAYS_ONLY: OfficialDays = { region: 'WEEKDAYS', version: 'WEEKDAYS-1', years: {} };
