import type { components, paths } from '#api-schema';
import { type CsvHead, valuesIn } from './csv-head';

export type NamedProfile = paths['/api/v1/imports/profiles']['get']['responses']['200']['content']['application/json']['items'][number];
export type FactsProfile = Extract<NamedProfile['definition'], { kind: 'facts' }>;
export type Facts = Omit<NamedProfile, 'definition'> & { readonly definition: FactsProfile };
type Condition = components['schemas']['RowCondition'];

export const OWNER_KINDS = ['employee-no', 'login', 'name'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];
export const NUMBER_STYLES = ['point', 'comma', 'plain'] as const;
export type NumberStyle = (typeof NUMBER_STYLES)[number];
/** Of a date as it may stand in an export; the first that fits a cell whole reads it. */
export const DATE_FORMATS = [
  'YYYY-MM-DD',
  'YYYY/M/D',
  'YYYY.M.D',
  'YYYY年M月D日',
  'M/D/YYYY',
  'D/M/YYYY',
  'D.M.YYYY',
  'YYYY-MM-DD HH:mm',
  'YYYY-MM-DD HH:mm:ss',
  'YYYY/M/D H:mm',
  'YYYY/M/D H:mm:ss',
] as const;
export const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/;
/** What the shape allows. */
export const MOST = { facts: 20, values: 100, completeFor: 50 } as const;

/** One number that a row says: a metric that is the same in every row or is told by a column; no column of values: each row counts one. */
export interface DraftFact {
  readonly metric: string;
  readonly metricColumn: string;
  readonly column: string;
}

/** A profile as it is filled in beside a file; columns by the names that the file gives them. */
export interface ProfileDraft {
  readonly name: string;
  readonly source: string;
  readonly owner: string;
  readonly by: readonly OwnerKind[];
  readonly unknown: 'refuse' | 'set-aside';
  readonly record: string;
  /** With the first where that alone tells no records apart. */
  readonly record2: string;
  readonly day: string;
  readonly formats: readonly string[];
  readonly numbers: NumberStyle;
  /** Rows count where this column says one of these; every row without a column. */
  readonly filterColumn: string;
  readonly filterValues: readonly string[];
  /** A condition of the beginning that is more than a column with values: kept as it is. */
  readonly keptFilter: Condition | undefined;
  readonly facts: readonly DraftFact[];
}

type Ref = string | readonly string[];
const fold = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** The file's own name of a column that a profile means; empty where the file has none. */
export function columnOf(header: readonly string[], ref: Ref | undefined): string {
  for (const name of ref === undefined ? [] : typeof ref === 'string' ? [ref] : ref) {
    const found = header.find((one) => fold(one) === fold(name));
    if (found !== undefined) return found;
  }
  return '';
}

function refsOf({ owner, recordId, happenedOn, facts }: FactsProfile): readonly Ref[] {
  const values = facts.flatMap(({ metric, value }) => [metric, value].flatMap((one) => ('column' in one ? [one.column] : [])));
  return [owner.column, ...recordId.columns, happenedOn.column, ...values];
}

/** The profile of whose columns the file has the most; the first where it has none of any. */
export function nearest(profiles: readonly Facts[], header: readonly string[]): Facts | undefined {
  const found = ({ definition }: Facts): number => refsOf(definition).filter((ref) => columnOf(header, ref) !== '').length;
  return profiles.reduce<Facts | undefined>((best, next) => (best === undefined || found(next) > found(best) ? next : best), undefined);
}

/** What a profile says, for this file: the beginning of another. One's own goes on under its name. */
export function draftFrom({ name, builtIn, definition }: Facts, head: CsvHead): ProfileDraft {
  const { header } = head;
  const at = (ref: Ref | undefined): string => columnOf(header, ref);
  const { source, owner, recordId, happenedOn, numbers, facts, filter } = definition;
  const day = at(happenedOn.column);
  return {
    name: builtIn ? '' : name,
    source: builtIn ? '' : source,
    owner: at(owner.column),
    by: [...owner.by],
    unknown: owner.unknown,
    record: at(recordId.columns[0]),
    record2: at(recordId.columns[1]),
    day,
    formats: [...happenedOn.formats],
    numbers: numbers?.decimal === ',' ? 'comma' : numbers?.thousands === undefined ? 'plain' : 'point',
    ...filterFrom(filter, head),
    facts: facts.map(({ metric, value }) => ({
      metric: 'constant' in metric ? metric.constant : '',
      metricColumn: 'column' in metric ? at(metric.column) : '',
      column: 'column' in value ? at(value.column) : '',
    })),
  };
}

