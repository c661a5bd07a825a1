import { Button } from 'antd';
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../pieces/format';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { daysAgo } from './days';
import { type Counts, type Kind, KINDS, type Log, type Plan, useAct } from './plans';

const NOTHING: Counts = { calls: 0, visits: 0, prospects: 0, quotes: 0, followUps: 0 };
/** Days that may be caught up on. */
const BACK = 7;
const MOST: Readonly<Record<Kind, number>> = { calls: 9_999, visits: 999, prospects: 999, quotes: 999, followUps: 999 };

/** What a day held, for a thumb: a number each, none of them asked for, one button. A day said again is replaced. */
export function DailyLogForm({ plan, logs }: { readonly plan: Plan; readonly logs: readonly Log[] }): ReactElement {
  const { t } = useTranslation('coaching');
  const id = useId();
  const [date, setDate] = useState(() => daysAgo(0));
  const said = logs.find((log) => log.date === date);
  const days = Array.from({ length: BACK }, (_, back) => daysAgo(back)).filter((day) => day >= plan.startDay);
  return (
    <div className="stack">
      <div className="row">
        <label htmlFor={id}>{t('log.date')}</label>
        <select id={id} className="plain-select" value={date} onChange={(event) => setDate(event.target.value)}>
          {days.map((day, back) => (
            <option key={day} value={day}>
              {back === 0 ? t('log.today', { day: formatDay(day) }) : formatDay(day)}
            </option>
          ))}
        </select>
        {said && (
          <span className="soft" role="status">
            {t('log.said')}
          </span>
        )}
      </div>
      {/* Another day, or the same read again after it was said: another form, filled in with what stands there. */}
      <DayForm key={`${date} ${said ? KINDS.map((kind) => said[kind]).join() : ''}`} plan={plan} date={date} said={said} />
    </div>
  );
}

function DayForm({ plan, date, said }: { readonly plan: Plan; readonly date: string; readonly said: Log | undefined }): ReactElement {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const id = useId();
  const [counts, setCounts] = useState<Counts>(() => said ?? NOTHING);
  const [note, setNote] = useState(said?.note ?? '');
  const act = useAct(plan.planId, () => say(t('log.done', { day: formatDay(date) })));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { calls, visits, prospects, quotes, followUps } = counts;
    const text = note.trim();
    act.mutate({ act: { act: 'log-day', date, calls, visits, prospects, quotes, followUps, ...(text === '' ? {} : { note: text }) } });
  };
  return (
    <form onSubmit={submit} className="stack" aria-label={t('log.title')}>
      <div className="steppers">
        {KINDS.map((kind) => (
          <Stepper
            key={kind}
            label={t(`kind.${kind}`)}
            planned={plan.activityPerDay?.[kind]}
            most={MOST[kind]}
            value={counts[kind]}
            onChange={(next) => setCounts({ ...counts, [kind]: next })}
          />
        ))}
      </div>
      <details>
        <summary>{t('log.note')}</summary>
        <textarea
          id={id}
          aria-label={t('log.note')}
          className="plain-input"
          rows={2}
          maxLength={2_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </details>
      {act.error && <ProblemNote problem={act.error.problem} />}
      <Button type="primary" htmlType="submit" size="large" loading={act.isPending} block>
        {said ? t('log.again') : t('log.submit')}
      </Button>
    </form>
  );
}

interface StepperProps {
  readonly label: string;
  readonly planned: number | undefined;
  readonly most: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Stepper({ label, planned, most, value, onChange }: StepperProps): ReactElement {
  const { t } = useTranslation('coaching');
  const id = useId();
  const within = (next: number): number => Math.min(most, Math.max(0, next));
  return (
    <div className="stepper">
      <label htmlFor={id}>
        {label}
        {planned !== undefined && <span className="soft"> {t('log.planned', { count: planned })}</span>}
      </label>
      <div className="control">
        <button
          type="button"
          aria-label={t('log.less', { what: label })}
          disabled={value === 0}
          onClick={() => onChange(within(value - 1))}
        >
          −
        </button>
        <input
          id={id}
          inputMode="numeric"
          pattern="[0-9]*"
          value={String(value)}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            const digits = event.target.value.replace(/\D/g, '').slice(0, 4);
            onChange(within(digits === '' ? 0 : Number.parseInt(digits, 10)));
          }}
        />
        <button type="button" aria-label={t('log.more', { what: label })} onClick={() => onChange(within(value + 1))}>
          +
        </button>
      </div>
    </div>
  );
}
