import type { components, paths } from '#api-schema';
import { type CsvHead, valuesIn } from './csv-head';

export type NamedProfile = paths['/api/v1/imports/profiles']['get']['responses']['200']['content']['application/json']['items'][number];
export type FactsProfile = Extract<NamedProfile['definition'], { kind: 'facts' }>;
export type Facts = Omit<NamedProfile, 'definition'> & { readonly definition: FactsProfile };
type Condition = components['schemas']['RowCondition'];
type RowFact = FactsProfile['facts'][number];

export const OWNER_KINDS = ['employee-no', 'login', 'name'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];
/** `kept`: as the beginning has it, where that is none of the others. */
export const NUMBER_STYLES = ['point', 'comma', 'plain', 'kept'] as const;
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
export const MOST = { facts: 20, values: 100, completeFor: 50, records: 4 } as const;

/** One number that a row says. A column: undefined where one is meant that the file does not have, or none is chosen yet. */
export interface DraftFact {
  /** The same in every row, unless a column tells it. */
  readonly metric: string;
  readonly metricColumn: string | undefined;
  /** Of the value; empty: each row counts the same, deliberately. */
  readonly column: string | undefined;
  /** What it was in the beginning. */
  readonly before: RowFact | undefined;
  /** Only rows count that fit the condition of the beginning. */
  readonly keepsWhen: boolean;
  /** Columns of that condition that the file does not have. */
  readonly whenLacks: readonly string[];
}
export const NEW_FACT: DraftFact = { metric: '', metricColumn: '', column: '', before: undefined, keepsWhen: false, whenLacks: [] };

/** A profile as it is filled in beside a file; columns by the names that the file gives them. */
export interface ProfileDraft {
  readonly name: string;
  readonly source: string;
  readonly owner: string;
  readonly by: readonly OwnerKind[];
  readonly unknown: 'refuse' | 'set-aside';
  /** Further ones where the first alone tells no records apart: empty for none, undefined for one that the file does not have. */
  readonly records: readonly (string | undefined)[];
  readonly day: string;
  readonly formats: readonly string[];
  readonly numbers: NumberStyle;
  /** Those to choose from. */
  readonly numberStyles: readonly NumberStyle[];
  /** Rows count where this column says one of these; empty: every row, deliberately; undefined: as the beginning says. */
  readonly filterColumn: string | undefined;
  readonly filterValues: readonly string[];
  /** A condition of the beginning that is more than a column of the file with values: kept as it is. */
  readonly keptFilter: Condition | undefined;
  /** Columns of that condition that the file does not have. */
  readonly filterLacks: readonly string[];
  readonly facts: readonly DraftFact[];
}

