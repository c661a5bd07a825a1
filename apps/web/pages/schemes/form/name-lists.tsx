import type { ReactElement } from 'react';
import { inLanguage } from '../words';
import { isMembers, plainAt } from '../yaml/read';
import { useEditing } from './editing';

/** Keys to pick from while a name is typed. */
export function NameLists(): ReactElement {
  const { yaml, library } = useEditing();
  const facts = isMembers(plainAt(yaml.plain, ['facts'])) ? Object.keys(plainAt(yaml.plain, ['facts']) ?? {}) : [];
  const ratings = isMembers(plainAt(yaml.plain, ['ratings'])) ? Object.keys(plainAt(yaml.plain, ['ratings']) ?? {}) : [];
  const known = new Map((library?.facts ?? []).map(({ key, title }) => [key, inLanguage(title)]));
  const knownRatings = new Map((library?.ratings ?? []).map(({ key, title }) => [key, inLanguage(title)]));
  return (
    <>
      <Names id="fact-names" names={[...new Set([...facts, ...known.keys()])]} titles={known} />
      <Names id="rating-names" names={[...new Set([...ratings, ...knownRatings.keys()])]} titles={knownRatings} />
    </>
  );
}

function Names({
  id,
  names,
  titles,
}: {
  readonly id: string;
  readonly names: readonly string[];
  readonly titles: ReadonlyMap<string, string>;
}): ReactElement {
  return (
    <datalist id={id}>
      {names.map((name) => (
        <option key={name} value={name} label={titles.get(name) ?? name} />
      ))}
    </datalist>
  );
}
