import { Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from './people';

export interface PersonSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (subject: string) => void;
  /** Where nobody need be chosen. */
  readonly onClear?: () => void;
  readonly people: readonly Person[];
  readonly isLoading: boolean;
}

/** One person of a list, found by any part of the name, team or department. */
export function PersonSelect({ label, value, onChange, onClear, people, isLoading }: PersonSelectProps): ReactElement {
  const { t } = useTranslation('coaching');
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select<string>
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('person.choose')}
        loading={isLoading}
        {...(value === undefined ? {} : { value })}
        allowClear={onClear !== undefined}
        onChange={(subject: string | undefined) => (subject === undefined ? onClear?.() : onChange(subject))}
        options={people.map(({ subject, name, team, department }) => ({
          value: subject,
          label: [name ?? t('erased'), team ?? department].join(' · '),
        }))}
      />
    </div>
  );
}
