import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../words';
import { extentOf, isMembers, nodeAt, type Path, readYaml, type SchemeYaml } from '../yaml/read';
import { useEditing, useValue } from './editing';
import { Labelled } from './fields';

/** Members of a block that no form knows: their YAML, readable and editable where they stand. */
export function RestFields({ path, known }: { readonly path: Path; readonly known: readonly string[] }): ReactElement | null {
  const value = useValue(path);
  const names = isMembers(value) ? Object.keys(value).filter((name) => !known.includes(name)) : [];
  if (names.length === 0) return null;
  return (
    <>
      {names.map((name) => (
        <RestField key={name} path={[...path, name]} name={name} />
      ))}
    </>
  );
}

function RestField({ path, name }: { readonly path: Path; readonly name: string }): ReactElement {
  const { t } = useTranslation('schemes');
  const words = useWords();
  const { yaml, write } = useEditing();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? sourceOf(yaml, path);
  const set = (source: string): void => {
    const next = withSource(yaml, path, source);
    if (next === undefined) return setTyped(source);
    setTyped(source);
    write(next);
    return undefined;
  };
  const isBroken = typed !== undefined && withSource(yaml, path, typed) === undefined;
  return (
    <Labelled path={path} label={words.field(name)} hint={isBroken ? t('form.restBroken') : t('form.rest')}>
      {(control) => (
        <textarea
          {...control}
          aria-invalid={isBroken || control['aria-invalid']}
          className="plain-input yaml"
          rows={Math.min(12, shown.split('\n').length + 1)}
          spellCheck={false}
          value={shown}
          onChange={(event) => set(event.target.value)}
          onBlur={() => !isBroken && setTyped(undefined)}
        />
      )}
    </Labelled>
  );
}

/** The YAML of a place as if it stood at the margin. */
function sourceOf({ text, root }: SchemeYaml, path: Path): string {
  const node = nodeAt(root, path);
  if (!node) return '';
  const { start, end } = extentOf(node);
  const margin = marginOf(text, start);
  return text
    .slice(start, end)
    .trimEnd()
    .split('\n')
    .map((line, at) => (at === 0 || line.slice(0, margin).trim() !== '' ? line : line.slice(margin)))
    .join('\n');
}

function marginOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The text with another source at a place; undefined where it can't be read then. */
function withSource({ text, root }: SchemeYaml, path: Path, source: string): string | undefined {
  const node = nodeAt(root, path);
  if (!node) return undefined;
  const { start, end: whole } = extentOf(node);
  const end = start + text.slice(start, whole).trimEnd().length;
  const margin = ' '.repeat(marginOf(text, start));
  const written = source
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : margin + line))
    .join('\n');
  const next = text.slice(0, start) + written + text.slice(end);
  return readYaml(next).broken ? undefined : next;
}
