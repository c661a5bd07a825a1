import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../texts';
import { formatExact } from './format';
import { AwardsField } from './rating-awards';
import { type Given, isAwards, type RatingLine, ratingProblem, textsOf } from './rating';

export interface RatingFieldProps {
  readonly line: RatingLine;
  readonly given: Given | undefined;
  readonly onChange: (given: Given) => void;
  /** Says what is missing, too, not only what is wrong. */
  readonly strict?: boolean;
  readonly disabled?: boolean;
  /** Stands between the name of the line and its field: what the person said of themselves. */
  readonly beside?: ReactElement | null;
  /** For `awards`: whose people may be named as approving. */
  readonly appraisalId?: string;
}

/** One line that a rater fills in, of whatever type: its name, its help as the anchor, and the field. */
export function RatingField({
  line,
  given,
  onChange,
  strict = false,
  disabled = false,
  beside = null,
  appraisalId,
}: RatingFieldProps): ReactElement {
  const { t } = useTranslation('common');
  const id = useId();
  const problem = ratingProblem(line, given);
  const isSaid = problem !== undefined && (strict || problem !== 'missing');
  const described = [line.help ? `${id}-help` : '', `${id}-range`, isSaid ? `${id}-wrong` : ''].filter((one) => one !== '').join(' ');
  const common = { id, disabled, 'aria-describedby': described, ...(isSaid ? { 'aria-invalid': true } : {}) };
  const grouped = line.type === 'word' || line.type === 'list' || line.type === 'awards';
  const name = line.title[language()];
  return (
    <div
      className={line.type === 'points' || line.type === 'occurrences' ? 'field rating in-line' : 'field rating'}
      role={grouped ? 'group' : undefined}
      aria-labelledby={grouped ? `${id}-name` : undefined}
    >
      <div className="row">
        {grouped ? <strong id={`${id}-name`}>{name}</strong> : <label htmlFor={id}>{name}</label>}
        {!line.counts && <span className="soft">{t('rating.shownOnly')}</span>}
        {beside}
      </div>
      {line.help && (
        <span className="soft" id={`${id}-help`}>
          {line.help[language()]}
        </span>
      )}
      <Control line={line} given={given} onChange={onChange} common={common} name={`${id}-choice`} appraisalId={appraisalId} />
      <span className="soft" id={`${id}-range`}>
        <Range line={line} />
      </span>
      {isSaid && (
        <span className="wrong" id={`${id}-wrong`}>
          {t(`rating.problem.${problem}`)}
        </span>
      )}
    </div>
  );
}

interface ControlProps extends Pick<RatingFieldProps, 'line' | 'given' | 'onChange'> {
  readonly common: {
    readonly id: string;
    readonly disabled: boolean;
    readonly 'aria-describedby': string;
    readonly 'aria-invalid'?: boolean;
  };
  readonly name: string;
  readonly appraisalId: string | undefined;
}

function Control({ line, given, onChange, common, name, appraisalId }: ControlProps): ReactElement {
  const { t } = useTranslation('common');
  switch (line.type) {
    case 'points':
    case 'occurrences':
      return (
        <input
          {...common}
          className="plain-input rating-number"
          inputMode="decimal"
          autoComplete="off"
          value={typeof given === 'string' ? given : ''}
          onChange={(event) => onChange(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      );
    case 'word':
      return (
        <Choices
          line={line}
          type="radio"
          chosen={typeof given === 'string' ? [given] : []}
          common={common}
          name={name}
          onChange={(chosen) => onChange(chosen.at(-1) ?? '')}
        />
      );
    case 'list':
      return <Choices line={line} type="checkbox" chosen={textsOf(given)} common={common} name={name} onChange={onChange} />;
    case 'entries':
      return (
        <textarea
          {...common}
          className="plain-input"
          rows={3}
          placeholder={t('rating.onePerLine')}
          value={textsOf(given).join('\n')}
          onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
        />
      );
    case 'numbers':
      return <NumbersInput given={given} onChange={onChange} common={common} />;
    case 'awards':
      return (
        <AwardsField
          line={line}
          given={isAwards(given) ? given : []}
          onChange={onChange}
          disabled={common.disabled}
          appraisalId={appraisalId}
        />
      );
  }
}

/** Several numbers in one field: what is typed stays as it is typed as long as it says what is given. */
function NumbersInput({ given, onChange, common }: Pick<ControlProps, 'given' | 'onChange' | 'common'>): ReactElement {
  const { t } = useTranslation('common');
  const standing = textsOf(given).join(' ');
  const [text, setText] = useState(standing);
  if (numbersIn(text).join(' ') !== numbersIn(standing).join(' ')) setText(standing);
  return (
    <input
      {...common}
      className="plain-input"
      inputMode="decimal"
      autoComplete="off"
      placeholder={t('rating.apartByBlank')}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(numbersIn(event.target.value));
      }}
    />
  );
}

