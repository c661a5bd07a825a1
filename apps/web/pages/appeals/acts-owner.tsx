import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../pieces/confirm';
import { type Given, ratingProblem } from '../../pieces/rating';
import { RatingField } from '../../pieces/rating-field';
import type { ActProps } from './acts';
import type { CaseLine, Form } from './appeal';
import { fieldOf } from './field';
import { titleOf } from './case-lines';
import { sentValue } from './claims';
import { TextField, written } from './text-field';

/** A fact without a form of its own is a plain number. */
export const PLAIN_NUMBER: Form = { type: 'number', unit: null, from: null, to: null, whole: false, options: [], optionTitles: {} };

/** The owner of the contested facts corrects them or stands by them. */
export function FactAnswer({ file, act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const facts = file.lines.filter(({ kind }) => kind === 'fact');
  const [values, setValues] = useState<Readonly<Record<string, Given>>>({});
  const [reason, setReason] = useState('');
  if (blockedOf('correct-facts') === undefined) return null;
  const valueOf = ({ key, right }: CaseLine): Given => values[key] ?? right;
  const fields = facts.map((line) => {
    const label = t('owner.valueOf', { line: titleOf(line) });
    return { line, field: fieldOf(line.key, line.form ?? PLAIN_NUMBER, { 'zh-CN': label, en: label }) };
  });
  const isWrong = fields.some(({ line, field }) => ratingProblem(field, valueOf(line)) !== undefined);
  const { text } = written(reason);
  const corrections = facts.map((line) => ({
    line: line.line,
    kind: line.kind,
    key: line.key,
    value: sentValue({ key: line.key, form: line.form ?? PLAIN_NUMBER }, valueOf(line)),
  }));
  return (
    <div className="act stack">
      <div className="grid" style={{ margin: 0 }}>
        {fields.map(({ line, field }) => (
          <RatingField
            key={line.key}
            line={field}
            given={valueOf(line)}
            strict
            onChange={(given) => setValues({ ...values, [line.key]: given })}
          />
        ))}
      </div>
      <TextField label={t('owner.reason')} value={reason} onChange={setReason} />
      <div className="row">
        <Confirm
          act={t('act.correct-facts')}
          primary
          ready={!isWrong}
          problem={problem}
          what={t('owner.correctWhat', { count: corrections.length })}
          onConfirm={() => act({ act: 'correct-facts', corrections, ...(text === undefined ? {} : { reason: text }) })}
        />
        <Confirm
          act={t('act.stand-by-facts')}
          ready={text !== undefined}
          problem={problem}
          what={text === undefined ? t('owner.reasonFirst') : t('owner.standWhat')}
          onConfirm={() => act({ act: 'stand-by-facts', reason: text ?? '' })}
        />
      </div>
    </div>
  );
}
