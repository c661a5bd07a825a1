import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** Says who will see what of colleagues' answers, and what can't be promised (docs/adr/0009). */
export function Anonymity({ text }: { readonly text: string }): ReactElement {
  const { t } = useTranslation('team');
  return (
    <div className="note">
      <strong>{t('anonymous.title')}</strong>
      <p>{text}</p>
      <p className="soft">{t('anonymous.limit')}</p>
    </div>
  );
}
