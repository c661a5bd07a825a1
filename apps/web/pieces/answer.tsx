import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import { formatTime } from './format';
import { ProblemNote } from './problem-note';
import { Absent, Denied, Missing } from './refusal';
import { Skeleton } from './skeleton';

export interface AnswerProps<T> {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/**
 * What was asked, in each of its states: loading, refused, failed, and there. What could not be asked again is still shown,
 * with the time it is from: old is never shown as new.
 */
export function Answer<T>({ query, lines = 4, children }: AnswerProps<T>): ReactElement {
  const { t } = useTranslation('common');
  const problem = query.error instanceof ProblemError ? query.error : undefined;
  if (query.data === undefined) {
    if (problem?.status === 403) return <Denied />;
    if (problem?.isNoAddress) return <Missing />;
    if (problem) return <ProblemNote problem={problem.problem} onRetry={() => void query.refetch()} />;
    if (query.error) throw query.error;
    // Asked by itself once there is a network again.
    if (query.fetchStatus === 'paused') return <Absent />;
    return <Skeleton lines={lines} />;
  }
  return (
    <>
      {query.isError && (
        <div className="note warn" role="status">
          {t('stale', { time: formatTime(query.dataUpdatedAt) })}
        </div>
      )}
      {children(query.data)}
    </>
  );
}
