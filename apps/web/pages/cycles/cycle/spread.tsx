import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Empty } from '../../../pieces/empty';
import { formatAmount, formatExact } from '../../../pieces/format';
import { Panel } from '../../../pieces/page';
import { Skeleton } from '../../../pieces/skeleton';
import { type GradeGroup, type Spread, spreadQuery } from '../queries';
import { GradesTable } from '../grades-table';

const GradesChart = lazy(() => import('../grades-chart').then((file) => ({ default: file.GradesChart })));
const ScoresChart = lazy(() => import('../grades-chart').then((file) => ({ default: file.ScoresChart })));

/** How grades and scores lie, beside what the scheme aims at. */
export function SpreadView({ cycleId }: { readonly cycleId: string }): ReactElement {
  const { t } = useTranslation('cycles');
  const { asOf } = useAddress();
  const query = useQuery(spreadQuery(cycleId, asOf));
  return (
    <Answer query={query} lines={8}>
      {(spread) =>
        spread.scored === 0 ? <Empty title={t('spread.emptyTitle')} text={t('spread.emptyText')} /> : <Charts spread={spread} />
      }
    </Answer>
  );
}

function Charts({ spread }: { readonly spread: Spread }): ReactElement {
  const { t } = useTranslation('cycles');
  const { group: chosen } = useAddress();
  const group = groupOf(spread.groups, chosen);
  return (
    <>
      <div className="grid">
        <Panel title={t('spread.title')} extra={<GroupField groups={spread.groups} />}>
          {group && (
            <>
              <Suspense fallback={<Skeleton lines={6} />}>
                <GradesChart group={group} />
              </Suspense>
              <GradesTable group={group} />
            </>
          )}
        </Panel>
        <Panel title={t('spread.scores')}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <ScoresChart bins={spread.bins} />
          </Suspense>
          <dl className="figures">
            <Figure name={t('spread.scored')} value={formatExact(String(spread.scored))} />
            <Figure name={t('spread.mean')} value={spread.mean === null ? '–' : formatAmount(spread.mean)} />
            <Figure name={t('spread.lowest')} value={spread.lowest === null ? '–' : formatAmount(spread.lowest)} />
            <Figure name={t('spread.highest')} value={spread.highest === null ? '–' : formatAmount(spread.highest)} />
          </dl>
        </Panel>
      </div>
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The group that the address names; the whole cycle where it names none. */
export function groupOf(groups: readonly GradeGroup[], chosen: string | undefined): GradeGroup | undefined {
  return groups.find(({ department }) => department === (chosen ?? null)) ?? groups[0];
}

export function GroupField({ groups }: { readonly groups: readonly GradeGroup[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const { group } = useAddress();
  const change = useChangeAddress();
  return (
    <select
      className="plain-select"
      aria-label={t('spread.group')}
      value={group ?? ''}
      onChange={(event) => change({ group: event.target.value || undefined, after: undefined })}
    >
      {groups.map(({ department, people }) => (
        <option key={department ?? ''} value={department ?? ''}>
          {department ?? t('spread.wholeCycle')} ({people})
        </option>
      ))}
    </select>
  );
}
