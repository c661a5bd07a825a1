import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { explainPlan, Explained, explainScore } from '../../pieces/explain/explained';
import { Completion, figureText, useInUnit } from '../../pieces/figures';
import { formatAmount } from '../../pieces/format';
import { Go } from '../../pieces/go';
import { Page, Panel } from '../../pieces/page';
import { Skeleton } from '../../pieces/skeleton';
import { language } from '../../texts';
import { placeToAct } from './acts-on';
import { PlanMark, StatusMark } from './member-marks';
import { TeamTodo } from './team-todo';
import type { Cycle } from './sheets';
import './team.css';

const CompletionChart = lazy(() => import('./completion-chart').then((file) => ({ default: file.CompletionChart })));

export type TeamMember = components['schemas']['TeamMember'];
const CYCLES = 50;

/** Those who report to the viewer: where their appraisals stand, how they do against target, and what they need from the viewer. */
export function TeamPage(): ReactElement {
  const { t } = useTranslation('team');
  const { period, cycle: chosen } = useAddress();
  const cycles = useQuery({
    queryKey: ['cycles', 'list', CYCLES],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles', { params: { query: { limit: CYCLES } } })),
  });
  return (
    <Page title={t('title')}>
      <Answer query={cycles} lines={10}>
        {({ items }) => <Team cycles={latestFirst(items, period)} chosen={chosen} />}
      </Answer>
    </Page>
  );
}

/** Cycles of the period that is chosen in the top bar, the latest first; those that never came to anything are left out. */
function latestFirst(cycles: readonly Cycle[], period: string | undefined): readonly Cycle[] {
  return cycles
    .filter((cycle) => cycle.status !== 'cancelled' && (period === undefined || cycle.period === period))
    .sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1));
}

function Team({ cycles, chosen }: { readonly cycles: readonly Cycle[]; readonly chosen: string | undefined }): ReactElement {
  const { t } = useTranslation('team');
  const { whose, after } = useAddress();
  const change = useChangeAddress();
  const cycle = cycles.find(({ cycleId }) => cycleId === chosen) ?? cycles[0];
  const asked = {
    whose: whose === 'line' ? ('line' as const) : ('direct' as const),
    ...(cycle === undefined ? {} : { cycleId: cycle.cycleId }),
    ...(after === undefined ? {} : { after }),
  };
  const team = useQuery({
    queryKey: ['team', asked],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/team', { params: { query: asked } })),
  });
  return (
    <>
      <div className="row team-filter">
        <label className="row">
          {t('cycle')}
          <select
            className="plain-select"
            value={cycle?.cycleId ?? ''}
            onChange={(event) => change({ cycle: event.target.value, after: undefined })}
          >
            {cycles.map(({ cycleId, name }) => (
              <option key={cycleId} value={cycleId}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="row">
          {t('whose.label')}
          <select
            className="plain-select"
            value={asked.whose}
            onChange={(event) => change({ whose: event.target.value, after: undefined })}
          >
            <option value="direct">{t('whose.direct')}</option>
            <option value="line">{t('whose.line')}</option>
          </select>
        </label>
      </div>
      <Answer query={team} lines={10}>
        {({ items, next }) => (
          <>
            <TeamTodo members={items} />
            {cycle && items.length > 0 && (
              <Panel title={t('chart.title')}>
                <Suspense fallback={<Skeleton lines={6} />}>
                  <CompletionChart members={items} cycle={cycle} whose={asked.whose} />
                </Suspense>
              </Panel>
            )}
            <Panel title={t('people.title')}>
              {cycle === undefined && <p className="soft">{t('people.noCycle')}</p>}
              <People members={items} next={next} showsManager={asked.whose === 'line'} />
            </Panel>
          </>
        )}
      </Answer>
    </>
  );
}

function People({
  members,
  next,
  showsManager,
}: {
  readonly members: readonly TeamMember[];
  readonly next: string | undefined;
  readonly showsManager: boolean;
}): ReactElement {
  const { t } = useTranslation('team');
  const inUnit = useInUnit();
  const main = members.find((member) => member.main !== null)?.main;
  const fact = main?.title[language()] ?? '';
  const columns: readonly Column<TeamMember>[] = [
    {
      key: 'person',
      title: t('column.person'),
      primary: true,
      render: (member) => <Person member={member} />,
    },
    { key: 'team', title: t('column.team'), render: ({ team, department }) => <span className="nowrap">{team ?? department}</span> },
    ...(showsManager ? [{ key: 'manager', title: t('column.manager'), render: ({ manager }: TeamMember) => manager?.name ?? '–' }] : []),
    { key: 'state', title: t('column.state'), render: (member) => <StatusMark member={member} /> },
    { key: 'due', title: t('column.due'), render: ({ dueAt }) => (dueAt === null ? null : <Deadline at={dueAt} />) },
    ...(fact === ''
      ? []
      : [
          {
            key: 'value',
            title: inUnit(t('column.value', { fact }), main?.unit),
            number: true,
            render: ({ main }: TeamMember) => (main === null ? '–' : figureText(main.unit, main.value)),
          },
          {
            key: 'target',
            title: inUnit(t('column.target'), main?.unit),
            number: true,
            render: ({ main }: TeamMember) => (main === null ? '–' : figureText(main.unit, main.target?.value ?? null)),
          },
          {
            key: 'completion',
            title: t('column.completion'),
            number: true,
            render: ({ main }: TeamMember) => (main === null || main.completion === null ? '–' : <Completion share={main.completion} />),
          },
        ]),
    { key: 'score', title: t('column.score'), number: true, render: (member) => <Score member={member} /> },
    { key: 'plan', title: t('column.plan'), render: ({ plan }) => plan && <Plan plan={plan} /> },
  ];
  return (
    <DataTable
      label={t('people.title')}
      rows={members}
      rowKey={({ subject }) => subject}
      columns={columns}
      next={next}
      empty={<Empty title={t('people.empty')} text={t('people.emptyText')} />}
    />
  );
}

/** The name leads to where one acts on the person. */
function Person({ member }: { readonly member: TeamMember }): ReactElement {
  const { t } = useTranslation('team');
  const { subject } = useMe();
  const place = placeToAct(member, subject);
  const name = member.name ?? t('erased');
  return <span className="nowrap">{place === undefined ? name : <Go to={place}>{name}</Go>}</span>;
}

function Score({ member: { appraisal, name } }: { readonly member: TeamMember }): ReactElement {
  const { t } = useTranslation('team');
  if (appraisal === null || appraisal.score === null) return <>–</>;
  const words = appraisal.grade === null ? formatAmount(appraisal.score) : `${formatAmount(appraisal.score)} · ${appraisal.grade}`;
  return (
    <Explained of={explainScore(appraisal.appraisalId)} what={`${name ?? t('erased')} ${words}`}>
      {words}
    </Explained>
  );
}

function Plan({ plan }: { readonly plan: NonNullable<TeamMember['plan']> }): ReactElement {
  const { t } = useTranslation('team');
  return (
    <span className="row">
      <Explained of={explainPlan(plan.planId)}>
        <PlanMark status={plan.status} />
      </Explained>
      <Go to={`/coaching/${plan.planId}`}>{t('todo.plan', { day: plan.day })}</Go>
    </span>
  );
}
