import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay, formatPeriod } from '../../pieces/format';
import { type Mark, MARK_SHAPES, markOf, weeksOf } from './calendar-days';
import type { CalendarDay } from './queries';

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const MARKS: readonly Mark[] = ['official-off', 'make-up-workday', 'own-off', 'own-working'];

function useMarkWords(): (mark: Mark) => string {
  const { t } = useTranslation('data');
  return (mark) => {
    switch (mark) {
      case 'official-off':
        return t('calendar.short.official-off');
      case 'make-up-workday':
        return t('calendar.short.make-up-workday');
      case 'own-off':
        return t('calendar.short.off');
      case 'own-working':
        return t('calendar.short.working');
    }
  };
}

function Head(): ReactElement {
  const { t } = useTranslation('data');
  return (
    <thead>
      <tr>
        {WEEKDAYS.map((day) => (
          <th key={day} scope="col">
            {t(`calendar.weekdays.${day}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface MonthTableProps {
  readonly month: string;
  readonly days: readonly CalendarDay[];
  readonly today: string;
  /** For who may change days: a day as a button. */
  readonly onDay?: (day: string) => void;
}

/** A month with each day that is not as its weekday says in a word. */
export function MonthTable({ month, days, today, onDay }: MonthTableProps): ReactElement {
  return (
    <table className="month" aria-label={formatPeriod(month)}>
      <Head />
      <tbody>
        {weeksOf(month, days).map((week, index) => (
          <tr key={index}>
            {week.map((day, place) =>
              day === null ? (
                <td key={`none-${place}`} />
              ) : (
                <td key={day.day} className={[day.working ? '' : 'off', day.day === today ? 'today' : ''].join(' ')}>
                  <Day day={day} {...(onDay ? { onDay } : {})} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, onDay }: { readonly day: CalendarDay; readonly onDay?: (day: string) => void }): ReactElement {
  const { t } = useTranslation('data');
  const words = useMarkWords();
  const mark = markOf(day);
  const why = `${day.working ? t('calendar.dayOn') : t('calendar.dayOff')} · ${t(`calendar.why.${day.why}`)}`;
  const content = (
    <>
      <span className="figure">{Number(day.day.slice(8))}</span>
      {mark && (
        <span className={`tag ${day.why}`}>
          <span aria-hidden="true">{MARK_SHAPES[mark]}</span> {words(mark)}
        </span>
      )}
    </>
  );
  const title = day.reason === null ? why : `${why} · ${day.reason}`;
  if (!onDay) {
    return (
      <div className="day" title={title}>
        {content}
      </div>
    );
  }
  return (
    <button type="button" className="day" title={title} aria-label={`${formatDay(day.day)} · ${title}`} onClick={() => onDay(day.day)}>
      {content}
    </button>
  );
}

/** A year at a glance: the shapes of the legend beside the days. */
export function YearTables({ year, days }: { readonly year: string; readonly days: readonly CalendarDay[] }): ReactElement {
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return (
    <div className="months">
      {months.map((month) => (
        <table key={month}>
          <caption>{formatPeriod(month)}</caption>
          <Head />
          <tbody>
            {weeksOf(month, days).map((week, index) => (
              <tr key={index}>
                {week.map((day, place) => (day === null ? <td key={`none-${place}`} /> : <SmallDay key={day.day} day={day} />))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function SmallDay({ day }: { readonly day: CalendarDay }): ReactElement {
  const words = useMarkWords();
  const mark = markOf(day);
  return (
    <td className={day.working ? undefined : 'off'} title={day.reason ?? undefined}>
      {Number(day.day.slice(8))}
      {mark && (
        <span className={`tag ${day.why}`}>
          <span aria-hidden="true">{MARK_SHAPES[mark]}</span>
          <span className="hidden">{words(mark)}</span>
        </span>
      )}
    </td>
  );
}

export function Legend(): ReactElement {
  const { t } = useTranslation('data');
  const words = useMarkWords();
  const why: Readonly<Record<Mark, string>> = {
    'official-off': t('calendar.why.official-off'),
    'make-up-workday': t('calendar.why.make-up-workday'),
    'own-off': `${t('calendar.why.override')} · ${t('calendar.dayOff')}`,
    'own-working': `${t('calendar.why.override')} · ${t('calendar.dayOn')}`,
  };
  return (
    <ul className="legend" aria-label={t('calendar.legend')}>
      {MARKS.map((mark) => (
        <li key={mark}>
          <span aria-hidden="true">{MARK_SHAPES[mark]}</span> {words(mark)}: {why[mark]}
        </li>
      ))}
    </ul>
  );
}
