import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { hasRole, useMe } from '../../app/session';
import { useMetricName } from '../../pieces/metric-name';
import { useAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { COMPANY_ZONE, formatDay, formatPeriod } from '../../pieces/format';
import { Go } from '../../pieces/go';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import './data.css';
import { CorrectFact } from './correct-fact';
import { useMetricValue } from '../../pieces/metric-value';
import { PersonLink } from './people.page';
import { type Fact, MOST_TARGETS, type PersonCard, type Target, targetsOfQuery } from './queries';

const route = getRouteApi('/frame/people/$subject');

/** One person: where they stand and stood, their targets, and the facts of a period with where each comes from. */
export function PersonPage(): ReactElement {
  const { subject } = route.useParams();
  const { t } = useTranslation(['data', 'common']);
  const me = useMe();
  const card = useQuery({
    queryKey: ['people', subject, 'card'],
    queryFn: () => bodyOf(api.GET('/api/v1/people/{subject}/card', { params: { path: { subject } } })),
  });
  const seesAppraisals = subject === me.subject || hasRole(me, 'hr', 'general-manager', 'auditor', 'manager');
  return (
    <Page
      title={card.data?.name ?? (card.data ? t('common:erased') : t('people.title'))}
      meta={card.data && metaOf(card.data)}
      actions={seesAppraisals && hasRole(me, 'auditor') ? <Go to={`/audit?about=${subject}`}>{t('common:nav.audit')}</Go> : undefined}
    >
      <Answer query={card}>
        {(person) => (
          <>
            <div className="grid">
              <Panel title={t('person.line')}>
                <NowPairs person={person} />
              </Panel>
              <Panel title={t('person.above')}>
                <Above person={person} />
              </Panel>
            </div>
            <Panel title={t('person.history')}>
              <Lines person={person} />
            </Panel>
          </>
        )}
      </Answer>
      <Targets subject={subject} />
      <Facts subject={subject} />
    </Page>
  );
}

function metaOf({ employeeNo, login }: PersonCard): string {
  return [employeeNo, login].filter((part) => part !== null).join(' · ');
}

function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.now());
}

