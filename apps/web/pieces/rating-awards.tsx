import { Button } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { ColleaguePicker } from './colleague-picker';
import type { GivenAward, RatingLine } from './rating';

const EMPTY: GivenAward = { amount: '', reason: '', approved_by: [] };
const MOST = 20;

/** Awards one below the other: how many points, what for, and who stands for it. */
export function AwardsField({
  line,
  given,
  onChange,
  disabled,
  appraisalId,
}: {
  readonly line: RatingLine;
  readonly given: readonly GivenAward[];
  readonly onChange: (given: readonly GivenAward[]) => void;
  readonly disabled: boolean;
  readonly appraisalId: string | undefined;
}): ReactElement {
  const { t } = useTranslation('common');
  const id = useId();
  const change = (at: number, part: Partial<GivenAward>): void =>
    onChange(given.map((award, index) => (index === at ? { ...award, ...part } : award)));
  return (
    <div className="stack">
      {given.map((award, index) => (
        <fieldset key={`${id}-${index}`} disabled={disabled} className="stack">
          <legend>{t('rating.award', { number: index + 1 })}</legend>
          <label className="field">
            {t('rating.amount')}
            <input
              className="plain-input rating-number"
              inputMode="decimal"
              value={award.amount}
              onChange={(event) => change(index, { amount: event.target.value })}
            />
          </label>
          <label className="field">
            {t('rating.reason')}
            <input
              className="plain-input"
              maxLength={500}
              value={award.reason}
              onChange={(event) => change(index, { reason: event.target.value })}
            />
          </label>
          {appraisalId !== undefined && (
            <ColleaguePicker
              label={t('rating.approvedBy', { count: line.approvals ?? 2 })}
              appraisalId={appraisalId}
              chosen={award.approved_by}
              onChange={(people) => change(index, { approved_by: people })}
            />
          )}
          <Button size="small" onClick={() => onChange(given.filter((_, at) => at !== index))}>
            {t('rating.removeAward')}
          </Button>
        </fieldset>
      ))}
      {given.length < MOST && (
        <Button disabled={disabled} onClick={() => onChange([...given, EMPTY])}>
          {t('rating.addAward')}
        </Button>
      )}
    </div>
  );
}
