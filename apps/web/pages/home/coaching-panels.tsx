import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { hasRole, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { Go } from '../../pieces/go';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { dueOfPlan, type PlanDue } from '../../pieces/plan-due';
import { nextGate, type Plan, STATUS_MARKS, STATUSES } from '../../pieces/plan-words';

/** One page of the API. */
const MOST = 100;
const LISTED = 8;

interface PlanWithDue {
  readonly plan: Plan;
  readonly due: PlanDue;
}

/** What the plans that somebody coaches wait for: gates past their day, gates to judge, this week's talks; each plan a click away. */
export function Coached(): ReactElement | null {
  const { t } = useTranslation('home');
  const me = useMe();
  const query = useQuery({
    queryKey: ['plans', 'coached', me.subject],
    queryFn: () => bodyOf(api.GET('/api/v1/plans', { params: { query: { coach: me.subject, live: 'true', limit: MOST } } })),
  });
  // Who leads people coaches some of them or none.
  if (!hasRole(me, 'coach') && query.data?.items.length === 0) return null;
  return (
    <Panel title={t('coach.title')} extra={<Go to="/coaching?whose=mine">{t('coach.all')}</Go>}>
      <Answer query={query}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty title={t('coach.none')} text={t('coach.noneText')} />
          ) : (
            <>
              <Numbers plans={items.map(withDue)} whose="mine" isCut={next !== undefined} />
              <Plans plans={mostUrgent(items)} />
              {items.length > LISTED && <p className="soft">{t('coach.more', { count: items.length - LISTED })}</p>}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

/** How the plans that others coach stand, of the people below somebody; judging and talking are those coaches'. */
export function LineCoaching(): ReactElement | null {
  const { t } = useTranslation('home');
  const me = useMe();
  const isOthers = ({ coach }: Plan): boolean => coach !== me.subject;
  const query = useQuery({
    queryKey: ['plans', 'line'],
    queryFn: () => bodyOf(api.GET('/api/v1/plans', { params: { query: { whose: 'line', live: 'true', limit: MOST } } })),
  });
  if (query.data?.items.some(isOthers) === false) return null;
  return (
    <Panel title={t('coach.lineTitle')} extra={<Go to="/coaching?whose=line">{t('coach.all')}</Go>}>
      <Answer query={query}>
        {({ items, next }) => <Numbers plans={items.filter(isOthers).map(withDue)} whose="line" isCut={next !== undefined} />}
      </Answer>
    </Panel>
  );
}

function withDue(plan: Plan): PlanWithDue {
  return { plan, due: dueOfPlan(plan) };
}

/** As the list of plans has them: by status, then by the next gate. */
function mostUrgent(plans: readonly Plan[]): readonly PlanWithDue[] {
  const gateOf = (plan: Plan): string => nextGate(plan)?.dueAt ?? '9';
  return [...plans]
    .sort(
      (one, other) => STATUSES.indexOf(one.status.status) - STATUSES.indexOf(other.status.status) || (gateOf(one) < gateOf(other) ? -1 : 1),
    )
    .slice(0, LISTED)
    .map(withDue);
}

const KINDS = ['overdue', 'toJudge', 'toTalk'] as const;

/** Each number leads to the one plan that it is about, or to their list. */
function Numbers({
  plans,
  whose,
  isCut,
}: {
  readonly plans: readonly PlanWithDue[];
  readonly whose: 'mine' | 'line';
  readonly isCut: boolean;
}): ReactElement {
  const { t } = useTranslation('home');
  return (
    <dl className="figures">
      {KINDS.map((kind) => {
        const found = plans.filter(({ due }) => due[kind]);
        const [only] = found;
        const count = isCut ? t('coach.atLeast', { count: found.length }) : String(found.length);
        const list = kind === 'overdue' ? `/coaching?whose=${whose}&status=behind` : `/coaching?whose=${whose}`;
        return (
          <div key={kind}>
            <dt>{t(`coach.${kind}`)}</dt>
            <dd>{only ? <Go to={found.length === 1 && !isCut ? `/coaching/${only.plan.planId}` : list}>{count}</Go> : count}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Plans({ plans }: { readonly plans: readonly PlanWithDue[] }): ReactElement {
  const { t } = useTranslation('home');
  return (
    <ul className="cards">
      {plans.map(({ plan, due }) => {
        const { planId, name, status } = plan;
        const gate = nextGate(plan);
        return (
          <li key={planId}>
            <div className="row">
              <Go to={`/coaching/${planId}`}>{name ?? planId.slice(0, 8)}</Go>
              <Mark kind={STATUS_MARKS[status.status]}>{t(`coach.status.${status.status}`)}</Mark>
              {due.toJudge && <Mark kind={due.overdue ? 'bad' : 'warn'}>{t('coach.judge')}</Mark>}
              {due.toTalk && <Mark kind="warn">{t('coach.talk')}</Mark>}
            </div>
            {gate && status.status !== 'paused' && (
              <div className="soft" style={{ marginTop: 4 }}>
                {t('coach.gate', { stage: gate.stage })} · <Deadline at={gate.dueAt} />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
