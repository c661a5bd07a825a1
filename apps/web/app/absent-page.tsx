import { Button } from 'antd';
import { type ReactElement, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../pieces/skeleton';
import { isReachable, reloadOnce } from './unfetched';

/** Looked again this often while nobody presses the button. */
const LOOK_MS = 10_000;

/**
 * A part of the pages could not be fetched: without a network it waits for one, and after an update the page is reloaded. `isPart`: it
 * was asked for beside a page that stands, on which somebody may be writing: only they reload that.
 */
export function AbsentPage({ isPart = false }: { readonly isPart?: boolean }): ReactElement {
  const { t } = useTranslation('common');
  const [state, setState] = useState<'asking' | 'absent' | 'still' | 'old'>('asking');
  const look = useCallback(
    async (otherwise: 'absent' | 'still'): Promise<void> => {
      if (!(await isReachable())) setState((now) => (now === 'still' ? now : otherwise));
      else if (isPart || !reloadOnce()) setState('old');
    },
    [isPart],
  );
  const isOld = state === 'old';
  useEffect(() => {
    if (isOld) return undefined;
    const again = (): void => void look('absent');
    again();
    window.addEventListener('online', again);
    const timer = window.setInterval(again, LOOK_MS);
    return () => {
      window.removeEventListener('online', again);
      window.clearInterval(timer);
    };
  }, [look, isOld]);
  if (state === 'asking') return <Skeleton lines={6} />;
  if (isOld) {
    return (
      <div className="note warn" role="alert">
        <p>{t('absent.old')}</p>
        <Button onClick={() => window.location.reload()}>{t('broken.reload')}</Button>
      </div>
    );
  }
  return (
    <div className="empty" role="alert">
      {isPart ? <strong>{t('absent.title')}</strong> : <h1>{t('absent.title')}</h1>}
      <p>{t('absent.text')}</p>
      {state === 'still' && <p>{t('absent.still')}</p>}
      <Button onClick={() => void look('still')}>{t('retry')}</Button>
    </div>
  );
}
