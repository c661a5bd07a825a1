import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { useMetricName } from '../../pieces/metric-name';
import { Confirm } from '../../pieces/confirm';
import { useToast } from '../../pieces/toast';
import type { Fact } from './queries';

const DECIMAL = /^-?\d{1,20}(\.\d{1,20})?$/;

/** The right value of a recorded fact, with the reason: what was recorded stays readable. */
export function CorrectFact({ fact, subject }: { readonly fact: Fact; readonly subject: string }): ReactElement {
  const metricName = useMetricName();
  const { t } = useTranslation('data');
  const say = useToast();
  const [value, setValue] = useState(fact.value);
  const [reason, setReason] = useState('');
  const correct = useCommand({
    send: (body: { value: string; reason: string }, header) =>
      bodyOf(api.POST('/api/v1/facts/{factId}/corrections', { params: { path: { factId: fact.factId }, header }, body })),
    touches: [['facts', subject]],
    onDone: () => say(t('person.corrected')),
  });
  const id = `fact-${fact.factId}`;
  const ready = DECIMAL.test(value.trim()) && value.trim() !== fact.value && reason.trim() !== '';
  return (
    <Confirm
      act={t('person.correct')}
      ready={ready}
      problem={correct.error}
      onConfirm={() => correct.mutateAsync({ value: value.trim(), reason: reason.trim() })}
      what={
        <div className="stack">
          <p>{t('person.correctWhat')}</p>
          <div className="field">
            <label htmlFor={`${id}-value`}>
              {t('person.newValue')} · {metricName(fact.metric)}
            </label>
            <input
              id={`${id}-value`}
              className="plain-input"
              inputMode="decimal"
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-why`}>{t('person.why')}</label>
            <input
              id={`${id}-why`}
              className="plain-input"
              maxLength={120}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </div>
      }
    />
  );
}
