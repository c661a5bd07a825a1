import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, type Me, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { useChangeAddress } from '../../pieces/address';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatDay } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { weekOf } from '../../pieces/plan-due';
import './coaching.css';
import { nextGate, STATUS_MARKS, STATUSES, usePlanWords } from '../../pieces/plan-words';
import { isOver, lastDayOf, type Plan, plansQuery, type Status } from './plans';
import { StartPlan } from './start-plan';
import { PlanStatus } from './status';

const route = getRouteApi('/frame/coaching');

type Whose = 'mine' | 'line' | 'all';

/** What the signed-in person may list: all is for HR and auditors, a line for who leads people. */
function offered(me: Me): readonly Whose[] {
  return [
    ...(hasRole(me, 'hr', 'auditor') ? (['all'] as const) : []),
    ...(hasRole(me, 'coach', 'manager', 'hr') ? (['mine'] as const) : []),
    ...(hasRole(me, 'manager') ? (['line'] as const) : []),
  ];
}

/** Plans with their status and its reason, the most urgent first. */
export function PlansPage(): ReactElement {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const search = route.useSearch();
  const choices = offered(me);
  const whose = choices.find((one) => one === search.whose) ?? choices[0] ?? 'mine';
  const query = useQuery(
    plansQuery({
      ...(whose === 'mine' ? { coach: me.subject } : whose === 'line' ? { whose: 'line' } : {}),
      ...(search.over === 'ended' ? {} : { live: 'true' }),
      ...(search.after === undefined ? {} : { after: search.after }),
    }),
  );
  return (
    <Page title={t('plans.title')} meta={t('plans.meta')} actions={hasRole(me, 'hr') ? <StartPlan /> : undefined}>
      <Panel title={t('plans.panel')} extra={<Filters choices={choices} whose={whose} isOverShown={search.over === 'ended'} />}>
        <Answer query={query} lines={8}>
          {({ items, next }) => <List plans={items} next={next} status={STATUSES.find((one) => one === search.status)} whose={whose} />}
        </Answer>
      </Panel>
    </Page>
  );
}

function Filters({
  choices,
  whose,
  isOverShown,
}: {
  readonly choices: readonly Whose[];
  readonly whose: Whose;
  readonly isOverShown: boolean;
}): ReactElement {
  const { t } = useTranslation('coaching');
  const change = useChangeAddress();
  return (
    <div className="row">
      {choices.length > 1 && (
        <div className="row" role="group" aria-label={t('plans.whose')}>
          {choices.map((one) => (
            <Button
              key={one}
              size="small"
              type={one === whose ? 'primary' : 'default'}
              aria-pressed={one === whose}
              onClick={() => change({ whose: one, after: undefined, status: undefined })}
            >
              {t(`plans.of.${one}`)}
            </Button>
          ))}
        </div>
      )}
      <label>
        <input
          type="checkbox"
          checked={isOverShown}
          onChange={(event) => change({ over: event.target.checked ? 'ended' : undefined, after: undefined })}
        />{' '}
        {t('plans.over')}
      </label>
    </div>
  );
}

interface ListProps {
  readonly plans: readonly Plan[];
  readonly next: string | undefined;
  readonly status: Status | undefined;
  readonly whose: Whose;
}

function List({ plans, next, status, whose }: ListProps): ReactElement {
  const { t } = useTranslation('coaching');
  const sorted = [...plans].sort(
    (one, other) => STATUSES.indexOf(one.status.status) - STATUSES.indexOf(other.status.status) || (dueOf(one) < dueOf(other) ? -1 : 1),
  );
  const shown = sorted.filter((plan) => status === undefined || plan.status.status === status);
  return (
    <>
      <Counts plans={plans} chosen={status} />
      <DataTable
        label={t('plans.panel')}
        rows={shown}
        rowKey={({ planId }) => planId}
        columns={useColumns()}
        next={next}
        empty={<Empty title={t('plans.none')} text={t(`plans.noneOf.${whose}`)} />}
      />
    </>
  );
}

function dueOf(plan: Plan): string {
  return nextGate(plan)?.dueAt ?? '9';
}

/** How many stand where; each narrows the list to it. */
function Counts({ plans, chosen }: { readonly plans: readonly Plan[]; readonly chosen: Status | undefined }): ReactElement | null {
  const { t } = useTranslation('coaching');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const counts = STATUSES.map((status) => ({ status, count: plans.filter((plan) => plan.status.status === status).length })).filter(
    ({ count, status }) => count > 0 || status === chosen,
  );
  if (counts.length === 0) return null;
  return (
    <div className="row status-counts" role="group" aria-label={t('plans.byStatus')}>
      {counts.map(({ status, count }) => (
        <button
          key={status}
          type="button"
          aria-pressed={status === chosen}
          onClick={() => change({ status: status === chosen ? undefined : status })}
        >
          <Mark kind={STATUS_MARKS[status]}>{t(`status.${status}`)}</Mark> <span className="number">{count}</span>
        </button>
      ))}
      {chosen !== undefined && (
        <Button size="small" type="link" onClick={() => change({ status: undefined })}>
          {common('all')}
        </Button>
      )}
    </div>
  );
}

function useColumns(): readonly Column<Plan>[] {
  const { t } = useTranslation('coaching');
  const words = usePlanWords();
  return [
    {
      key: 'name',
      title: t('plans.name'),
      primary: true,
      render: ({ planId, name }) => (
        <Link to="/coaching/$planId" params={{ planId }} className="person">
          {name ?? t('erased')}
        </Link>
      ),
    },
    { key: 'status', title: t('plans.status'), render: (plan) => <PlanStatus plan={plan} /> },
    {
      key: 'day',
      title: t('plans.day'),
      number: true,
      render: (plan) => t('plans.dayOf', { day: plan.day, days: lastDayOf(plan) + plan.extensionDays }),
    },
    {
      key: 'gate',
      title: t('plans.gate'),
      render: (plan) => {
        const gate = nextGate(plan);
        return gate && !isOver(plan.status.status)
          ? t('plans.gateDue', { stage: words.stageOf(plan, gate.stage), day: formatDay(gate.dueDay) })
          : null;
      },
    },
    {
      key: 'review',
      title: t('plans.review'),
      render: (plan) => <LastReview plan={plan} />,
    },
    { key: 'coach', title: t('coach'), render: ({ coachName }) => <span className="person">{coachName ?? t('erased')}</span> },
  ];
}

/** A week's talk is due in each week of the plan. */
function LastReview({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const last = plan.reviews[0];
  if (last?.week === weekOf(plan)) return <Mark kind="good">{t('plans.reviewed')}</Mark>;
  return (
    <span>
      {!isOver(plan.status.status) && plan.status.status !== 'paused' && (
        <Mark kind="warn">{t('plans.toReview', { week: weekOf(plan) })}</Mark>
      )}{' '}
      <span className="soft">{last ? t('plans.lastReview', { week: last.week }) : t('plans.neverReviewed')}</span>
    </span>
  );
}