function filterFrom(
  filter: FactsProfile['filter'],
  { header }: CsvHead,
): Pick<ProfileDraft, 'filterColumn' | 'filterValues' | 'keptFilter'> {
  const none = { filterColumn: '', filterValues: [], keptFilter: undefined };
  if (filter === undefined) return none;
  if ('op' in filter && (filter.op === 'in' || filter.op === 'equals')) {
    const column = columnOf(header, filter.column);
    return column === '' ? none : { ...none, filterColumn: column, filterValues: 'values' in filter ? [...filter.values] : [filter.value] };
  }
  return { ...none, keptFilter: filter };
}

export type Lack = 'name' | 'source' | 'owner' | 'by' | 'record' | 'day' | 'formats' | 'filterValues' | 'facts';

/** What is still to be filled in, or is not right. */
export function lacksOf(draft: ProfileDraft): readonly Lack[] {
  const isWhole = ({ metric, metricColumn, column }: DraftFact): boolean =>
    (metric !== '' || metricColumn !== '') && (metricColumn === '' || column !== '');
  const checks: readonly (readonly [Lack, boolean])[] = [
    ['name', NAME.test(draft.name.trim())],
    ['source', NAME.test(draft.source.trim())],
    ['owner', draft.owner !== ''],
    ['by', draft.by.length > 0],
    ['record', draft.record !== ''],
    ['day', draft.day !== ''],
    ['formats', draft.formats.length > 0],
    ['filterValues', draft.filterColumn === '' || draft.filterValues.length > 0],
    ['facts', draft.facts.length > 0 && draft.facts.every(isWhole)],
  ];
  return checks.flatMap(([lack, isGood]) => (isGood ? [] : [lack]));
}

/** The definition to save; what the draft says nothing of is as the beginning has it. `isSum`: metrics that an import can be complete for. */
export function definitionOf(draft: ProfileDraft, from: Facts, head: CsvHead, isSum: (metric: string) => boolean): FactsProfile {
  const { definition } = from;
  // Spellings of people belong to whoever wrote them: one's own goes on with its own.
  const { units, aliases } = definition.owner;
  const complete = [...new Set(draft.facts.flatMap(({ metric }) => (metric !== '' && isSum(metric) ? [metric] : [])))];
  const filter: FactsProfile['filter'] =
    draft.filterColumn === '' ? draft.keptFilter : { column: draft.filterColumn, op: 'in', values: [...draft.filterValues] };
  return {
    kind: 'facts',
    source: draft.source.trim(),
    ...(head.delimiter === ',' ? {} : { delimiter: head.delimiter }),
    ...(filter === undefined ? {} : { filter }),
    owner: {
      column: draft.owner,
      by: [...draft.by],
      unknown: draft.unknown,
      ...(units === undefined ? {} : { units }),
      ...(aliases === undefined || from.builtIn ? {} : { aliases }),
    },
    recordId: { columns: [draft.record, ...(draft.record2 === '' ? [] : [draft.record2])] },
    happenedOn: { column: draft.day, formats: [...draft.formats] },
    numbers: numbersOf(draft.numbers, definition.numbers),
    facts: draft.facts.map(({ metric, metricColumn, column }) => ({
      metric: metricColumn === '' ? { constant: metric } : { column: metricColumn },
      value: column === '' ? { constant: '1' } : { column },
    })),
    ...(complete.length === 0 ? {} : { completeFor: complete.slice(0, MOST.completeFor) }),
  };
}

function numbersOf(style: NumberStyle, before: FactsProfile['numbers']): NonNullable<FactsProfile['numbers']> {
  const { decimal: _, thousands: _groups, ...rest } = before ?? {};
  if (style === 'plain') return rest;
  return style === 'comma' ? { ...rest, decimal: ',', thousands: '.' } : { ...rest, thousands: ',' };
}

/** Formats of the list that read every date of the column there is to see. */
export function formatsFitting(head: CsvHead, column: string): readonly string[] {
  const values = valuesIn(head, column, MOST.values);
  return values.length === 0 ? [] : DATE_FORMATS.filter((format) => values.every((value) => patternOf(format).test(value)));
}

const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/YYYY/, '\\d{4}'],
  [/MM/, '(0[1-9]|1[0-2])'],
  [/DD/, '(0[1-9]|[12]\\d|3[01])'],
  [/HH|mm|ss/, '\\d{2}'],
  [/M/, '(0?[1-9]|1[0-2])'],
  [/D/, '(0?[1-9]|[12]\\d|3[01])'],
  [/H/, '\\d{1,2}'],
];

function patternOf(format: string): RegExp {
  const source = format.replaceAll(
    /YYYY|MM|DD|HH|mm|ss|M|D|H|[./]/g,
    (part) => TOKENS.find(([token]) => token.test(part))?.[1] ?? `\\${part}`,
  );
  return new RegExp(`^${source}$`);
}
