import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { metricsQuery } from '../../../api/metrics';
import { useMetricName } from '../../../pieces/metric-name';
import type { CsvHead } from './csv-head';
import { type DraftFact, MOST } from './profile-draft';
import { ColumnField } from './profile-fields';

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
        <div>
          {facts.length < MOST.facts && (
            <Button onClick={() => onChange([...facts, { metric: '', metricColumn: '', column: '' }])}>{t('profile.addFact')}</Button>
          )}
        </div>
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
              ...(value === BY_COLUMN ? { metric: '', metricColumn: head.header[0] ?? '' } : { metric: value, metricColumn: '' }),
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
          onChange={(metricColumn) => onChange({ ...fact, metricColumn })}
        />
      )}
      <ColumnField
        id={`${id}-value`}
        label={t('profile.value')}
        none={t('profile.eachOne')}
        head={head}
        value={fact.column}
        onChange={(column) => onChange({ ...fact, column })}
      />
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
