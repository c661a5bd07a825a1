import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface ConflictProps {
  /** As it stands now, asked again after the refusal. */
  readonly now: ReactNode;
  /** What was written here and refused. */
  readonly yours: ReactNode;
  readonly onUseNow: () => void;
  /** Sends the same again on top of the version that stands now; absent where that makes no sense any more. */
  readonly onKeepMine?: () => void;
}

/** Somebody else changed the thing meanwhile: both stand side by side, and the person decides. Nothing is lost. */
export function Conflict({ now, yours, onUseNow, onKeepMine }: ConflictProps): ReactElement {
  const { t } = useTranslation('common');
  return (
    <div className="note warn" role="alert">
      <strong>{t('conflict.title')}</strong>
      <p>{t('conflict.text')}</p>
      <div className="grid">
        <section className="panel" aria-label={t('conflict.now')}>
          <h3>{t('conflict.now')}</h3>
          {now}
        </section>
        <section className="panel" aria-label={t('conflict.yours')}>
          <h3>{t('conflict.yours')}</h3>
          {yours}
        </section>
      </div>
      <div className="row">
        <Button onClick={onUseNow}>{t('conflict.useNow')}</Button>
        {onKeepMine && (
          <Button type="primary" onClick={onKeepMine}>
            {t('conflict.keepMine')}
          </Button>
        )}
      </div>
    </div>
  );
}
