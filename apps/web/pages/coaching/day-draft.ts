import { asDecimalText } from '../../pieces/decimals';
import { type Counts, type Kind, KINDS, type Log } from './plans';

/** As the API bounds a day's counts. */
export const MOST: Readonly<Record<Kind, number>> = { calls: 9_999, visits: 999, prospects: 999, quotes: 999, followUps: 999 };

/** A day's log as it is being written: counts as they were typed, so that nothing wrong is made into another number. */
export interface DayDraft {
  readonly counts: Readonly<Record<Kind, string>>;
  readonly note: string;
  /** What stood there when the writing began; null while nothing did. */
  readonly base: string | null;
}

/** The count that was typed; undefined when it is no whole number within the limit. An empty field is 0, as it shows. */
export function countIn(typed: string, most: number): number | undefined {
  const text = asDecimalText(typed);
  if (text === '') return 0;
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const count = Number.parseInt(text, 10);
  return count <= most ? count : undefined;
}

export function countsIn({ counts }: Pick<DayDraft, 'counts'>): Counts | undefined {
  const [calls, visits, prospects, quotes, followUps] = KINDS.map((kind) => countIn(counts[kind], MOST[kind]));
  if (calls === undefined || visits === undefined || prospects === undefined) return undefined;
  return quotes === undefined || followUps === undefined ? undefined : { calls, visits, prospects, quotes, followUps };
}

export function wrongKinds({ counts }: Pick<DayDraft, 'counts'>): readonly Kind[] {
  return KINDS.filter((kind) => countIn(counts[kind], MOST[kind]) === undefined);
}

/** What a log says, to compare by. */
export function saidIn(log: (Counts & { readonly note: string | null }) | undefined): string | null {
  return log ? JSON.stringify([...KINDS.map((kind) => log[kind]), log.note ?? '']) : null;
}

/** A draft that begins with what stands there. */
export function beginDay(said: Log | undefined): DayDraft {
  const text = (kind: Kind): string => String(said?.[kind] ?? 0);
  return {
    counts: {
      calls: text('calls'),
      visits: text('visits'),
      prospects: text('prospects'),
      quotes: text('quotes'),
      followUps: text('followUps'),
    },
    note: said?.note ?? '',
    base: saidIn(said),
  };
}

/** The day was said elsewhere, and otherwise, since this was begun. */
export function isOvertaken(draft: DayDraft, said: Log | undefined): boolean {
  const now = saidIn(said);
  if (now === draft.base) return false;
  const counts = countsIn(draft);
  return counts === undefined || saidIn({ ...counts, note: draft.note.trim() }) !== now;
}
