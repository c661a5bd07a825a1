import { type ReactElement, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words';
import { isList, isMembers, type Path, type Plain, plainAt } from '../yaml/read';
import { idOf, useEditing, useExactFindings, useFindings, useValue } from './editing';
import { FindingNotes } from './findings';
import type { FieldSpec, WordGroup } from './language';

interface AtPath {
  readonly path: Path;
}
interface LabelledProps extends AtPath {
  readonly label: string;
  readonly required?: boolean | undefined;
  readonly hint?: ReactNode;
  readonly children: (props: ControlProps) => ReactElement;
}
/** What ties a control to its label, its hint and what was found about it. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

export function Labelled({ path, label, required, hint, children }: LabelledProps): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const findings = useFindings(path);
  const id = idOf(path);
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required === true && <span className="soft"> {t('common:required')}</span>}
      </label>
      {children({ id, 'aria-describedby': `${id}-notes`, 'aria-invalid': findings.some(({ severity }) => severity === 'error') })}
      <div id={`${id}-notes`}>
        {hint !== undefined && <div className="soft">{hint}</div>}
        <FindingNotes findings={findings} />
      </div>
    </div>
  );
}

/** Texts are members; an empty one that is not asked for is left out. */
function useText(path: Path, required: boolean): readonly [string, (text: string) => void] {
  const { edit } = useEditing();
  const value = useValue(path);
  return [
    typeof value === 'string' ? value : '',
    (text) => edit(text === '' && !required ? { kind: 'remove', path } : { kind: 'set', path, value: text }),
  ];
}

interface TextFieldProps extends AtPath {
  readonly label: string;
  readonly required?: boolean | undefined;
  readonly hint?: ReactNode;
  readonly placeholder?: string | undefined;
  readonly list?: string;
  readonly long?: boolean;
}

export function TextField({ path, label, required = false, hint, placeholder, list, long = false }: TextFieldProps): ReactElement {
  const [text, set] = useText(path, required);
  return (
    <Labelled path={path} label={label} required={required} hint={hint}>
      {(props) =>
        long ? (
          <textarea
            {...props}
            className="plain-input"
            rows={Math.min(6, 1 + Math.ceil(text.length / 60))}
            value={text}
            placeholder={placeholder}
            onChange={(event) => set(event.target.value)}
          />
        ) : (
          <input
            {...props}
            className="plain-input"
            value={text}
            placeholder={placeholder}
            list={list}
            autoComplete="off"
            onChange={(event) => set(event.target.value)}
          />
        )
      }
    </Labelled>
  );
}

/** A formula beside what it says in words. */
export function FormulaField(props: TextFieldProps): ReactElement {
  const { book } = useEditing();
  const value = useValue(props.path);
  const text = typeof value === 'string' ? value : (props.placeholder ?? '');
  const words = text === '' ? '' : book.formula(text);
  return <TextField {...props} long={text.length > 60} {...(words === '' || words === text ? {} : { hint: words })} />;
}

const PARAMETER = /^param\.([\p{L}_][\p{L}\p{N}_]*)$/u;

/** A number. One that stands among the parameters is changed there, since others may stand on it, too. */
export function ConstantField(props: TextFieldProps): ReactElement {
  const { t } = useTranslation('schemes');
  const { yaml, edit, book } = useEditing();
  const value = useValue(props.path);
  const name = typeof value === 'string' ? PARAMETER.exec(value)?.[1] : undefined;
  const place: Path = ['parameters', name ?? '', 'value'];
  const parameter = plainAt(yaml.plain, place);
  if (name === undefined || typeof parameter !== 'string')
    return typeof value === 'string' && value.includes('param.') ? (
      <ReckonedField {...props} words={book.constant(value)} />
    ) : (
      <TextField {...props} />
    );
  const uses = countUses(yaml.plain, `param.${name}`);
  return (
    <Labelled
      path={props.path}
      label={props.label}
      required={props.required}
      hint={
        <span className="row">
          <span title={`param.${name}`}>{t('form.parameter', { count: uses })}</span>
          <button type="button" className="link-button" onClick={() => edit({ kind: 'set', path: props.path, value: parameter })}>
            {t('form.ownValue')}
          </button>
        </span>
      }
    >
      {(control) => (
        <input
          {...control}
          className="plain-input"
          autoComplete="off"
          value={parameter}
          onChange={(event) => edit({ kind: 'set', path: place, value: event.target.value })}
        />
      )}
    </Labelled>
  );
}

/** A number that is reckoned from parameters: what it comes from in words, its formula for who wants to change it. */
function ReckonedField({ words, ...props }: TextFieldProps & { readonly words: string }): ReactElement {
  const { t } = useTranslation('schemes');
  const [text, set] = useText(props.path, props.required === true);
  return (
    <Labelled path={props.path} label={props.label} required={props.required} hint={props.hint}>
      {(control) => (
        <details className="reckoned">
          <summary>
            {words} <span className="soft">{t('form.changeFormula')}</span>
          </summary>
          <input {...control} className="plain-input" autoComplete="off" value={text} onChange={(event) => set(event.target.value)} />
        </details>
      )}
    </Labelled>
  );
}

function countUses(value: Plain, name: string): number {
  if (typeof value === 'string') return new RegExp(`${name.replace('.', '\\.')}(?![\\p{L}\\p{N}_])`, 'u').test(value) ? 1 : 0;
  const inside = isList(value) ? value : isMembers(value) ? Object.values(value) : [];
  return inside.reduce((sum: number, one) => sum + countUses(one, name), 0);
}

/** One number for all kinds of period, or one for each. */
export function ByKindField(props: TextFieldProps): ReactElement {
  const words = useWords();
  const value = useValue(props.path);
  const findings = useExactFindings(props.path);
  if (!isMembers(value)) return <ConstantField {...props} />;
  return (
    <fieldset className="plain-group">
      <legend>{props.label}</legend>
      <div className="row">
        {['month', 'quarter', 'year'].map((kind) => (
          <ConstantField key={kind} path={[...props.path, kind]} label={words.option('period', kind)} />
        ))}
      </div>
      <FindingNotes findings={findings} />
    </fieldset>
  );
}

export function TitleField({
  path,
  label,
  required,
  fallback,
}: AtPath & { readonly label: string; readonly required?: boolean | undefined; readonly fallback?: Plain | undefined }): ReactElement {
  const { t } = useTranslation('schemes');
  const { yaml, edit } = useEditing();
  const findings = useExactFindings(path);
  const set = (name: 'zh-CN' | 'en', text: string): void => {
    const value = plainAt(yaml.plain, path);
    if (isMembers(value)) edit({ kind: 'set', path: [...path, name], value: text });
    // Both languages are asked for: the other one starts with what stands there now.
    else
      edit({ kind: 'set', path, value: { 'zh-CN': textIn(fallback, 'zh-CN') ?? text, en: textIn(fallback, 'en') ?? text, [name]: text } });
  };
  return (
    <div className="two">
      {(['zh-CN', 'en'] as const).map((name) => (
        <Labelled
          key={name}
          path={[...path, name]}
          label={t(name === 'en' ? 'form.inEnglish' : 'form.inChinese', { label })}
          required={required}
        >
          {(control) => (
            <input
              {...control}
              className="plain-input"
              lang={name}
              autoComplete="off"
              value={textIn(plainAt(yaml.plain, path), name) ?? ''}
              placeholder={textIn(fallback, name)}
              onChange={(event) => set(name, event.target.value)}
            />
          )}
        </Labelled>
      ))}
      <FindingNotes findings={findings} />
    </div>
  );
}

function textIn(title: Plain | undefined, name: string): string | undefined {
  const text = isMembers(title) ? title[name] : undefined;
  return typeof text === 'string' ? text : undefined;
}

interface ChoiceProps extends AtPath {
  readonly label: string;
  readonly required?: boolean | undefined;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly onChoose?: (value: string) => void;
  readonly emptyText?: string;
}

export function ChoiceField({ path, label, required = false, options, onChoose, emptyText }: ChoiceProps): ReactElement {
  const { t } = useTranslation('common');
  const [text, set] = useText(path, false);
  const isKnown = text === '' || options.some(({ value }) => value === text);
  return (
    <Labelled path={path} label={label} required={required}>
      {(control) => (
        <select {...control} className="plain-select" value={text} onChange={(event) => (onChoose ?? set)(event.target.value)}>
          {(!required || text === '') && <option value="">{emptyText ?? t('none')}</option>}
          {!isKnown && <option value={text}>{text}</option>}
          {options.map(({ value, text: words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

export function FlagField({ path, label }: AtPath & { readonly label: string }): ReactElement {
  const { edit } = useEditing();
  const value = useValue(path);
  const findings = useFindings(path);
  const id = idOf(path);
  return (
    <div className="field">
      <label htmlFor={id} className="check">
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          aria-describedby={`${id}-notes`}
          onChange={(event) =>
            edit(
              event.target.checked || path.at(-1) === 'enabled' || path.at(-1) === 'open'
                ? { kind: 'set', path, value: event.target.checked }
                : { kind: 'remove', path },
            )
          }
        />
        {label}
      </label>
      <div id={`${id}-notes`}>
        <FindingNotes findings={findings} />
      </div>
    </div>
  );
}

/** Several of a few words; none: the member is left out. */
export function ChoicesField({
  path,
  label,
  group,
  options,
}: AtPath & { readonly label: string; readonly group: WordGroup; readonly options: readonly string[] }): ReactElement {
  const words = useWords();
  const { edit } = useEditing();
  const value = useValue(path);
  const chosen = isList(value) ? value.filter((one) => typeof one === 'string') : [];
  const toggle = (option: string): void => {
    const next = options.filter((one) => (one === option ? !chosen.includes(one) : chosen.includes(one)));
    edit(next.length === 0 ? { kind: 'remove', path } : { kind: 'set', path, value: next });
  };
  return (
    <fieldset className="plain-group" id={idOf(path)} tabIndex={-1}>
      <legend>{label}</legend>
      <div className="row">
        {options.map((option) => (
          <label key={option} className="check">
            <input type="checkbox" checked={chosen.includes(option)} onChange={() => toggle(option)} />
            {words.option(group, option)}
          </label>
        ))}
      </div>
      <FindingNotes findings={useFindings(path)} />
    </fieldset>
  );
}

/** A list of words or numbers, written one after another. */
export function WordsField({
  path,
  label,
  required = false,
}: AtPath & { readonly label: string; readonly required?: boolean | undefined }): ReactElement {
  const { t } = useTranslation('schemes');
  const { edit } = useEditing();
  const value = useValue(path);
  const written = isList(value) ? value.filter((one) => typeof one === 'string').join(', ') : typeof value === 'string' ? value : '';
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const set = (text: string): void => {
    setTyped(text);
    const list = text
      .split(/[,，、\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== '');
    if (list.length > 0 || required) edit({ kind: 'set', path, value: list });
    else edit({ kind: 'remove', path });
  };
  return (
    <Labelled path={path} label={label} required={required} hint={t('form.separated')}>
      {(control) => (
        <input
          {...control}
          className="plain-input"
          autoComplete="off"
          value={typed ?? written}
          onChange={(event) => set(event.target.value)}
          onBlur={() => setTyped(undefined)}
        />
      )}
    </Labelled>
  );
}

/** Numbers or titles by a name of their own: what a word is worth, the values of a band. */
export function NamedField({ path, label, as }: AtPath & { readonly label: string; readonly as: 'constants' | 'titles' }): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const { edit, book } = useEditing();
  const value = useValue(path);
  const findings = useExactFindings(path);
  const [name, setName] = useState('');
  const names = isMembers(value) ? Object.keys(value) : [];
  const add = (): void => {
    if (name.trim() === '') return;
    edit({ kind: 'set', path: [...path, name.trim()], value: as === 'titles' ? { 'zh-CN': name.trim(), en: name.trim() } : '0' });
    setName('');
  };
  return (
    <fieldset className="plain-group" id={idOf(path)} tabIndex={-1}>
      <legend>{label}</legend>
      {names.map((one) => (
        <div key={one} className="row named">
          {as === 'titles' ? (
            <TitleField path={[...path, one]} label={one} />
          ) : (
            <ConstantField path={[...path, one]} label={book.titleOf(`band.${one}`) ?? book.titleOf(`word.${one}`) ?? one} required />
          )}
          <RemoveButton path={[...path, one]} name={one} />
        </div>
      ))}
      <div className="row">
        <input
          className="plain-input short"
          aria-label={t('form.newName', { label })}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="button" className="link-button" disabled={name.trim() === ''} onClick={add}>
          {t('form.add')}
        </button>
      </div>
      <FindingNotes findings={findings} />
    </fieldset>
  );
}

export function RemoveButton({ path, name }: AtPath & { readonly name: string }): ReactElement {
  const { t } = useTranslation('schemes');
  const { edit } = useEditing();
  return (
    <button type="button" className="link-button" onClick={() => edit({ kind: 'remove', path })} aria-label={t('form.removeOf', { name })}>
      {t('form.remove')}
    </button>
  );
}

/** Whether a member is filled in, for what is folded away until it is. */
export function isFilled(block: Plain | undefined, { name }: FieldSpec): boolean {
  const value = isMembers(block) ? block[name] : undefined;
  return value !== undefined && value !== null;
}
