import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { COMPANY_ZONE, formatDay, formatPeriod } from '../../pieces/format';
import { useMetricName } from '../../pieces/metric-name';
import { FindPerson } from './find-person';
import { useMetricValue } from '../../pieces/metric-value';

const route = getRouteApi('/frame/audit');
const MONTHS = 15;
type Fact = paths['/api/v1/people/{subject}/facts']['get']['responses']['200']['content']['application/json']['items'][number];

/** One fact, by whose it is, when, and of what: who asks knows no number of it. */
export function FactPicker(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { whose, whoseAs } = route.useSearch();
  if (whose === undefined) {
    return <FindPerson act={t('uses.choose')} onChoose={(subject, name) => change({ whose: subject, whoseAs: name, fact: undefined })} />;
  }
  return (
    <div className="stack">
      <div className="row">
        <strong>{whoseAs ?? t('uses.someone')}</strong>
        <Button size="small" onClick={() => change({ whose: undefined, whoseAs: undefined, fact: undefined, metric: undefined })}>
          {t('uses.another')}
        </Button>
      </div>
      <FactsOf key={whose} subject={whose} />
    </div>
  );
}

function FactsOf({ subject }: { readonly subject: string }): ReactElement {
  const { t } = useTranslation('audit');
  const metricName = useMetricName();
  const change = useChangeAddress();
  const { period: named, metric } = route.useSearch();
  const [months] = useState(lastMonths);
  const period = named ?? months[0] ?? '';
  const [periodId, metricId] = [useId(), useId()];
  const query = useQuery({
    queryKey: ['facts', subject, period],
    queryFn: () => bodyOf(api.GET('/api/v1/people/{subject}/facts', { params: { path: { subject }, query: { period } } })),
  });
  const metrics = [...new Set((query.data?.items ?? []).map((one) => one.metric))];
  return (
    <>
      <div className="row">
        <label htmlFor={periodId}>{t('uses.period')}</label>
        <select
          id={periodId}
          className="plain-select"
          value={period}
          onChange={(event) => change({ period: event.target.value, fact: undefined })}
        >
          {[...new Set([...months, period])].map((one) => (
            <option key={one} value={one}>
              {formatPeriod(one)}
            </option>
          ))}
        </select>
        <label htmlFor={metricId}>{t('uses.metric')}</label>
        <select
          id={metricId}
          className="plain-select"
          value={metric ?? ''}
          onChange={(event) => change({ metric: event.target.value || undefined })}
        >
          <option value="">{t('uses.everyMetric')}</option>
          {[...new Set([...metrics, ...(metric === undefined ? [] : [metric])])].map((one) => (
            <option key={one} value={one}>
              {metricName(one)}
            </option>
          ))}
        </select>
      </div>
      <Answer query={query} lines={4}>
        {({ items }) => <Found facts={metric === undefined ? items : items.filter((one) => one.metric === metric)} />}
      </Answer>
    </>
  );
}

function Found({ facts }: { readonly facts: readonly Fact[] }): ReactElement {
  const { t } = useTranslation('audit');
  const metricName = useMetricName();
  const inUnit = useMetricValue();
  const change = useChangeAddress();
  const { fact } = route.useSearch();
  const columns: readonly Column<Fact>[] = [
    { key: 'metric', title: t('uses.metric'), primary: true, render: ({ metric }) => metricName(metric) },
    { key: 'value', title: t('uses.value'), number: true, render: ({ metric, value }) => inUnit(metric, value) },
    { key: 'day', title: t('uses.day'), render: ({ happenedOn }) => formatDay(happenedOn) },
    { key: 'record', title: t('uses.record'), render: ({ source, recordId }) => `${source} · ${recordId}` },
    {
      key: 'state',
      title: t('uses.state'),
      render: ({ supersededAt }) => (supersededAt === null ? t('uses.counts') : t('uses.superseded')),
    },
    {
      key: 'act',
      title: '',
      render: ({ factId, recordId }) => (
        <Button
          size="small"
          type={factId === fact ? 'primary' : 'default'}
          aria-pressed={factId === fact}
          aria-label={`${t('uses.show')} ${recordId}`}
          onClick={() => change({ fact: factId })}
        >
          {t('uses.show')}
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      isWhole
      label={t('uses.found')}
      rows={facts}
      rowKey={({ factId }) => factId}
      columns={columns}
      empty={<Empty title={t('uses.noFacts')} text={t('uses.noFactsText')} />}
    />
  );
}

/** This month and those before it, the latest first. */
function lastMonths(): readonly string[] {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit' })
    .format(Date.now())
    .split('-')
    .map(Number);
  const last = year * 12 + month - 1;
  return Array.from(
    { length: MONTHS },
    (_, back) => `${Math.floor((last - back) / 12)}-${String(((last - back) % 12) + 1).padStart(2, '0')}`,
  );
}
