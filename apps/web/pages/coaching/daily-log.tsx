import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem';
import { useMe } from '../../app/session';
import { Conflict } from '../../pieces/conflict';
import { type DraftInHand, useDraft } from '../../pieces/draft';
import { formatDay, formatExact } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { beginDay, countIn, countsIn, type DayDraft, isOvertaken, MOST, saidIn, wrongKinds } from './day-draft';
import { daysAgo } from './days';
import { type Kind, KINDS, type Log, logsQuery, type Plan, useAct } from './plans';

/** Days that may be caught up on. */
const BACK = 7;
const NOTE_MOST = 2_000;
const NONE = beginDay(undefined);

/** What a day held, for a thumb: a number each, none of them asked for, one button. A day said again is replaced. */
export function DailyLogForm({ plan, logs }: { readonly plan: Plan; readonly logs: readonly Log[] }): ReactElement {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const id = useId();
  const [date, setDate] = useState(() => daysAgo(0));
  const said = logs.find((log) => log.date === date);
  const days = Array.from({ length: BACK }, (_, back) => daysAgo(back)).filter((day) => day >= plan.startDay);
  const draft = useDraft<DayDraft>(`daily-log.${plan.planId}.${date}.${me.subject}`, NONE);
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
      <DayForm key={date} plan={plan} date={date} said={said} draft={draft} />
    </div>
  );
}

interface DayFormProps {
  readonly plan: Plan;
  readonly date: string;
  readonly said: Log | undefined;
  readonly draft: DraftInHand<DayDraft>;
}

function DayForm({ plan, date, said, draft: { draft, kept, set, drop } }: DayFormProps): ReactElement {
  const { t } = useTranslation('coaching');
  const form = useRef<HTMLFormElement>(null);
  const written = kept ? draft : beginDay(said);
  const { send, isPending, problem } = useSendDay(plan, date, drop);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [wrong] = wrongKinds(written);
    if (wrong !== undefined) form.current?.querySelector<HTMLElement>(`[name=${wrong}]`)?.focus();
    else if (!isPending) void send(written);
  };
  const change = (part: Partial<DayDraft>): void => set({ ...written, ...part });
  return (
    <form ref={form} onSubmit={submit} className="stack" aria-label={t('log.title')} noValidate>
      {kept && !isPending && isOvertaken(draft, said) && (
        <Conflict
          now={<Said counts={beginDay(said).counts} note={said?.note ?? ''} />}
          yours={<Said counts={draft.counts} note={draft.note} />}
          onUseNow={drop}
          onKeepMine={() => change({ base: saidIn(said) })}
        />
      )}
      <div className="steppers">
        {KINDS.map((kind) => (
          <Stepper
            key={kind}
            kind={kind}
            planned={plan.activityPerDay?.[kind]}
            value={written.counts[kind]}
            isBusy={isPending}
            onChange={(next) => change({ counts: { ...written.counts, [kind]: next } })}
          />
        ))}
      </div>
      <details>
        <summary>{t('log.note')}</summary>
        <LongText
          aria-label={t('log.note')}
          rows={2}
          most={NOTE_MOST}
          readOnly={isPending}
          value={written.note}
          onChange={(note) => change({ note })}
        />
      </details>
      {problem && <ProblemNote problem={problem.problem} />}
      <Button type="primary" htmlType="submit" size="large" loading={isPending} block>
        {said ? t('log.again') : t('log.submit')}
      </Button>
      {kept && !isPending && (
        <div className="row">
          <span className="soft">{t('log.kept')}</span>
          <Button type="text" onClick={drop}>
            {t('log.drop')}
          </Button>
        </div>
      )}
    </form>
  );
}

/**
 * Sends a day unless it was said otherwise elsewhere since the writing began: the page shows both then. Asked just before, since
 * the plan's version does not tell one day's log from another's.
 */
function useSendDay(
  plan: Plan,
  date: string,
  drop: () => void,
): { readonly send: (draft: DayDraft) => Promise<void>; readonly isPending: boolean; readonly problem: ProblemError | undefined } {
  const { t } = useTranslation('coaching');
  const say = useToast();
  const queries = useQueryClient();
  const act = useAct(plan.planId, () => say(t('log.done', { day: formatDay(date) })));
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ProblemError | undefined>(undefined);
  const send = async (draft: DayDraft): Promise<void> => {
    const counts = countsIn(draft);
    if (!counts) return;
    setSending(true);
    setProblem(undefined);
    try {
      const { items } = await queries.fetchQuery({ ...logsQuery(plan.planId), staleTime: 0 });
      const now = items.find((log) => log.date === date);
      if (isOvertaken(draft, now)) return;
      const note = draft.note.trim();
      await act.mutateAsync({ act: { act: 'log-day', date, ...counts, ...(note === '' ? {} : { note }) } });
      drop();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error);
    } finally {
      setSending(false);
    }
  };
  return { send, isPending: isSending, problem: problem };
}

/** A day's counts to read, with its note. */
function Said({ counts, note }: { readonly counts: DayDraft['counts']; readonly note: string }): ReactElement {
  const { t } = useTranslation('coaching');
  return (
    <dl className="pairs">
      {KINDS.map((kind) => (
        <div key={kind} className="pair">
          <dt>{t(`kind.${kind}`)}</dt>
          <dd>{counts[kind]}</dd>
        </div>
      ))}
      {note !== '' && (
        <div className="pair">
          <dt>{t('log.note')}</dt>
          <dd>{note}</dd>
        </div>
      )}
    </dl>
  );
}

interface StepperProps {
  readonly kind: Kind;
  readonly planned: number | undefined;
  readonly value: string;
  readonly isBusy: boolean;
  readonly onChange: (value: string) => void;
}

function Stepper({ kind, planned, value, isBusy, onChange }: StepperProps): ReactElement {
  const { t } = useTranslation('coaching');
  const id = useId();
  const label = t(`kind.${kind}`);
  const most = MOST[kind];
  const count = countIn(value, most);
  const isWrong = count === undefined;
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
          disabled={isBusy || isWrong || count === 0}
          onClick={() => onChange(String((count ?? 0) - 1))}
        >
          −
        </button>
        <input
          id={id}
          name={kind}
          inputMode="numeric"
          autoComplete="off"
          placeholder="0"
          readOnly={isBusy}
          aria-invalid={isWrong}
          {...(isWrong ? { 'aria-describedby': `${id}-wrong` } : {})}
          value={value}
          onFocus={(event) => event.target.select()}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          aria-label={t('log.more', { what: label })}
          disabled={isBusy || isWrong || count >= most}
          onClick={() => onChange(String((count ?? 0) + 1))}
        >
          +
        </button>
      </div>
      {isWrong && (
        <span className="wrong" id={`${id}-wrong`} role="alert">
          {t('log.whole', { most: formatExact(most) })}
        </span>
      )}
    </div>
  );
}
