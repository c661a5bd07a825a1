import { type ReactElement, type TextareaHTMLAttributes, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fittedText, isNearlyFull } from './fitted-text';
import { formatExact } from './format';

type Attributes = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'maxLength' | 'defaultValue'>;

export interface LongTextProps extends Attributes {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Characters that are taken. */
  readonly most: number;
}

/** Free words up to a limit: near it they are counted, and what did not fit is said instead of being lost in silence. */
export function LongText({ value, onChange, most, className = 'plain-input', ...attributes }: LongTextProps): ReactElement {
  const { t } = useTranslation('common');
  const id = useId();
  const [cut, setCut] = useState(0);
  const take = (written: string): void => {
    const fitted = fittedText(written, most);
    setCut(fitted.cut);
    onChange(fitted.text);
  };
  const isCut = cut > 0 && value.length > 0;
  const described = [attributes['aria-describedby'], isNearlyFull(value, most) ? id : undefined].filter((one) => one !== undefined);
  return (
    <>
      <textarea
        {...attributes}
        className={className}
        {...(described.length === 0 ? {} : { 'aria-describedby': described.join(' ') })}
        value={value}
        onChange={(event) => {
          // What an input method is composing is not cut under its hands.
          if (event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing) onChange(event.target.value);
          else take(event.target.value);
        }}
        onCompositionEnd={(event) => take(event.currentTarget.value)}
      />
      {isNearlyFull(value, most) && (
        <span id={id} className={isCut ? 'wrong' : 'soft'} role={isCut ? 'alert' : undefined}>
          {t('text.count', { length: formatExact(value.length), most: formatExact(most) })}
          {isCut && ` · ${t('text.cut', { count: cut })}`}
        </span>
      )}
    </>
  );
}
