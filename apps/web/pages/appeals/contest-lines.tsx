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
  const groups = [...new Map(result.lines.map((line) => [line.of.key, line.of])).values()];
  return (
    <ul className="contest">
      {groups.map((of) => {
        const lines = result.lines.filter((line) => line.of.key === of.key);
        const [only] = lines;
        const worth = <Worth result={result} of={of} />;
        const set = (line: Line) => (claim: Claim | undefined) => onChange(withClaim(draft.claims, line, claim));
        // What a line stands on alone and is called like it is the line itself.
        if (only && lines.length === 1 && only.title[language()] === of.title[language()])
          return (
            <li key={of.key}>
              <ContestLine line={only} claim={draft.claims[only.line]} onChange={set(only)} strict={strict} worth={worth} />
            </li>
          );
        return (
          <li key={of.key}>
            <div className="row">
              <strong>{of.title[language()]}</strong>
              {worth}
            </div>
            <div className="inputs">
              {lines.map((line) => (
                <ContestLine key={line.line} line={line} claim={draft.claims[line.line]} onChange={set(line)} strict={strict} />
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function withClaim(claims: AppealDraft['claims'], { line }: Line, claim: Claim | undefined): AppealDraft['claims'] {
  const { [line]: _, ...others } = claims;
  return claim ? { ...others, [line]: claim } : others;
}

/** What the line of the result is worth, of how much. */
function Worth({ result, of }: { readonly result: Contestable; readonly of: Line['of'] }): ReactElement | null {
  const { t } = useTranslation('appeals');
  if (of.value === null) return null;
  return (
    <span className="soft">
      <Explained
        of={explainScore(result.appraisalId, of.key)}
        what={t('new.explainLine', { line: of.title[language()], value: formatAmount(of.value) })}
      >
        {formatAmount(of.value)}
      </Explained>
      {of.points !== null && ` / ${formatExact(of.points)}`}
    </span>
  );
}

interface ContestLineProps {
  readonly line: Line;
  readonly claim: Claim | undefined;
  readonly onChange: (claim: Claim | undefined) => void;
  readonly strict: boolean;
  /** Where the input is the line itself. */
  readonly worth?: ReactElement;
}

function ContestLine({ line, claim, onChange, strict, worth }: ContestLineProps): ReactElement {
  const { t } = useTranslation('appeals');
  const id = useId();
  const name = line.title[language()];
  const label = t('new.rightOf', { line: name });
  return (
    <>
      <div className="tick">
        <label className="tick">
          <input
            type="checkbox"
            checked={claim !== undefined}
            onChange={(event) => onChange(event.target.checked ? newClaim(line) : undefined)}
          />
          {worth ? <strong>{name}</strong> : <span>{name}</span>}
        </label>
        {worth}
        <span className="number">
          <ValueShown value={line.value} form={line.form} />
          {line.form.unit !== null && <span className="soft"> {t(`unit.${line.form.unit}`)}</span>}
        </span>
      </div>
      {claim && (
        <div className="claim">
          <RatingField
            line={rightField(line, { 'zh-CN': label, en: label })}
            given={claim.right}
            strict={strict}
            onChange={(right) => onChange({ ...claim, right })}
          />
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
    </>
  );
}
