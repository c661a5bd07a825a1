import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { formatAmount, formatInstant, formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { PartTabs } from '../../pieces/part-tabs';
import { BatchActs } from './batch-acts';
import { Differences } from './batch-differences';
import { History } from './batch-history';
import { Lines } from './batch-lines';
import { PersonInBatch } from './batch-person';
import { type Batch, batchQuery, type Figures, figuresQuery } from './payout-queries';
import { lineName, STAGE_MARK } from './payout-words';
import { TickedLines } from './ticked';

const route = getRouteApi('/frame/payouts/$batchId');
const TABS = ['lines', 'differences', 'history'] as const;

/** One batch: what it adds up to, who did what with it, and its lines. */
export function BatchPage(): ReactElement {
  const { batchId } = route.useParams();
  const { t } = useTranslation('payouts');
  const query = useQuery(batchQuery(batchId));
  const batch = query.data;
  return (
    <Page
      title={batch ? t('batchTitle', { cycle: batch.cycleName ?? formatPeriod(batch.period) }) : t('title')}
      meta={
        <span className="row">
          <Link to="/payouts">{t('title')}</Link>
          {batch && (
            <>
              <span>
                {formatPeriod(batch.period)} · {t(`kind.${batch.kind}`)} · {t('round', { round: batch.round })}
              </span>
              <Mark kind={STAGE_MARK[batch.stage]}>{t(`stage.${batch.stage}`)}</Mark>
              <span role="status">{t(`waitsFor.${batch.stage}`)}</span>
            </>
          )}
        </span>
      }
    >
      <Answer query={query}>{(found) => <BatchBody batch={found} />}</Answer>
    </Page>
  );
}

function BatchBody({ batch }: { readonly batch: Batch }): ReactElement {
  const { t } = useTranslation('payouts');
  const change = useChangeAddress();
  const { tab, person } = route.useSearch();
  const active = TABS.find((one) => one === tab) ?? 'lines';
  const figures = useQuery(figuresQuery(batch)).data;
  const parts: Readonly<Record<(typeof TABS)[number], ReactNode>> = {
    lines: <Lines batch={batch} figures={figures} />,
    differences: <Differences batch={batch} figures={figures} />,
    history: <History batch={batch} />,
  };
  const title = {
    lines: t('tab.lines'),
    differences: batch.kind === 'regular' ? t('tab.differences') : t('tab.settledDifferences'),
    history: t('tab.history'),
  };
  return (
    <TickedLines key={batch.batchId} stage={batch.stage}>
      {batch.stage === 'computing' && (
        <div className="note" role="status">
          {t('computing')}
        </div>
      )}
      <BatchActs batch={batch} figures={figures} />
      <Totals batch={batch} figures={figures} />
      {person !== undefined && <PersonInBatch key={person} batch={batch} subject={person} figures={figures} />}
      <Panel>
        <PartTabs
          label={t('title')}
          active={active}
          onChange={(next) => change({ tab: next === 'lines' ? undefined : next, after: undefined })}
          tabs={TABS.map((key) => ({ key, title: title[key] }))}
        >
          {parts[active]}
        </PartTabs>
      </Panel>
    </TickedLines>
  );
}

function Totals({ batch, figures }: { readonly batch: Batch; readonly figures: Figures | undefined }): ReactElement {
  const { t } = useTranslation('payouts');
  return (
    <Panel>
      <dl className="figures">
        <Figure name={t('figure.statements')}>{batch.statements}</Figure>
        <Figure name={t('figure.lines')}>{batch.lines}</Figure>
        <Figure name={t('figure.total')}>{formatAmount(batch.total)}</Figure>
        {batch.releasedTotal !== null && <Figure name={t('figure.released')}>{formatAmount(batch.releasedTotal)}</Figure>}
        <Figure name={t('figure.held')}>{formatAmount(batch.held)}</Figure>
        <Figure name={t('figure.withoutScore')}>{batch.withoutScore}</Figure>
        {batch.releasedTotal !== null && (
          <Figure name={t('figure.acknowledged')}>
            {batch.acknowledgedLines} / {batch.releasedLines}
          </Figure>
        )}
      </dl>
      {figures && figures.byKey.length > 0 && (
        <p className="row soft" aria-label={t('byLine')}>
          {figures.byKey.map(({ key, total, people }) => (
            <span key={key}>
              {lineName(key, figures, t)} {formatAmount(total)} ({people})
            </span>
          ))}
        </p>
      )}
      {batch.withoutScore > 0 && <p className="note warn">{t('withoutScore', { count: batch.withoutScore })}</p>}
      <Steps batch={batch} />
      <FileOfBatch batch={batch} />
    </Panel>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How far it has come, and by whom. */
function Steps({ batch }: { readonly batch: Batch }): ReactElement {
  const { t } = useTranslation('payouts');
  const nameOf = (actor: string | null, name: string | null): string => {
    if (actor === null) return '';
    return actor.startsWith('system:') ? t('by.system') : t('by.person', { name: name ?? '–' });
  };
  const isReleased = batch.releasedAt !== null;
  const steps = [
    { key: 'computed', done: batch.stage !== 'computing', by: batch.computedBy.startsWith('system:') ? t('by.system') : '' },
    {
      key: 'checked',
      done: batch.checkedBy !== null && batch.stage !== 'check-failed' && batch.stage !== 'computed',
      by: nameOf(batch.checkedBy, batch.checkedByName),
    },
    { key: 'approved', done: batch.approvedBy !== null, by: nameOf(batch.approvedBy, batch.approvedByName) },
    { key: 'released', done: isReleased, by: batch.releasedAt === null ? '' : formatInstant(batch.releasedAt) },
    { key: 'acknowledged', done: batch.stage === 'acknowledged', by: '' },
  ] as const;
  return (
    <ol className="row" style={{ listStyle: 'none', padding: 0 }}>
      {steps.map(({ key, done, by }) => (
        <li key={key}>
          <Mark kind={done ? 'good' : 'plain'}>{t(`steps.${key}`)}</Mark> <span className="soft">{by}</span>
        </li>
      ))}
    </ol>
  );
}

function FileOfBatch({ batch }: { readonly batch: Batch }): ReactElement | null {
  const { t } = useTranslation('payouts');
  const me = useMe();
  if (batch.fileHash === null) return null;
  return (
    <div className="stack">
      <div className="row">
        {hasRole(me, 'finance') && (
          <a href={`/api/v1/payouts/${batch.batchId}/file`} download>
            {t('file')}
          </a>
        )}
      </div>
      <dl className="pairs">
        <dt>{t('fileHash')}</dt>
        <dd>
          <code>{batch.fileHash}</code>
        </dd>
      </dl>
    </div>
  );
}