function numbersIn(text: string): readonly string[] {
  return text.split(/[\s,，;；、]+/).filter((one) => one !== '');
}

function Choices({
  line,
  type,
  chosen,
  common,
  name,
  onChange,
}: {
  readonly line: RatingLine;
  readonly type: 'radio' | 'checkbox';
  readonly chosen: readonly string[];
  readonly common: ControlProps['common'];
  readonly name: string;
  readonly onChange: (chosen: readonly string[]) => void;
}): ReactElement {
  return (
    <div className="row choices">
      {line.options.map((option, index) => (
        <label key={option}>
          <input
            type={type}
            name={name}
            id={index === 0 ? common.id : undefined}
            disabled={common.disabled}
            checked={chosen.includes(option)}
            onChange={(event) => onChange(next(type, chosen, option, event.target.checked))}
          />
          {line.optionTitles[option]?.[language()] ?? option}
        </label>
      ))}
    </div>
  );
}

function next(type: 'radio' | 'checkbox', chosen: readonly string[], option: string, isOn: boolean): readonly string[] {
  if (type === 'radio') return [option];
  return isOn ? [...chosen, option] : chosen.filter((one) => one !== option);
}

/** What may be given, in words. */
function Range({ line: { type, from, to, whole } }: { readonly line: RatingLine }): ReactElement | null {
  const { t } = useTranslation('common');
  if (type === 'occurrences') return <>{t('rating.count')}</>;
  if ((type !== 'points' && type !== 'numbers') || from === null || to === null) return null;
  const range = { from: formatExact(from), to: formatExact(to) };
  return <>{whole ? t('rating.rangeWhole', range) : t('rating.range', range)}</>;
}

/** What somebody gave for a line, to read. `notes`: free words by line and place, as the API opens them. */
export function RatingShown({
  line,
  given,
  notes = [],
}: {
  readonly line: Pick<RatingLine, 'key' | 'optionTitles'>;
  readonly given: Given | undefined;
  readonly notes?: readonly { readonly line: string; readonly item: number; readonly text: string | null }[];
}): ReactElement {
  const { t } = useTranslation('common');
  const title = (option: string): string =>
    line.optionTitles[option]?.[language()] ?? (/^-?\d/.test(option) ? formatExact(option) : option);
  if (given === undefined) return <>–</>;
  if (typeof given === 'string') return <span className="number">{title(given)}</span>;
  const words = notes.filter((note) => note.line === line.key);
  if (given.length === 0) return <>{t('none')}</>;
  if (isAwards(given))
    return (
      <>
        {given
          .map(({ amount, reason }, index) => `${formatExact(amount)} (${words.find(({ item }) => item === index + 1)?.text ?? reason})`)
          .join(' · ')}
      </>
    );
  if (words.length > 0) return <>{words.map(({ text }) => text ?? t('erased')).join(' · ')}</>;
  return <>{textsOf(given).map(title).join(' · ')}</>;
}
