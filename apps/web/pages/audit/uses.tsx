import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isUuid } from '../../pieces/ids';
import { useMetricName } from '../../pieces/metric-name';
import { Answer } from '../../pieces/answer';
import { DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatPeriod } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { type FactUses, usesQuery } from './audit-queries';
import { FactPicker } from './fact-picker';
import { useMetricValue } from '../../pieces/metric-value';

const route = getRouteApi('/frame/audit');

/** From a fact to everything that used it. */
export function Uses(): ReactElement {
  const { t } = useTranslation('audit');
  const { fact } = route.useSearch();
  return (
    <>
      <Panel title={t('uses.title')}>
        <p className="soft">{t('uses.hint')}</p>
        <FactPicker />
      </Panel>
      {isUuid(fact) ? (
        <UsesOf factId={fact} />
      ) : (
        <Panel>
          <Empty title={t('uses.nothing')} text={t('uses.nothingText')} />
        </Panel>
      )}
    </>
  );
}

function UsesOf({ factId }: { readonly factId: string }): ReactElement {
  const { t } = useTranslation('audit');
  const metricName = useMetricName();
  const inUnit = useMetricValue();
  const query = useQuery(usesQuery(factId));
  return (
    <Answer query={query}>
      {(uses) => (
        <>
          <Panel>
            <p>
              {t('uses.head', {
                metric: metricName(uses.fact.metric),
                value: inUnit(uses.fact.metric, uses.fact.value),
                source: uses.fact.source,
                record: uses.fact.recordId,
                position: uses.fact.position,
              })}
            </p>
            {uses.truncated && <p className="note warn">{t('uses.truncated')}</p>}
          </Panel>
          <Panel title={t('uses.scores')}>
            <Scores scores={uses.scores} />
          </Panel>
          <Panel title={t('uses.lines')}>
            <Lines lines={uses.lines} scores={uses.scores} />
          </Panel>
        </>
      )}
    </Answer>
  );
}

function Scores({ scores }: { readonly scores: FactUses['scores'] }): ReactElement {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation('common');
  return (
    <DataTable
      label={t('uses.scores')}
      rows={scores}
      rowKey={({ appraisalId }) => appraisalId}
      columns={[
        { key: 'person', title: t('uses.person'), primary: true, render: ({ name }) => name ?? common('erased') },
        { key: 'cycle', title: t('uses.cycle'), render: ({ cycleName, period }) => cycleName ?? formatPeriod(period) },
        {
          key: 'score',
          title: t('uses.score'),
          number: true,
          render: ({ appraisalId, score }) => (
            <Explained of={explainScore(appraisalId)}>{score === null ? common('none') : formatAmount(score)}</Explained>
          ),
        },
        { key: 'as', title: '', render: ({ as }) => t(`uses.as.${as}`) },
      ]}
      empty={<Empty title={t('uses.noScores')} />}
    />
  );
}

function Lines({ lines, scores }: Pick<FactUses, 'lines' | 'scores'>): ReactElement {
  const { t } = useTranslation('audit');
  const { t: common } = useTranslation('common');
  return (
    <DataTable
      label={t('uses.lines')}
      rows={lines}
      rowKey={({ lineId }) => lineId}
      columns={[
        {
          key: 'person',
          title: t('uses.person'),
          primary: true,
          render: ({ appraisalId }) => scores.find((score) => score.appraisalId === appraisalId)?.name ?? common('erased'),
        },
        { key: 'line', title: t('uses.line'), render: ({ key }) => key },
        {
          key: 'amount',
          title: t('uses.amount'),
          number: true,
          render: ({ appraisalId, key, amount }) => (
            <Explained of={explainScore(appraisalId, `line.${key}`)}>{formatAmount(amount)}</Explained>
          ),
        },
        {
          key: 'batch',
          title: t('uses.batch'),
          render: ({ batchId }) => (
            <Link to="/payouts/$batchId" params={{ batchId }}>
              {t('uses.batch')}
            </Link>
          ),
        },
      ]}
      empty={<Empty title={t('uses.noLines')} />}
    />
  );
}
