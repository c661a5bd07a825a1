import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { metricsQuery } from '../../../api/metrics';
import { formatList } from '../../../pieces/format';
import { useMetricName } from '../../../pieces/metric-name';
import type { CsvHead } from './csv-head';
import { columnsIn, constantOf, type DraftFact, factLacksOf, MOST, nameOf, NEW_FACT } from './profile-draft';
import { ColumnField, type ColumnFieldProps } from './profile-fields';

type Before = NonNullable<DraftFact['before']>;
type Said = Before['metric'] | Before['value'];

/** Stands for "a column says it": no metric is named so. */
const BY_COLUMN = ':column';

interface ProfileFactsProps {
  readonly head: CsvHead;
  readonly facts: readonly DraftFact[];
  readonly onChange: (facts: readonly DraftFact[]) => void;
}

/** What each row says: one number or several, each of a metric. */
export function ProfileFacts({ head, facts, onChange }: ProfileFactsProps): ReactElement {
  const { t } = useTranslation('data');
  return (
    <fieldset>
      <legend>{t('profile.facts')}</legend>
      <div className="stack">
        {facts.map((fact, index) => (
          <OneFact
            key={index}
            index={index}
            head={head}
            fact={fact}
            onChange={(next) => onChange(facts.map((one, at) => (at === index ? next : one)))}
            {...(facts.length > 1 ? { onRemove: () => onChange(facts.filter((_, at) => at !== index)) } : {})}
          />
        ))}
        <div>{facts.length < MOST.facts && <Button onClick={() => onChange([...facts, NEW_FACT])}>{t('profile.addFact')}</Button>}</div>
      </div>
    </fieldset>
  );
}

interface OneFactProps {
  readonly index: number;
  readonly head: CsvHead;
  readonly fact: DraftFact;
  readonly onChange: (fact: DraftFact) => void;
  readonly onRemove?: () => void;
}

function OneFact({ index, head, fact, onChange, onRemove }: OneFactProps): ReactElement {
  const { t } = useTranslation('data');
  const metricName = useMetricName();
  const { data } = useQuery(metricsQuery);
  const id = `profile-fact-${index}`;
  const lacks = factLacksOf(fact);
  /** What it was in the beginning where the file has no such column. */
  const missing = (before: Said | undefined): Pick<ColumnFieldProps, 'unchosen'> =>
    before !== undefined && 'column' in before ? { unchosen: { label: t('profile.notInFile', { column: nameOf(before.column) }) } } : {};
  const isByColumn = fact.metricColumn !== '';
  const metrics = [...new Set([...(data?.items ?? []).filter(({ target }) => !target).map(({ metric }) => metric), fact.metric])];
  return (
    <div className="two">
      <div className="field">
        <label htmlFor={id}>{t('profile.metric', { number: index + 1 })}</label>
        <select
          id={id}
          className="plain-select"
          value={isByColumn ? BY_COLUMN : fact.metric}
          onChange={({ target: { value } }) =>
            onChange({
              ...fact,
              ...(value === BY_COLUMN
                ? { metric: '', metricColumn: undefined, column: fact.column === '' ? undefined : fact.column }
                : { metric: value, metricColumn: '' }),
            })
          }
        >
          <option value="">{t('profile.chooseMetric')}</option>
          <option value={BY_COLUMN}>{t('profile.metricByColumn')}</option>
          {metrics
            .filter((metric) => metric !== '')
            .map((metric) => (
              <option key={metric} value={metric}>
                {metricName(metric)}
              </option>
            ))}
        </select>
      </div>
      {isByColumn && (
        <ColumnField
          id={`${id}-metric`}
          label={t('profile.metricColumn')}
          head={head}
          value={fact.metricColumn}
          isLacking={lacks.includes('metric')}
          {...missing(fact.before?.metric)}
          onChange={(metricColumn) => onChange({ ...fact, metricColumn: metricColumn === '' ? undefined : metricColumn })}
        />
      )}
      <ColumnField
        id={`${id}-value`}
        label={t('profile.value')}
        none={t('profile.eachOne', { value: constantOf(fact) })}
        head={head}
        value={fact.column}
        isLacking={lacks.includes('value')}
        {...missing(fact.before?.value)}
        onChange={(column) => onChange({ ...fact, column })}
      />
      {fact.before?.when && <When fact={fact} when={fact.before.when} number={index + 1} onChange={onChange} />}
      {onRemove && (
        <div className="field">
          <span className="soft">{t('profile.metric', { number: index + 1 })}</span>
          <div>
            <Button onClick={onRemove} aria-label={`${t('profile.removeFact')} ${index + 1}`}>
              {t('profile.removeFact')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

/** The condition of the beginning: kept as it is, or removed. */
function When({
  fact,
  when,
  number,
  onChange,
}: {
  readonly fact: DraftFact;
  readonly when: NonNullable<Before['when']>;
  readonly number: number;
  readonly onChange: (fact: DraftFact) => void;
}): ReactElement {
  const { t } = useTranslation('data');
  const columns = [...new Set(columnsIn(when).map(nameOf))];
  return (
    <div className="field">
      <span className="soft">{t('profile.metric', { number })}</span>
      <label className="row">
        <input
          type="checkbox"
          checked={fact.keepsWhen}
          aria-invalid={factLacksOf(fact).includes('when')}
          onChange={(event) => onChange({ ...fact, keepsWhen: event.target.checked })}
        />
        {t('profile.keptWhen', { columns: formatList(columns) })}
      </label>
      {fact.whenLacks.length > 0 && <span className="soft">{t('profile.conditionLacks', { columns: formatList(fact.whenLacks) })}</span>}
    </div>
  );
}
