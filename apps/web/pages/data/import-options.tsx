import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { profilesQuery } from './queries';
import type { ImportKind } from './import-kinds';
import type { ImportOptions } from './import-send';

export interface ImportOptionFieldsProps {
  readonly kind: ImportKind;
  readonly options: ImportOptions;
  readonly onChange: (part: Partial<ImportOptions>) => void;
}

/** What the API takes beside the file of this kind. */
export function ImportOptionFields({ kind, options, onChange }: ImportOptionFieldsProps): ReactElement {
  const { t } = useTranslation('data');
  return (
    <div className="two">
      {kind === 'facts' && <ProfileField options={options} onChange={onChange} />}
      <div className="field">
        <label htmlFor="encoding">{t('wizard.encoding')}</label>
        <select
          id="encoding"
          className="plain-select"
          value={options.encoding}
          onChange={(event) => onChange({ encoding: event.target.value === 'gb18030' ? 'gb18030' : 'utf-8' })}
        >
          <option value="utf-8">{t('wizard.encodings.utf-8')}</option>
          <option value="gb18030">{t('wizard.encodings.gb18030')}</option>
        </select>
      </div>
      {kind === 'targets' && (
        <TextField name="reason" label={t('wizard.reason')} hint={t('wizard.reasonHint')} options={options} onChange={onChange} />
      )}
      {kind === 'facts' && <FactFields options={options} onChange={onChange} />}
    </div>
  );
}

type Fields = Omit<ImportOptionFieldsProps, 'kind'>;

function FactFields(fields: Fields): ReactElement {
  const { t } = useTranslation('data');
  return (
    <>
      <TextField name="source" label={t('wizard.source')} hint={t('wizard.sourceHint')} {...fields} />
      <TextField
        name="completePeriod"
        label={t('wizard.completePeriod')}
        hint={t('wizard.completeHint')}
        placeholder="2026-11"
        {...fields}
      />
      <TextField
        name="completeMetrics"
        label={t('wizard.completeMetrics')}
        hint={t('wizard.completeMetricsHint')}
        placeholder="sales.amount,deals.won"
        {...fields}
      />
      <TextField name="reason" label={t('wizard.correction')} hint={t('wizard.correctionHint')} {...fields} />
    </>
  );
}

function ProfileField({ options, onChange }: Fields): ReactElement {
  const { t } = useTranslation('data');
  const { data } = useQuery(profilesQuery);
  return (
    <div className="field">
      <label htmlFor="profile">{t('wizard.profile')}</label>
      <select id="profile" className="plain-select" value={options.profile} onChange={(event) => onChange({ profile: event.target.value })}>
        <option value="">{t('wizard.standard')}</option>
        {(data?.items ?? [])
          .filter(({ definition }) => definition.kind === 'facts')
          .map(({ name, version }) => (
            <option key={name} value={name}>
              {name} · v{version}
            </option>
          ))}
      </select>
    </div>
  );
}

type TextName = 'source' | 'reason' | 'completePeriod' | 'completeMetrics';

function TextField({
  name,
  label,
  hint,
  placeholder,
  options,
  onChange,
}: Fields & { readonly name: TextName; readonly label: string; readonly hint: string; readonly placeholder?: string }): ReactElement {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        className="plain-input"
        maxLength={name === 'completeMetrics' ? 2_000 : 120}
        value={options[name]}
        {...(placeholder === undefined ? {} : { placeholder })}
        aria-describedby={`${name}-hint`}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
      <span id={`${name}-hint`} className="soft">
        {hint}
      </span>
    </div>
  );
}
