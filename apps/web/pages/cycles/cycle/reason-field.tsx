import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

const REASON_MOST = 120;

export function ReasonField({
  id,
  value,
  onChange,
}: {
  readonly id: string;
  readonly value: string;
  readonly onChange: (next: string) => void;
}): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <div className="field">
      <label htmlFor={id}>
        {t('acts.reason')} <span className="soft">({t('acts.reasonHint')})</span>
      </label>
      <input
        id={id}
        className="plain-input"
        required
        maxLength={REASON_MOST}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
