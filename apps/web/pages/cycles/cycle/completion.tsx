import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Empty } from '../../../pieces/empty';
import { Panel } from '../../../pieces/page';
import { Skeleton } from '../../../pieces/skeleton';
import { Choices } from '../choices';
import { completionQuery, OWED_PHASES, type TeamCompletion } from '../queries';

const TeamsChart = lazy(() => import('./teams-chart').then((file) => ({ default: file.TeamsChart })));

/** How far each team is with each step. */
export function Completion({ cycleId }: { readonly cycleId: string }): ReactElement {
  const { t } = useTranslation('cycles');
  const { asOf } = useAddress();
  const query = useQuery(completionQuery(cycleId, asOf));
  return (
    <Panel title={t('cycle.tabs.completion')}>
      <Answer query={query} lines={8}>
        {({ items }) =>
          items.length === 0 ? <Empty title={t('completion.emptyTitle')} text={t('completion.emptyText')} /> : <OfStep items={items} />
        }
      </Answer>
    </Panel>
  );
}

function OfStep({ items }: { readonly items: readonly TeamCompletion[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const { step } = useAddress();
  const change = useChangeAddress();
  const steps = OWED_PHASES.filter((one) => items.some((row) => row.step === one));
  // The first in which somebody has yet to do something is where one looks.
  const shown =
    steps.find((one) => one === step) ?? steps.find((one) => items.some((row) => row.step === one && row.done < row.people)) ?? steps[0];
  if (shown === undefined) return <Empty title={t('completion.emptyTitle')} text={t('completion.emptyText')} />;
  return (
    <>
      <Choices
        label={t('completion.step')}
        chosen={shown}
        options={steps.map((key) => ({ key, label: t(`step.${key}`) }))}
        onChoose={(next) => change({ step: next })}
      />
      <Suspense fallback={<Skeleton lines={6} />}>
        <TeamsChart step={shown} rows={items.filter((row) => row.step === shown)} />
      </Suspense>
    </>
  );
}