function NowPairs({ person }: { readonly person: PersonCard }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const [day] = useState(today);
  const line = person.lines.find(({ from, to }) => (from === null || from <= day) && (to === null || day < to)) ?? person.lines.at(-1);
  if (!line) return <span className="soft">—</span>;
  const pairs: readonly (readonly [string, ReactNode])[] = [
    [t('people.role'), line.roles.map((role) => t(`common:role.${role}`)).join(' · ')],
    [t('people.position'), line.position],
    [t('people.department'), line.department],
    [t('people.team'), line.team],
    [t('people.region'), line.region],
    [t('people.site'), line.site],
    [t('people.manager'), line.manager && <PersonLink subject={line.manager.subject} name={line.manager.name} />],
  ];
  return (
    <dl className="pairs">
      {pairs
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <Pair key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Above({ person }: { readonly person: PersonCard }): ReactElement {
  const { t } = useTranslation('data');
  if (person.above.length === 0) return <span className="soft">{t('person.nobodyAbove')}</span>;
  return (
    <ol className="cards">
      {person.above.map(({ subject, name }) => (
        <li key={subject}>
          <PersonLink subject={subject} name={name} />
        </li>
      ))}
    </ol>
  );
}

type Line = PersonCard['lines'][number];

function Lines({ person }: { readonly person: PersonCard }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const columns: readonly Column<Line>[] = [
    { key: 'from', title: t('person.from'), primary: true, render: ({ from }) => (from === null ? t('person.always') : formatDay(from)) },
    { key: 'to', title: t('person.to'), render: ({ to }) => (to === null ? t('person.open') : formatDay(to)) },
    { key: 'roles', title: t('people.role'), render: ({ roles }) => roles.map((role) => t(`common:role.${role}`)).join(' · ') },
    { key: 'position', title: t('people.position'), render: ({ position }) => position },
    { key: 'department', title: t('people.department'), render: ({ department }) => department },
    { key: 'team', title: t('people.team'), render: ({ team }) => team },
    {
      key: 'manager',
      title: t('people.manager'),
      render: ({ manager }) => manager && <PersonLink subject={manager.subject} name={manager.name} />,
    },
  ];
  return (
    <DataTable
      isWhole
      label={t('person.history')}
      rows={person.lines}
      rowKey={({ from }) => from ?? 'always'}
      columns={columns}
      empty={null}
    />
  );
}

function Targets({ subject }: { readonly subject: string }): ReactElement {
  const inUnit = useMetricValue();
  const metricName = useMetricName();
  const { t } = useTranslation('data');
  const { period } = useAddress();
  const targets = useQuery(targetsOfQuery(subject, period));
  const columns: readonly Column<Target>[] = [
    { key: 'metric', title: t('targets.metric'), primary: true, render: ({ metric }) => metricName(metric) },
    { key: 'period', title: t('targets.period'), render: (target) => formatPeriod(target.period) },
    { key: 'value', title: t('targets.value'), number: true, render: ({ metric, value }) => inUnit(metric, value) },
    { key: 'accepted', title: t('targets.acceptance'), render: ({ accepted }) => <Acceptance accepted={accepted} /> },
    { key: 'reason', title: t('targets.reason'), render: ({ reason }) => reason },
  ];
  return (
    <Panel title={t('person.targets')}>
      <Answer query={targets}>
        {({ items, isAll }) => (
          <>
            <DataTable
              isWhole
              label={t('person.targets')}
              rows={items}
              rowKey={(target) => `${target.metric} ${target.period}`}
              columns={columns}
              empty={<Empty title={t('person.noTargets')} text={t('person.noTargetsText')} />}
            />
            {!isAll && <MostTargets />}
          </>
        )}
      </Answer>
    </Panel>
  );
}

/** Said where there are more targets than are shown. */
export function MostTargets(): ReactElement {
  const { t } = useTranslation('data');
  return <p className="soft">{t('person.mostTargets', { count: MOST_TARGETS })}</p>;
}

export function Acceptance({ accepted }: { readonly accepted: boolean | null }): ReactElement | null {
  const { t } = useTranslation('data');
  if (accepted === null) return null;
  return <Mark kind={accepted ? 'good' : 'plain'}>{accepted ? t('targets.accepted') : t('targets.notAccepted')}</Mark>;
}

function Facts({ subject }: { readonly subject: string }): ReactElement {
  const inUnit = useMetricValue();
  const metricName = useMetricName();
  const { t } = useTranslation('data');
  const me = useMe();
  const period = useAddress()['period'] ?? thisMonth();
  const facts = useQuery({
    queryKey: ['facts', subject, period],
    queryFn: () => bodyOf(api.GET('/api/v1/people/{subject}/facts', { params: { path: { subject }, query: { period } } })),
  });
  const columns: readonly Column<Fact>[] = [
    { key: 'metric', title: t('person.metric'), primary: true, render: ({ metric }) => metricName(metric) },
    { key: 'value', title: t('person.value'), number: true, render: ({ metric, value }) => inUnit(metric, value) },
    { key: 'day', title: t('person.happenedOn'), render: ({ happenedOn }) => formatDay(happenedOn) },
    { key: 'source', title: t('person.source'), render: ({ source }) => source },
    { key: 'record', title: t('person.record'), render: ({ recordId }) => <code>{recordId}</code> },
    { key: 'state', title: t('person.state'), render: (fact) => <FactState fact={fact} /> },
    ...(hasRole(me, 'planning')
      ? [
          {
            key: 'correct',
            title: '',
            render: (fact: Fact) => (fact.supersededAt === null ? <CorrectFact fact={fact} subject={subject} /> : null),
          },
        ]
      : []),
  ];
  return (
    <Panel title={t('person.factsOf', { period: formatPeriod(period) })}>
      <Answer query={facts}>
        {({ items }) => (
          <>
            <DataTable
              isWhole
              label={t('person.facts')}
              rows={items}
              rowKey={({ factId }) => factId}
              columns={columns}
              empty={<Empty title={t('person.noFacts')} text={t('person.noFactsText')} />}
            />
            {items.length === MOST_FACTS && <p className="soft">{t('person.mostFacts')}</p>}
          </>
        )}
      </Answer>
    </Panel>
  );
}

/** What the API gives of one person and period at most. */
const MOST_FACTS = 500;

function FactState({ fact: { supersededAt, reason } }: { readonly fact: Fact }): ReactElement {
  const { t } = useTranslation('data');
  return (
    <>
      <Mark kind={supersededAt === null ? 'good' : 'plain'}>{supersededAt === null ? t('person.counts') : t('person.superseded')}</Mark>
      {reason !== null && <span className="soft"> {reason}</span>}
    </>
  );
}

function thisMonth(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit' }).format(Date.now());
}
