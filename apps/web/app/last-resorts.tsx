import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import { ProblemNote } from '../pieces/problem-note';
import { Missing } from '../pieces/refusal';
import { Skeleton } from '../pieces/skeleton';
import { AbsentPage } from './absent-page';
import { isUnfetched } from './unfetched';

export function MissingPage(): ReactElement {
  return (
    <main>
      <Missing isPage />
    </main>
  );
}

export function WaitingPage(): ReactElement {
  return <Skeleton lines={6} />;
}

/** Instead of what lies over a page and could not be fetched: the page below stays. */
export function BrokenPart({ error }: ErrorComponentProps): ReactElement {
  if (!isUnfetched(error)) throw error;
  return (
    <div className="note over">
      <AbsentPage isPart />
    </div>
  );
}

/** When drawing a page failed: what the API answered, or that the page itself is at fault. */
export function BrokenPage({ error, reset }: ErrorComponentProps): ReactElement {
  const { t } = useTranslation('common');
  if (isUnfetched(error)) return <AbsentPage />;
  if (error instanceof ProblemError) return <ProblemNote problem={error.problem} onRetry={reset} />;
  return (
    <div className="note bad" role="alert">
      <strong>{t('broken.title')}</strong>
      <p>{t('broken.text')}</p>
      <p>
        <code>{(error instanceof Error ? error.message : String(error)).slice(0, 300)}</code>
      </p>
      <Button onClick={() => window.location.reload()}>{t('broken.reload')}</Button>
    </div>
  );
}
