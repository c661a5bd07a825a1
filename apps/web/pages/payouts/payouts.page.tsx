import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatAmount, formatInstant, formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { useToast } from '../../pieces/toast';
import { type Batch, batchesQuery } from './payout-queries';
import { STAGE_MARK, STAGES, stagesThatWaitFor } from './payout-words';

const route = getRouteApi('/frame/payouts');

/** Batches: what waits for me first, then all, by stage and period. */
export function PayoutsPage(): ReactElement {
  const { t } = useTranslation('payouts');
  const me = useMe();
  const waits = stagesThatWaitFor(me);
  return (
    <Page title={t('title')} meta={t('meta')}>
      {waits.length > 0 && <Waiting stages={waits} />}
      {hasRole(me, 'finance') && <ToStart />}
      <AllBatches />
    </Page>
  );
}

function Waiting({ stages }: { readonly stages: readonly Batch['stage'][] }): ReactElement {
  const { t } = useTranslation('payouts');
  const query = useQuery(batchesQuery({ stage: stages.join(',') }));
  return (
    <Panel title={t('waiting')}>
      <Answer query={query} lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('nothingWaits')}</p>
          ) : (
            <ul className="cards">
              {items.map((batch) => (
                <li key={batch.batchId} className="row">
                  <Mark kind={STAGE_MARK[batch.stage]}>{t(`stage.${batch.stage}`)}</Mark>
                  <Link to="/payouts/$batchId" params={{ batchId: batch.batchId }}>
                    {batch.cycleName ?? formatPeriod(batch.period)} · {t(`kind.${batch.kind}`)}
                  </Link>
                  <span className="soft">
                    {t('column.people')} {batch.statements} · {t('column.total')} {formatAmount(batch.total)}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Panel>
  );
}

function AllBatches(): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const { stage, period, after } = route.useSearch();
  const query = useQuery(batchesQuery({ stage: STAGES.find((one) => one === stage), period, after }));
  const columns = useColumns();
  const isFiltered = stage !== undefined || period !== undefined;
  return (
    <Panel
      title={t('all')}
      extra={
        <select
          className="plain-select"
          aria-label={t('stageFilter')}
          value={stage ?? ''}
          onChange={(event) => change({ stage: event.target.value === '' ? undefined : event.target.value, after: undefined })}
        >
          <option value="">{common('all')}</option>
          {STAGES.map((one) => (
            <option key={one} value={one}>
              {t(`stage.${one}`)}
            </option>
          ))}
        </select>
      }
    >
      <Answer query={query}>
        {({ items, next }) => (
          <DataTable
            label={t('all')}
            rows={items}
            rowKey={({ batchId }) => batchId}
            columns={columns}
            next={next}
            empty={
              isFiltered ? (
                <Empty
                  title={t('empty.filtered')}
                  text={t('empty.filteredText')}
                  next={
                    <Button onClick={() => change({ stage: undefined, period: undefined, after: undefined })}>{t('empty.clear')}</Button>
                  }
                />
              ) : (
                <Empty title={t('empty.title')} text={t('empty.text')} />
              )
            }
          />
        )}
      </Answer>
    </Panel>
  );
}

function useColumns(): readonly Column<Batch>[] {
  const { t } = useTranslation('payouts');
  return [
    {
      key: 'batch',
      title: t('column.batch'),
      primary: true,
      render: (batch) => (
        <Link to="/payouts/$batchId" params={{ batchId: batch.batchId }}>
          {batch.cycleName ?? formatPeriod(batch.period)} · {t(`kind.${batch.kind}`)}
        </Link>
      ),
    },
    {
      key: 'stage',
      title: t('column.stage'),
      render: ({ stage }) => <Mark kind={STAGE_MARK[stage]}>{t(`stage.${stage}`)}</Mark>,
    },
    { key: 'people', title: t('column.people'), number: true, render: ({ statements }) => statements },
    { key: 'lines', title: t('column.lines'), number: true, render: ({ lines }) => lines },
    { key: 'total', title: t('column.total'), number: true, render: ({ total }) => formatAmount(total) },
    { key: 'held', title: t('column.held'), number: true, render: ({ held }) => formatAmount(held) },
    { key: 'started', title: t('column.started'), render: ({ startedAt }) => formatInstant(startedAt) },
  ];
}

/** Published cycles that have no batch: finance may start one before the payout phase does. */
function ToStart(): ReactElement | null {
  const { t } = useTranslation('payouts');
  const query = useQuery({
    queryKey: ['payouts', 'to-start'],
    queryFn: async () => {
      const cycles = await bodyOf(api.GET('/api/v1/cycles', { params: { query: { status: 'running', limit: 100 } } }));
      const published = cycles.items.filter((cycle) => cycle.published);
      const batches = await Promise.all(
        published.map(({ cycleId }) => bodyOf(api.GET('/api/v1/payouts', { params: { query: { cycleId, limit: 50 } } }))),
      );
      return published.filter((_, index) => batches[index]?.items.every(({ stage }) => stage === 'cancelled') === true);
    },
  });
  if (query.data?.length === 0) return null;
  return (
    <Panel title={t('start.title')}>
      <Answer query={query} lines={2}>
        {(cycles) => (
          <ul className="cards">
            {cycles.map(({ cycleId, name, period, members }) => (
              <li key={cycleId} className="row">
                <span>
                  {name} <span className="soft">{formatPeriod(period)}</span>
                </span>
                <Start cycleId={cycleId} cycle={name} period={period} people={members} />
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  );
}

function Start({
  cycleId,
  cycle,
  period,
  people,
}: {
  readonly cycleId: string;
  readonly cycle: string;
  readonly period: string;
  readonly people: number;
}): ReactElement {
  const { t } = useTranslation('payouts');
  const say = useToast();
  const navigate = useNavigate();
  const start = useCommand({
    send: (_: null, headers) => bodyOf(api.POST('/api/v1/payouts', { params: { header: headers }, body: { cycleId } })),
    touches: [['payouts']],
    onDone: ({ batchId }) => {
      say(t('start.done'));
      void navigate({ to: '/payouts/$batchId', params: { batchId } });
    },
  });
  return (
    <Confirm
      act={t('start.act')}
      what={<p>{t('start.what', { cycle, period: formatPeriod(period), people })}</p>}
      problem={start.error}
      onConfirm={() => start.mutateAsync(null)}
    />
  );
}
