import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatExact } from '../../pieces/format';
import { RatingField } from '../../pieces/rating-field';
import { language } from '../../texts';
import type { Contestable, Ground } from './appeal';
import { type AppealDraft, type Claim, groundsOf, type Line, newClaim, rightField } from './claims';
import { ValueShown } from './value';

export interface ContestLinesProps {
  readonly result: Contestable;
  readonly draft: AppealDraft;
  readonly onChange: (claims: AppealDraft['claims']) => void;
  readonly strict: boolean;
}

/** The published result line by line, each input to tick; a ticked one asks for the ground and the right value. */
export function ContestLines({ result, draft, onChange, strict }: ContestLinesProps): ReactElement {
  const { t } = useTranslation('appeals');
  const groups = [...new Map(result.lines.map((line) => [line.of.key, line.of])).values()];
  const set = (line: Line, claim: Claim | undefined): void => {
    const { [line.line]: _, ...others } = draft.claims;
    onChange(claim ? { ...others, [line.line]: claim } : others);
  };
  return (
    <ul className="contest">
      {groups.map((of) => (
        <li key={of.key}>
          <div className="row">
            <strong>{of.title[language()]}</strong>
            {of.value !== null && (
              <span className="soft">
                <Explained of={explainScore(result.appraisalId, of.key)} what={t('new.explainLine', { line: of.title[language()] })}>
                  {formatAmount(of.value)}
                </Explained>
                {of.points !== null && ` / ${formatExact(of.points)}`}
              </span>
            )}
          </div>
          <ul className="inputs">
            {result.lines
              .filter((line) => line.of.key === of.key)
              .map((line) => (
                <ContestLine key={line.line} line={line} claim={draft.claims[line.line]} onChange={(claim) => set(line, claim)} strict={strict} />
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

interface ContestLineProps {
  readonly line: Line;
  readonly claim: Claim | undefined;
  readonly onChange: (claim: Claim | undefined) => void;
  readonly strict: boolean;
}

function ContestLine({ line, claim, onChange, strict }: ContestLineProps): ReactElement {
  const { t } = useTranslation('appeals');
  const id = useId();
  const name = line.title[language()];
  const label = t('new.rightOf', { line: name });
  return (
    <li>
      <label className="tick">
        <input type="checkbox" checked={claim !== undefined} onChange={(event) => onChange(event.target.checked ? newClaim(line) : undefined)} />
        <span>{name}</span>
        <span className="number">
          <ValueShown value={line.value} form={line.form} />
          {line.form.unit !== null && <span className="soft"> {t(`unit.${line.form.unit}`)}</span>}
        </span>
      </label>
      {claim && (
        <div className="claim">
          <RatingField line={rightField(line, { 'zh-CN': label, en: label })} given={claim.right} strict={strict} onChange={(right) => onChange({ ...claim, right })} />
          <div className="field">
            <label htmlFor={`${id}-ground`}>{t('ground.label')}</label>
            <select
              id={`${id}-ground`}
              className="plain-select"
              value={claim.ground}
              onChange={(event) => {
                const ground = groundsOf(line).find((one) => one === event.target.value);
                if (ground) onChange({ ...claim, ground });
              }}
            >
              {groundsOf(line).map((ground: Ground) => (
                <option key={ground} value={ground}>
                  {t(`ground.${ground}`)}
                </option>
              ))}
            </select>
          </div>
        </div>
      )}
    </li>
  );
}