type Ref = string | readonly string[];
const fold = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** The file's own name of a column that a profile means; empty where the file has none. */
export function columnOf(header: readonly string[], ref: Ref): string {
  for (const name of typeof ref === 'string' ? [ref] : ref) {
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
  const at = (ref: Ref): string => columnOf(header, ref);
  const { source, owner, recordId, happenedOn, numbers, facts, filter } = definition;
  const style = styleOf(numbers);
  return {
    name: builtIn ? '' : name,
    source: builtIn ? '' : source,
    owner: at(owner.column),
    by: [...owner.by],
    unknown: owner.unknown,
    records: recordId.columns.map((ref) => mapped(header, ref)),
    day: at(happenedOn.column),
    formats: [...happenedOn.formats],
    numbers: style,
    numberStyles: style === 'kept' ? [...NUMBER_STYLES] : NUMBER_STYLES.filter((one) => one !== 'kept'),
    ...filterFrom(filter, header),
    facts: facts.map((before) => ({
      metric: 'constant' in before.metric ? before.metric.constant : '',
      metricColumn: 'column' in before.metric ? mapped(header, before.metric.column) : '',
      column: 'column' in before.value ? mapped(header, before.value.column) : '',
      before,
      keepsWhen: before.when !== undefined,
      whenLacks: before.when === undefined ? [] : missingOf(before.when, header),
    })),
  };
}

function mapped(header: readonly string[], ref: Ref): string | undefined {
  const column = columnOf(header, ref);
  return column === '' ? undefined : column;
}

/** Columns that a condition asks for. */
export function columnsIn(condition: Condition): readonly Ref[] {
  if ('all' in condition) return condition.all.flatMap(columnsIn);
  if ('any' in condition) return condition.any.flatMap(columnsIn);
  if ('not' in condition) return columnsIn(condition.not);
  return [condition.column];
}

/** A column as a profile calls it. */
export const nameOf = (ref: Ref): string => (typeof ref === 'string' ? ref : (ref[0] ?? ''));

function missingOf(condition: Condition, header: readonly string[]): readonly string[] {
  return [...new Set(columnsIn(condition).flatMap((ref) => (columnOf(header, ref) === '' ? [nameOf(ref)] : [])))];
}

function filterFrom(
  filter: FactsProfile['filter'],
  header: readonly string[],
): Pick<ProfileDraft, 'filterColumn' | 'filterValues' | 'keptFilter' | 'filterLacks'> {
  if (filter === undefined) return { filterColumn: '', filterValues: [], keptFilter: undefined, filterLacks: [] };
  const filterLacks = missingOf(filter, header);
  const kept = { filterColumn: undefined, filterValues: [], keptFilter: filter, filterLacks };
  if (filterLacks.length > 0 || !('op' in filter) || (filter.op !== 'in' && filter.op !== 'equals')) return kept;
  return {
    filterColumn: columnOf(header, filter.column),
    filterValues: 'values' in filter ? [...filter.values] : [filter.value],
    keptFilter: undefined,
    filterLacks,
  };
}

export type FactField = 'metric' | 'value' | 'when';
export type Field = 'name' | 'source' | 'owner' | 'by' | 'record' | 'day' | 'formats' | 'filter' | 'filterValues' | 'facts' | FactField;
/** `fact`: which of the numbers that a row says, from 0. */
export interface Lack {
  readonly field: Field;
  readonly fact?: number;
}

/** What one of a row's numbers still needs. */
export function factLacksOf({ metric, metricColumn, column, keepsWhen, whenLacks }: DraftFact): readonly FactField[] {
  const checks: readonly (readonly [FactField, boolean])[] = [
    ['metric', metricColumn === '' ? metric !== '' : metricColumn !== undefined],
    ['value', column !== undefined],
    ['when', !keepsWhen || whenLacks.length === 0],
  ];
  return checks.flatMap(([field, isGood]) => (isGood ? [] : [field]));
}

/** What is still to be filled in, or is not right: with any of it nothing is saved. */
export function lacksOf(draft: ProfileDraft): readonly Lack[] {
  const { records, filterColumn, filterValues, facts } = draft;
  const before: readonly (readonly [Field, boolean])[] = [
    ['name', NAME.test(draft.name.trim())],
    ['source', NAME.test(draft.source.trim())],
    ['owner', draft.owner !== ''],
    ['by', draft.by.length > 0],
    ['record', (records[0] ?? '') !== '' && !records.includes(undefined)],
    ['day', draft.day !== ''],
    ['formats', draft.formats.length > 0],
    ['facts', facts.length > 0],
  ];
  const after: readonly (readonly [Field, boolean])[] = [
    ['filter', filterColumn !== undefined || draft.filterLacks.length === 0],
    ['filterValues', (filterColumn ?? '') === '' || filterValues.length > 0],
  ];
  const failing = (checks: typeof before): readonly Lack[] => checks.flatMap(([field, isGood]) => (isGood ? [] : [{ field }]));
  return [...failing(before), ...facts.flatMap((one, fact) => factLacksOf(one).map((field) => ({ field, fact }))), ...failing(after)];
}

/**
 * The definition to save; what the draft says nothing of is as the beginning has it, and so is a column that is still lacking.
 * `isSum`: metrics that an import can be complete for.
 */
export function definitionOf(draft: ProfileDraft, from: Facts, head: CsvHead, isSum: (metric: string) => boolean): FactsProfile {
  const { definition } = from;
  // Spellings of people belong to whoever wrote them: one's own goes on with its own.
  const { units, aliases } = definition.owner;
  const { encoding, strictColumns } = definition;
  const complete = completeOf(draft, from, isSum);
  const filter = filterOf(draft);
  const numbers = numbersOf(draft.numbers, definition.numbers);
  return {
    kind: 'facts',
    source: draft.source.trim(),
    ...(encoding === undefined ? {} : { encoding }),
    ...(head.delimiter === ',' ? {} : { delimiter: head.delimiter }),
    ...(filter === undefined ? {} : { filter }),
    owner: {
      column: draft.owner === '' ? definition.owner.column : draft.owner,
      by: [...draft.by],
      unknown: draft.unknown,
      ...(units === undefined ? {} : { units }),
      ...(aliases === undefined || from.builtIn ? {} : { aliases }),
    },
    recordId: {
      columns: draft.records.map((column, index) => column ?? definition.recordId.columns[index] ?? '').filter((column) => column !== ''),
    },
    happenedOn: { column: draft.day === '' ? definition.happenedOn.column : draft.day, formats: [...draft.formats] },
    ...(numbers === undefined ? {} : { numbers }),
    facts: draft.facts.map(rowFactOf),
    ...(complete === undefined ? {} : { completeFor: [...complete] }),
    ...(strictColumns === undefined ? {} : { strictColumns }),
  };
}

function filterOf({ filterColumn, filterValues, keptFilter }: ProfileDraft): Condition | undefined {
  if (filterColumn === undefined) return keptFilter;
  return filterColumn === '' ? undefined : { column: filterColumn, op: 'in', values: [...filterValues] };
}

/** What each row counts that has no column of values. */
export function constantOf({ before }: DraftFact): string {
  return before !== undefined && 'constant' in before.value ? before.value.constant : '1';
}

function rowFactOf(fact: DraftFact): RowFact {
  const { metric, metricColumn, column, before, keepsWhen } = fact;
  const missing = { column: '' };
  return {
    metric:
      metricColumn === '' ? { constant: metric } : metricColumn === undefined ? (before?.metric ?? missing) : { column: metricColumn },
    value: column === '' ? { constant: constantOf(fact) } : column === undefined ? (before?.value ?? missing) : { column },
    ...(keepsWhen && before?.when !== undefined ? { when: before.when } : {}),
  };
}

/** As the beginning has it, without metrics that no row says any more; what ships with the product takes on those that came to it. */
function completeOf(
  { facts }: ProfileDraft,
  { builtIn, definition }: Facts,
  isSum: (metric: string) => boolean,
): readonly string[] | undefined {
  const said = definition.facts.flatMap(({ metric }) => ('constant' in metric ? [metric.constant] : []));
  const says = facts.flatMap(({ metric, metricColumn }) => (metricColumn === '' ? [metric] : []));
  const kept = definition.completeFor?.filter((metric) => says.includes(metric) || !said.includes(metric)) ?? [];
  const added = builtIn ? says.filter((metric) => !said.includes(metric) && isSum(metric)) : [];
  const complete = [...new Set([...kept, ...added])].slice(0, MOST.completeFor);
  return complete.length > 0 ? complete : definition.completeFor?.length === 0 ? [] : undefined;
}

type Numbers = FactsProfile['numbers'];

function styleOf(numbers: Numbers): NumberStyle {
  const { decimal = '.', thousands } = numbers ?? {};
  if (decimal === ',') return thousands === '.' ? 'comma' : 'kept';
  return thousands === undefined ? 'plain' : thousands === ',' ? 'point' : 'kept';
}

function numbersOf(style: NumberStyle, before: Numbers): Numbers {
  if (style === styleOf(before)) return before;
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
