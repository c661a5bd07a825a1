import { Button } from 'antd';
import { type FormEvent, type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { useDraft } from '../../pieces/draft';
import { formatDay, formatInstant } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { weekOf } from '../../pieces/plan-due';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { daysAgo } from './days';
import { type Plan, useAct, WORDS_MOST } from './plans';

interface Action {
  readonly what: string;
  readonly due: string;
}
interface Draft {
  readonly talk: string;
  readonly actions: readonly Action[];
}
const ACTION: Action = { what: '', due: '' };
const EMPTY: Draft = { talk: '', actions: [ACTION] };
const ACTIONS = 20;

/** The week's talk and what was agreed on: kept on this device until it is sent. */
export function WeeklyReview({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const say = useToast();
  const id = useId();
  const week = weekOf(plan);
  const { draft, set, drop, kept } = useDraft<Draft>(`plan-review.${plan.planId}.${week}.${me.subject}`, EMPTY);
  const act = useAct(plan.planId, () => {
    drop();
    say(t('review.done', { week }));
  });
  const today = daysAgo(0);
  // Days are written so that they sort as text.
  const isPast = ({ due }: Action): boolean => due !== '' && due < today;
  const isSaid = plan.reviews.some((review) => review.week === week);
  const change = (index: number, next: Partial<Action>): void =>
    set({ ...draft, actions: draft.actions.map((action, at) => (at === index ? { ...action, ...next } : action)) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const late = draft.actions.findIndex(isPast);
    if (late !== -1) {
      document.getElementById(`${id}-due-${late}`)?.focus();
      return;
    }
    const actions = draft.actions
      .map(({ what, due }) => ({ what: what.trim(), ...(due === '' ? {} : { due }) }))
      .filter(({ what }) => what !== '');
    act.mutate({ act: { act: 'review-week', week, talk: draft.talk.trim(), actions } });
  };
  return (
    <form className="stack" onSubmit={submit} aria-label={t('review.title', { week })} noValidate>
      {isSaid && <p className="soft">{t('review.said')}</p>}
      <div className="field">
        <label htmlFor={`${id}-talk`}>{t('review.talk')}</label>
        <LongText id={`${id}-talk`} rows={4} most={WORDS_MOST} required value={draft.talk} onChange={(talk) => set({ ...draft, talk })} />
      </div>
      <fieldset className="stack actions">
        <legend>{t('review.actions')}</legend>
        {draft.actions.map((action, index) => (
          // An action has no name of its own until it is typed.
          <div className="pair" key={`action-${index}`}>
            <input
              className="plain-input"
              aria-label={t('review.what', { number: index + 1 })}
              placeholder={t('review.hint')}
              maxLength={WORDS_MOST}
              value={action.what}
              onChange={(event) => change(index, { what: event.target.value })}
            />
            <div className="field">
              <input
                id={`${id}-due-${index}`}
                className="plain-input"
                type="date"
                min={today}
                aria-label={t('review.due', { number: index + 1 })}
                aria-invalid={isPast(action)}
                {...(isPast(action) ? { 'aria-describedby': `${id}-past-${index}` } : {})}
                value={action.due}
                onChange={(event) => change(index, { due: event.target.value })}
              />
              {isPast(action) && (
                <span className="wrong" id={`${id}-past-${index}`} role="alert">
                  {t('review.past')}
                </span>
              )}
            </div>
          </div>
        ))}
        <div>
          <Button
            size="small"
            disabled={draft.actions.length >= ACTIONS}
            onClick={() => set({ ...draft, actions: [...draft.actions, ACTION] })}
          >
            {t('review.add')}
          </Button>
        </div>
      </fieldset>
      {act.error && <ProblemNote problem={act.error.problem} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={act.isPending} disabled={draft.talk.trim() === ''}>
          {t('review.submit', { week })}
        </Button>
        {kept && <span className="soft">{t('review.kept')}</span>}
      </div>
    </form>
  );
}

/** Talks held so far, the newest first, with what was agreed on. */
export function Reviews({ plan: { reviews } }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  if (reviews.length === 0) return <p className="soft">{t('review.none')}</p>;
  return (
    <ul className="cards">
      {reviews.map((review) => (
        <li key={`${review.week} ${review.at}`}>
          <strong>{t('review.week', { week: review.week })}</strong>{' '}
          <span className="soft">
            {review.byName ?? t('erased')} · {formatInstant(review.at)}
          </span>
          <p className="said">{review.talk ?? t('erased')}</p>
          {review.actions.length > 0 && (
            <ul>
              {review.actions.map(({ what, due }, index) => (
                <li key={`${index} ${what ?? ''}`}>
                  {what ?? t('erased')}
                  {due !== null && <span className="soft"> · {t('review.by', { day: formatDay(due) })}</span>}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
