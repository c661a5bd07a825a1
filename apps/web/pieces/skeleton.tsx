import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const WIDTHS = ['92%', '78%', '85%', '60%', '88%', '70%'];

/** The shape of what is coming, said to screen readers in one word. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }): ReactElement {
  const { t } = useTranslation('common');
  return (
    <div role="status">
      <span className="hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton" style={{ width: WIDTHS[line % WIDTHS.length] }} />
      ))}
    </div>
  );
}
