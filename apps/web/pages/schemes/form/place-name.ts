import { useTranslation } from 'react-i18next';
import { nameOf, stepOf } from '../book';
import { parameterUses, pathOf, placeWords, tellingUse } from '../places';
import type { Finding } from '../queries';
import { inLanguage, titleIn, useWords } from '../words';
import { isMembers, type Path, type Plain, plainAt } from '../yaml/read';
import { useEditing } from './editing';
import { type BlockSpec, type FieldSpec, fieldsOf } from './language';
import { EDIT_PARTS, PARTS } from './parts';

const WHOLE: readonly FieldSpec[] = EDIT_PARTS.flatMap((part) => [...PARTS[part]]);

/** The name under which the forms label a member: `from` of a grade is another word than `from` of a rating. */
function labelOf(path: Path, plain: Plain): string {
  let fields = WHOLE;
  let entryOf: BlockSpec | undefined;
  let label = '';
  for (const [at, part] of path.entries()) {
    const inside = plainAt(plain, path.slice(0, at + 1));
    const found: FieldSpec | undefined = entryOf ? undefined : fields.find(({ name }) => name === part);
    label = found?.label ?? String(part);
    const of: BlockSpec | undefined = entryOf ?? (found && 'of' in found ? found.of : undefined);
    // The entry of a list or a map comes between its name and its members.
    const isGroup = entryOf === undefined && found?.as !== 'block';
    entryOf = isGroup ? of : undefined;
    fields = isGroup || !of ? [] : membersOf(of, inside);
  }
  return label;
}

function membersOf(of: BlockSpec, value: Plain | undefined): readonly FieldSpec[] {
  const kind = of.by && isMembers(value) ? value[of.by.name] : undefined;
  return fieldsOf(of, typeof kind === 'string' ? kind : undefined);
}

const PREFIXES: Readonly<Record<string, string>> = { ratings: 'rating.', employee: 'employee.' };

export interface PlaceNames {
  /** What its place is called to a reader. */
  readonly placeOf: (finding: Finding) => string;
  /** What a finding says, with the forms' words for the members that it names. */
  readonly sentenceOf: (finding: Finding) => string;
  /** What a parameter is called: by its own title, else by where it is used; undefined where it is used nowhere. */
  readonly parameterName: (name: string) => string | undefined;
}

export function usePlaceNames(): PlaceNames {
  const { t } = useTranslation('schemes');
  const words = useWords();
  const { yaml, book } = useEditing();
  const { plain } = yaml;
  const naming = {
    field: (_: string, path: Path): string => words.field(labelOf(path, plain)),
    named: (of: string, name: string, value: Plain | undefined): string => {
      if (of === 'parameters') return parameterName(name) ?? name;
      return (isMembers(value) ? titleIn(value['title']) : undefined) ?? book.titleOf(`${PREFIXES[of] ?? ''}${name}`) ?? name;
    },
    entry: (entry: Plain | undefined, index: number): string => {
      if (entry === undefined) return t('form.entry', { number: index + 1 });
      const own = isMembers(entry) && typeof entry['use'] === 'string' ? book.indicatorTitle(entry) : nameOf(entry);
      return own || stepOf(entry, words) || t('form.entry', { number: index + 1 });
    },
  };
  const placeName = (path: Path): string => placeWords(path, plain, naming);
  const parameterName = (name: string): string | undefined => {
    const own = titleIn(plainAt(plain, ['parameters', name, 'title']));
    const use = tellingUse(name, plain, parameterUses(plain).get(name) ?? []);
    return own ?? (use && placeName(use));
  };
  return {
    placeOf: ({ path }) => (path === '' ? t('edit.part.yaml') : placeName(pathOf(path, plain))),
    sentenceOf: ({ code, sentence }) => {
      const said = inLanguage(sentence);
      return code === 'invalid-shape' ? said.replace(/“(\w+)”/gu, (whole, name: string) => whole.replace(name, words.field(name))) : said;
    },
    parameterName,
  };
}
