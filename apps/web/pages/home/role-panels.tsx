import { useQuery } from '@tanstack/react-query';
import { Go } from '../../pieces/go';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { todoQuery } from '../../api/todo';
import { hasRole, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { formatAmount, formatExact, formatPeriod } from '../../pieces/format';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { Sparkline } from '../../pieces/sparkline';
import { Coached, LineCoaching } from './coaching-panels';
import { factsByMonth } from './numbers';
import { RunningCycles } from './running-cycles';

/** What matters to each role beside the rep's; a person with several has them all. */
export function RolePanels(): ReactElement {
  const me = useMe();
  return (
    <>
      {hasRole(me, 'manager') && <Team />}
      {hasRole(me, 'hr', 'general-manager') && <RunningCycles />}
      {hasRole(me, 'general-manager') && <SchemesToApprove />}
      {hasRole(me, 'finance', 'general-manager', 'auditor') && <Batches />}
      {hasRole(me, 'coach', 'manager') && <Coached />}
      {hasRole(me, 'manager') && <LineCoaching />}
      {hasRole(me, 'planning') && <Data />}
      {hasRole(me, 'auditor') && <Audit />}
      {hasRole(me, 'admin') && <System />}
    </>
  );
}

function Team(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery(todoQuery);
  return (
    <Panel title={t('team.title')} extra={<Go to="/team">{t('team.open')}</Go>}>
      <Answer query={query}>
        {({ items }) => {
          const toScore = items.filter(({ kind, begun }) => kind === 'manager-review' && begun);
          const [first] = toScore;
          return (
            <div className="row">
              <Mark kind={first ? 'warn' : 'good'}>{t('team.toScore', { count: toScore.length })}</Mark>
              {first && <Go to={`/team/score/${first.cycleId}`}>{t('team.score')}</Go>}
            </div>
          );
        }}
      </Answer>
    </Panel>
  );
}

type Batch = components['schemas']['PayoutBatch'];
const WAITING: Readonly<Record<Batch['stage'], MarkKind>> = {
  computing: 'run',
  computed: 'warn',
  'check-failed': 'bad',
  checked: 'warn',
  approved: 'warn',
  released: 'run',
  acknowledged: 'good',
  cancelled: 'plain',
};
const SHOWN_BATCHES = 4;

function Batches(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery({
    queryKey: ['payouts', 'newest'],
    queryFn: () => bodyOf(api.GET('/api/v1/payouts', { params: { query: { limit: 8 } } })),
  });
  return (
    <Panel title={t('pay.title')} extra={<Go to="/payouts">{t('pay.open')}</Go>}>
      <Answer query={query}>
        {({ items }) => {
          if (items.length === 0) return <Empty title={t('pay.none')} text={t('pay.noneText')} />;
          const totals = items
            .filter(({ kind }) => kind === 'regular')
            .map(({ total }) => total)
            .reverse();
          return (
            <>
              <ul className="cards">
                {items.slice(0, SHOWN_BATCHES).map((batch) => (
                  <li key={batch.batchId}>
                    <div className="row">
                      <Go to={`/payouts/${batch.batchId}`}>
                        {t('pay.total', { period: formatPeriod(batch.period), kind: t(`pay.kind.${batch.kind}`), round: batch.round })}
                      </Go>
                      <strong className="number">{formatAmount(batch.total)}</strong>
                      <Mark kind={WAITING[batch.stage]}>{t(`pay.stage.${batch.stage}`)}</Mark>
                    </div>
                    <div className="soft">{t('pay.people', { count: batch.statements, lines: batch.lines })}</div>
                  </li>
                ))}
              </ul>
              <Sparkline what={t('pay.title')} values={totals} shown={totals.map(formatAmount)} />
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}

function SchemesToApprove(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery({
    queryKey: ['schemes', 'discussed'],
    queryFn: () => bodyOf(api.GET('/api/v1/schemes', { params: { query: { status: 'discussed' } } })),
  });
  return (
    <Panel title={t('scheme.title')} extra={<Go to="/schemes">{t('scheme.open')}</Go>}>
      <Answer query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('scheme.none')}</p>
          ) : (
            <Mark kind="warn">{t('scheme.approve', { count: items.length })}</Mark>
          )
        }
      </Answer>
    </Panel>
  );
}

function Data(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery({
    queryKey: ['imports', 'facts', 'newest'],
    queryFn: () => bodyOf(api.GET('/api/v1/imports', { params: { query: { kind: 'facts', limit: 200 } } })),
  });
  return (
    <Panel title={t('planning.title')} extra={<Go to="/imports/new">{t('planning.open')}</Go>}>
      <p>{t('planning.text')}</p>
      <Answer query={query} lines={1}>
        {({ items, next }) => {
          const months = factsByMonth(items, next !== undefined);
          const newest = months.at(-1);
          if (!newest) return null;
          const what = t('planning.facts', { period: formatPeriod(newest.period) });
          return (
            <dl className="figures">
              <div>
                <dt>{what}</dt>
                <dd>
                  <Go to="/imports">{formatExact(newest.facts)}</Go>
                  <Sparkline
                    what={what}
                    values={months.map(({ facts }) => String(facts))}
                    shown={months.map(({ period, facts }) => `${formatPeriod(period)} ${formatExact(facts)}`)}
                  />
                </dd>
              </div>
            </dl>
          );
        }}
      </Answer>
    </Panel>
  );
}

function Audit(): ReactElement {
  const { t } = useTranslation('home');
  return (
    <Panel title={t('audit.title')} extra={<Go to="/audit">{t('audit.open')}</Go>}>
      <p>{t('audit.text')}</p>
      <Go to="/payouts">{t('audit.pay')}</Go>
    </Panel>
  );
}

function System(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery({ queryKey: ['health'], queryFn: () => bodyOf(api.GET('/api/v1/health')) });
  return (
    <Panel title={t('admin.title')} extra={<Go to="/admin">{t('admin.open')}</Go>}>
      <Answer query={query}>
        {({ ok, consumers, position }) => (
          <div className="row">
            <Mark kind={ok ? 'good' : 'bad'}>{ok ? t('admin.ok') : t('admin.bad')}</Mark>
            <span className="soft">{t('admin.parts', { count: consumers.length, position })}</span>
          </div>
        )}
      </Answer>
    </Panel>
  );
}
