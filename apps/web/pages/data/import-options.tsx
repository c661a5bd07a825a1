import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { metricsQuery } from '../../api/metrics';
import type { Problem } from '../../api/problem';
import { COMPANY_ZONE, formatPeriod } from '../../pieces/format';
import { useMetricName } from '../../pieces/metric-name';
import type { ImportKind } from './import-kinds';
import type { ImportOptions } from './import-send';
import { periodChoices } from './period-choices';
import { NAME } from './profiles/profile-draft';
import { useProfileTitle } from './profiles/profile-title';
import { profilesQuery } from './queries';

type FieldError = NonNullable<Problem['errors']>[number];

export interface ImportOptionFieldsProps {
  readonly kind: ImportKind;
  readonly options: ImportOptions;
  /** What the API said of the fields when it was asked last. */
  readonly errors: readonly FieldError[];
  readonly onChange: (part: Partial<ImportOptions>) => void;
  /** Makes a profile for the file; undefined while there is none to make it for. */
  readonly onMakeProfile: (() => void) | undefined;
}

/** Fields that say what is wrong with them, by the name that the API has for each. */
const FIELDS: Readonly<Record<string, OptionName>> = {
  source: 'source',
  reason: 'reason',
  correctionReason: 'reason',
  completePeriod: 'completePeriod',
  completeMetrics: 'completeMetrics',
};
type OptionName = 'source' | 'reason' | 'completePeriod' | 'completeMetrics';

const optionOf = ({ path }: FieldError): OptionName | undefined => FIELDS[path.split('.')[0] ?? ''];

/** Errors that no field of the options says. */
export function otherErrors(errors: readonly FieldError[]): readonly FieldError[] {
  return errors.filter((error) => optionOf(error) === undefined);
}

/** What the API takes beside the file of this kind. */
export function ImportOptionFields(props: ImportOptionFieldsProps): ReactElement {
  const { kind, options, onChange } = props;
  const { t } = useTranslation('data');
  return (
    <div className="two">
      {kind === 'facts' && <ProfileField {...props} />}
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
      {kind === 'targets' && <TextField name="reason" label={t('wizard.reason')} hint={t('wizard.reasonHint')} {...props} />}
      {kind === 'facts' && <FactFields {...props} />}
    </div>
  );
}

function FactFields(props: ImportOptionFieldsProps): ReactElement {
  const { t } = useTranslation('data');
  return (
    <>
      <TextField name="source" label={t('wizard.source')} hint={t('wizard.sourceHint')} {...props} />
      <PeriodField {...props} />
      {props.options.completePeriod !== '' && <MetricsField {...props} />}
      <TextField name="reason" label={t('wizard.correction')} hint={t('wizard.correctionHint')} {...props} />
    </>
  );
}

function ProfileField({ options, onChange, onMakeProfile }: ImportOptionFieldsProps): ReactElement {
  const { t } = useTranslation('data');
  const { data } = useQuery(profilesQuery);
  const titleOf = useProfileTitle();
  const offered = (data?.items ?? []).filter(({ definition }) => definition.kind === 'facts');
  const isOwn = offered.some(({ name, builtIn }) => name === options.profile && !builtIn);
  return (
    <div className="field">
      <label htmlFor="profile">{t('wizard.profile')}</label>
      <select id="profile" className="plain-select" value={options.profile} onChange={(event) => onChange({ profile: event.target.value })}>
        <option value="">{t('wizard.standard')}</option>
        {offered.map((one) => (
          <option key={one.name} value={one.name}>
            {titleOf(one)}
          </option>
        ))}
      </select>
      <div className="row">
        <Button size="small" disabled={onMakeProfile === undefined} onClick={onMakeProfile} aria-describedby="profile-make-why">
          {isOwn ? t('profile.change') : t('profile.make')}
        </Button>
        <span id="profile-make-why" className="soft">
          {onMakeProfile === undefined ? t('profile.needsFile') : t('profile.makeHint')}
        </span>
      </div>
    </div>
  );
}

function PeriodField({ options, errors, onChange }: ImportOptionFieldsProps): ReactElement {
  const { t } = useTranslation('data');
  const [choices] = useState(() => periodChoices(thisMonth()));
  return (
    <div className="field">
      <label htmlFor="completePeriod">{t('wizard.completePeriod')}</label>
      <select
        id="completePeriod"
        className="plain-select"
        value={options.completePeriod}
        aria-describedby="completePeriod-hint"
        onChange={({ target: { value } }) => onChange({ completePeriod: value, ...(value === '' ? { completeMetrics: '' } : {}) })}
      >
        <option value="">{t('wizard.completeNone')}</option>
        {choices.map((period) => (
          <option key={period} value={period}>
            {formatPeriod(period)}
          </option>
        ))}
      </select>
      <span id="completePeriod-hint" className="soft">
        {t('wizard.completeHint')}
      </span>
      <Wrong name="completePeriod" errors={errors} />
    </div>
  );
}

/** Metrics by name: only what is summed can be complete, and targets come from targets. */
function MetricsField({ options, errors, onChange }: ImportOptionFieldsProps): ReactElement {
  const { t } = useTranslation('data');
  const { data } = useQuery(metricsQuery);
  const metricName = useMetricName();
  const offered = (data?.items ?? []).filter(({ target, combine }) => !target && combine === 'sum');
  return (
    <div className="field">
      <label htmlFor="completeMetrics">{t('wizard.completeMetrics')}</label>
      <Select
        id="completeMetrics"
        mode="multiple"
        value={options.completeMetrics === '' ? [] : options.completeMetrics.split(',')}
        options={offered.map(({ metric }) => ({ value: metric, label: metricName(metric) }))}
        maxCount={50}
        placeholder={t('wizard.completeOfProfile')}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next) => onChange({ completeMetrics: next.join(',') })}
      />
      <span className="soft">{t('wizard.completeMetricsHint')}</span>
      <Wrong name="completeMetrics" errors={errors} />
    </div>
  );
}

function Wrong({
  name,
  errors,
  isWrong = false,
}: Pick<ImportOptionFieldsProps, 'errors'> & { readonly name: OptionName; readonly isWrong?: boolean }): ReactElement | null {
  const { t } = useTranslation('data');
  if (!isWrong && !errors.some((error) => optionOf(error) === name)) return null;
  return (
    <span id={`${name}-wrong`} className="wrong" role="alert">
      {t(`wizard.wrong.${name}`)}
    </span>
  );
}

function TextField({
  name,
  label,
  hint,
  options,
  errors,
  onChange,
}: ImportOptionFieldsProps & { readonly name: 'source' | 'reason'; readonly label: string; readonly hint: string }): ReactElement {
  const value = options[name].trim();
  const isWrong = (name === 'source' && value !== '' && !NAME.test(value)) || errors.some((error) => optionOf(error) === name);
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        id={name}
        className="plain-input"
        maxLength={120}
        value={options[name]}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${name}-hint ${name}-wrong` : `${name}-hint`}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
      <span id={`${name}-hint`} className="soft">
        {hint}
      </span>
      <Wrong name={name} errors={errors} isWrong={isWrong} />
    </div>
  );
}

function thisMonth(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit' }).format(Date.now());
}
