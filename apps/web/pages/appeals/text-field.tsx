import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LongText } from '../../pieces/long-text';

/** As the API bounds them. */
export const TEXT_MOST = 5_000;

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly optional?: boolean;
}

/** Free words with their label; as long as the API takes them. */
export function TextField({ label, value, onChange, optional = false }: TextFieldProps): ReactElement {
  const { t } = useTranslation('common');
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {optional && <span className="soft">({t('optional')})</span>}
      </label>
      <LongText id={id} className="plain-input wide-text" most={TEXT_MOST} value={value} onChange={onChange} />
    </div>
  );
}

/** Undefined where nothing was written: an optional text is left out then. */
export function written(text: string): { readonly text?: string } {
  return text.trim() === '' ? {} : { text: text.trim() };
}
