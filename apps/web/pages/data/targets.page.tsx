import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, useMe } from '../../app/session';
import { metricsQuery } from '../../api/metrics';
import { useMetricName } from '../../pieces/metric-name';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { ButtonLink } from '../../pieces/button-link';
import { Confirm } from '../../pieces/confirm';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatPeriod } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { useToast } from '../../pieces/toast';
import './data.css';
import { useMetricValue } from '../../pieces/metric-value';
import { MetricsPanel } from './metrics-panel';
import { PersonLink } from './people.page';
import { Acceptance, MostTargets } from './person.page';
import { type Target, targetsOfQuery } from './queries';

const PAGE = 50;

/** One's own targets, to accept; and everybody's for those who set and check them. */
export function TargetsPage(): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const { period, metric } = useAddress();
  const seesAll = hasRole(me, 'planning', 'hr', 'auditor');
  const exported = `/api/v1/targets/export?${new URLSearchParams({ ...(period === undefined ? {} : { period }), ...(metric === undefined ? {} : { metric }) }).toString()}`;
  return (
    <Page
      title={t('targets.title')}
      {...(period === undefined ? {} : { meta: formatPeriod(period) })}
      actions={
        <>
          {seesAll && (
            <Button href={exported} download>
              {t('targets.export')}
            </Button>
          )}
          {hasRole(me, 'planning') && (
            <ButtonLink to="/imports/new?kind=targets" primary>
              {t('targets.import')}
            </ButtonLink>
          )}
        </>
      }
    >
      {(hasRole(me, 'rep', 'manager') || !seesAll) && <OwnTargets subject={me.subject} />}
      {seesAll && <AllTargets />}
      {seesAll && <MetricsPanel />}
    </Page>
  );
}

function OwnTargets({ subject }: { readonly subject: string }): ReactElement {
  const { t } = useTranslation('data');
  const { period } = useAddress();
  const columns = useOwnColumns();
  const own = useQuery(targetsOfQuery(subject, period));
  return (
    <Panel title={t('targets.mine')}>
      <Answer query={own}>
        {({ items, isAll }) => (
          <>
            <DataTable
              label={t('targets.mine')}
              isWhole
              rows={items}
              rowKey={keyOf}
              columns={columns}
              empty={<Empty title={t('targets.mineEmpty')} text={t('targets.emptyText')} />}
            />
            {!isAll && <MostTargets />}
            <div className="row">
              {toAccept(items).map(([of, count]) => (
                <Accept key={of} period={of} count={count} />
              ))}
            </div>
          </>
        )}
      </Answer>
    </Panel>
  );
}

/** Periods with targets that are not accepted, the latest first, with how many targets each has. */
function toAccept(targets: readonly Target[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { period, accepted } of targets) if (accepted === false) counts.set(period, (counts.get(period) ?? 0) + 1);
  return [...counts].sort(([one], [other]) => (one < other ? 1 : -1));
}

function Accept({ period, count }: { readonly period: string; readonly count: number }): ReactElement {
  const { t } = useTranslation('data');
  const say = useToast();
  const shown = formatPeriod(period);
  const accept = useCommand({
    send: (of: string, header) => bodyOf(api.POST('/api/v1/me/targets/{period}/accept', { params: { path: { period: of }, header } })),
    touches: [['targets']],
    onDone: () => say(t('targets.acceptDone', { period: shown })),
  });
  return (
    <Confirm
      primary
      act={t('targets.accept', { period: shown })}
      what={<p>{t('targets.acceptWhat', { period: shown, count })}</p>}
      problem={accept.error}
      onConfirm={() => accept.mutateAsync(period)}
    />
  );
}

function keyOf({ subject, unit, metric, period }: Target): string {
  return `${subject ?? `${unit?.kind}:${unit?.label}`} ${metric} ${period}`;
}

function useOwnColumns(): readonly Column<Target>[] {
  const inUnit = useMetricValue();
  const metricName = useMetricName();
  const { t } = useTranslation('data');
  return [
    { key: 'metric', title: t('targets.metric'), primary: true, render: ({ metric }) => metricName(metric) },
    { key: 'period', title: t('targets.period'), render: ({ period }) => formatPeriod(period) },
    { key: 'value', title: t('targets.value'), number: true, render: ({ metric, value }) => inUnit(metric, value) },
    { key: 'accepted', title: t('targets.acceptance'), render: ({ accepted }) => <Acceptance accepted={accepted} /> },
    { key: 'reason', title: t('targets.reason'), render: ({ reason }) => reason },
  ];
}

function AllTargets(): ReactElement {
  const { t } = useTranslation('data');
  const { period, metric, after } = useAddress();
  const query = {
    limit: PAGE,
    ...(period === undefined ? {} : { period }),
    ...(metric === undefined ? {} : { metric }),
    ...(after === undefined ? {} : { after }),
  };
  const targets = useQuery({
    queryKey: ['targets', 'list', query],
    queryFn: () => bodyOf(api.GET('/api/v1/targets', { params: { query } })),
  });
  const columns: readonly Column<Target>[] = [
    { key: 'owner', title: t('targets.owner'), primary: true, render: (target) => <Owner target={target} /> },
    ...useOwnColumns().map((column) => ({ ...column, primary: false })),
  ];
  return (
    <Panel title={t('targets.all')} extra={<MetricChoice />}>
      <Answer query={targets} lines={10}>
        {({ items, next }) => (
          <DataTable
            label={t('targets.all')}
            rows={items}
            rowKey={keyOf}
            columns={columns}
            next={next}
            empty={<Empty title={t('targets.empty')} text={t('targets.emptyText')} />}
          />
        )}
      </Answer>
    </Panel>
  );
}

function Owner({ target: { subject, name, unit } }: { readonly target: Target }): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  if (unit !== null)
    return <>{unit.kind === 'company' ? t('targets.unit.company') : t(`targets.unit.${unit.kind}`, { label: unit.label })}</>;
  if (subject === null) return <>—</>;
  return hasRole(me, 'hr', 'auditor') ? <PersonLink subject={subject} name={name} /> : <>{name ?? '—'}</>;
}

function MetricChoice(): ReactElement {
  const { t } = useTranslation('data');
  const { metric } = useAddress();
  const change = useChangeAddress();
  const metricName = useMetricName();
  const { data } = useQuery(metricsQuery);
  return (
    <select
      aria-label={t('targets.metric')}
      className="plain-select"
      value={metric ?? ''}
      onChange={(event) => change({ metric: event.target.value || undefined, after: undefined })}
    >
      <option value="">{t('targets.allMetrics')}</option>
      {(data?.items ?? [])
        .filter(({ target }) => target)
        .map((one) => (
          <option key={one.metric} value={one.metric}>
            {metricName(one.metric)}
          </option>
        ))}
    </select>
  );
}
