import { Progress } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { useLive } from '../../api/live';
import { formatExact } from '../../pieces/format';
import { LiveMark } from '../../pieces/live-mark';

export type ImportState = components['schemas']['ImportProgress'];

/** Of the bar, where each stage ends: reading and checking are about half of the work. */
const SHARES: Readonly<Record<string, readonly [number, number]>> = {
  reading: [0, 20],
  checking: [20, 50],
  recording: [50, 90],
  projecting: [90, 99],
};

export function useImportProgress(key: string | undefined) {
  return useLive<ImportState>({ url: key === undefined ? undefined : `/api/v1/imports/progress/${encodeURIComponent(key)}` });
}

/** How far a file has come: a stage in words, a bar, and rows. */
export function ProgressBar({
  live,
  title,
}: {
  readonly live: ReturnType<typeof useImportProgress>;
  readonly title: string;
}): ReactElement {
  const { t } = useTranslation('data');
  const { data, freshness } = live;
  const stage = data === undefined || data.stage === 'unknown' ? 'waiting' : data.stage;
  return (
    <div role="status" aria-live="polite">
      <div className="row">
        <strong>{title}</strong>
        <span>{t(`wizard.stage.${stage}`)}</span>
        {data && data.done > 0 && (
          <span className="soft">
            {data.of === null
              ? t('wizard.rows', { done: formatExact(data.done) })
              : t('wizard.rowsOf', { done: formatExact(data.done), of: formatExact(data.of) })}
          </span>
        )}
        {freshness.state === 'lost' && <LiveMark freshness={freshness} />}
      </div>
      <Progress percent={percentOf(data)} showInfo={false} aria-label={title} />
    </div>
  );
}

function percentOf(data: ImportState | undefined): number {
  if (!data) return 0;
  if (data.stage === 'done') return 100;
  const [from, to] = SHARES[data.stage] ?? [0, 0];
  const within = data.of === null || data.of === 0 ? 0.5 : data.done / data.of;
  return Math.round(from + (to - from) * within);
}
