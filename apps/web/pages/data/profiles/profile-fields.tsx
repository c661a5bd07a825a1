import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type CsvHead, valuesIn } from './csv-head';

const EXAMPLES = 3;
/** Stands for no choice: names of columns have no blanks around them. */
const UNCHOSEN = ' ';

export interface ColumnFieldProps {
  readonly id: string;
  readonly label: string;
  readonly head: CsvHead;
  /** Undefined where none is chosen yet. */
  readonly value: string | undefined;
  readonly onChange: (column: string) => void;
  /** Of no column; a field that must have one says "choose". */
  readonly none?: string;
  readonly isLacking?: boolean;
  /** What stands there while none is chosen; it can be gone back to where there is `onChoose`. */
  readonly unchosen?: { readonly label: string; readonly onChoose?: () => void };
}

/** A column of the file, with what stands in it. */
export function ColumnField({ id, label, head, value, onChange, none, isLacking = false, unchosen }: ColumnFieldProps): ReactElement {
  const { t } = useTranslation('data');
  const examples = value === undefined || value === '' ? [] : valuesIn(head, value, EXAMPLES);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="plain-select"
        value={value ?? UNCHOSEN}
        aria-describedby={`${id}-examples`}
        aria-invalid={isLacking}
        onChange={(event) => (event.target.value === UNCHOSEN ? unchosen?.onChoose?.() : onChange(event.target.value))}
      >
        {(value === undefined || unchosen?.onChoose) && <option value={UNCHOSEN}>{unchosen?.label ?? t('profile.chooseColumn')}</option>}
        {(value !== undefined || none !== undefined) && <option value="">{none ?? t('profile.chooseColumn')}</option>}
        {head.header.map((column, index) => (
          <option key={`${column} ${index}`} value={column}>
            {column}
          </option>
        ))}
      </select>
      <span id={`${id}-examples`} className="soft" style={{ overflowWrap: 'anywhere' }}>
        {examples.length > 0 && t('profile.examples', { values: examples.join(' · ') })}
      </span>
    </div>
  );
}

export interface TicksProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly title: ReactNode }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

/** Several of a few; what is ticked later comes later. */
export function Ticks<T extends string>({ label, options, chosen, onChange }: TicksProps<T>): ReactElement {
  return (
    <fieldset>
      <legend>{label}</legend>
      <div className="row">
        {options.map(({ value, title }) => (
          <label key={value} className="row">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) => onChange(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
            />
            {title}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
