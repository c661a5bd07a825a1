import { Link, type ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem';
import { ProblemNote } from '../pieces/problem-note';
import { Skeleton } from '../pieces/skeleton';

export function MissingPage(): ReactElement {
  const { t } = useTranslation('common');
  return (
    <main className="empty">
      <h1>{t('missing.title')}</h1>
      <p>{t('missing.text')}</p>
      <Link to="/">{t('missing.home')}</Link>
    </main>
  );
}

export function WaitingPage(): ReactElement {
  return <Skeleton lines={6} />;
}

/** When drawing a page failed: what the API answered, or that the page itself is at fault. */
export function BrokenPage({ error, reset }: ErrorComponentProps): ReactElement {
  const { t } = useTranslation('common');
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
