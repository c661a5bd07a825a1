import { formatDecimal, parseDecimal, type Period, ratio, roundHalfUp, type SubjectId, sumDecimals } from '#kernel';
import { periodKind } from '#libs/calendar';
import { FACTS_READ_LIMITS, type FactsReader, type FactValue } from '#libs/facts/contracts';
import { type CompiledScheme, requiredFacts, type RequiredFact, type Title } from '#libs/scheme';

/** Decimals of a completion: 0.9512 is 95.12 %. */
const COMPLETION_PLACES = 4;

/** A fact of a period as a rater looks at it: with the target that it is held against. */
export interface Figure {
  readonly key: string;
  readonly title: Title;
  readonly unit: RequiredFact['unit'];
  /** Null where nothing is recorded. */
  readonly value: string | null;
  readonly target: { readonly key: string; readonly value: string | null; readonly accepted: boolean } | null;
  /** Value ÷ target to four decimals; null without either. */
  readonly completion: string | null;
}

/** What a scheme reads of people's own facts in a period, in the order of the scheme; each with its target where it has one. */
export async function figuresOf(
  facts: Pick<FactsReader, 'factsFor'>,
  asked: {
    readonly scheme: CompiledScheme;
    readonly period: Period;
    readonly subjects: readonly SubjectId[];
    /** Attributes of the person, where it is one; absent: everything that somebody is asked. */
    readonly employee?: Readonly<Record<string, string>>;
  },
): Promise<ReadonlyMap<SubjectId, readonly Figure[]>> {
  const { scheme, period, subjects, employee } = asked;
  const needed = requiredFacts(scheme, periodKind(period), employee).slice(0, FACTS_READ_LIMITS.metrics);
  const metrics = needed.map(({ key }) => key);
  const values: ReadonlyMap<SubjectId, Values> = metrics.length === 0 ? new Map() : await facts.factsFor({ period, subjects, metrics });
  const targets = targetsIn(scheme, metrics);
  const taken = new Set(targets.values());
  const shown = needed.filter(({ key }) => !taken.has(key));
  return new Map(
    subjects.map((subject) => [subject, shown.map((fact) => figure(fact, targets.get(fact.key), values.get(subject) ?? NO_VALUES))]),
  );
}

type Values = ReadonlyMap<string, FactValue>;
const NO_VALUES: Values = new Map();

function figure({ key, title, unit }: RequiredFact, targetKey: string | undefined, values: Values): Figure {
  const value = textOf(values.get(key));
  const fact = targetKey === undefined ? undefined : values.get(targetKey);
  const target = targetKey === undefined ? null : { key: targetKey, value: textOf(fact), accepted: isAccepted(fact) };
  return { key, title, unit, value, target, completion: completionOf(value, target?.value ?? null) };
}

function textOf(fact: FactValue | undefined): string | null {
  return fact === undefined || fact.kind === 'missing' ? null : fact.value;
}

function isAccepted(fact: FactValue | undefined): boolean {
  return fact?.kind === 'value' && fact.accepted === true;
}

function completionOf(value: string | null, target: string | null): string | null {
  const [done, due] = [value, target].map((text) => (text === null ? undefined : parseDecimal(text)));
  if (!done || !due || due.units <= 0n) return null;
  return formatDecimal(roundHalfUp(ratio(done, due), COMPLETION_PLACES));
}

/**
 * Which fact is held against which target: what the scheme divides by each other; of targets it only names, `<fact>_target`,
 * or the first fact beside `<group>.target`.
 */
function targetsIn(scheme: CompiledScheme, metrics: readonly string[]): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  const isTarget = (key: string): boolean => key.endsWith('.target') || key.endsWith('_target');
  const pair = (key: string | undefined, target: string): void => {
    if (key === undefined || pairs.has(key) || [...pairs.values()].includes(target)) return;
    if (metrics.includes(key) && metrics.includes(target)) pairs.set(key, target);
  };
  for (const { actual, target } of ratiosIn(scheme)) if (isTarget(target) && !isTarget(actual)) pair(actual, target);
  for (const target of metrics.filter(isTarget)) {
    if (target.endsWith('_target')) pair(target.slice(0, -'_target'.length), target);
    else {
      const group = target.slice(0, -'target'.length);
      pair(
        metrics.find((key) => key.startsWith(group) && !isTarget(key)),
        target,
      );
    }
  }
  return pairs;
}

function ratiosIn({ document }: CompiledScheme): readonly { readonly actual: string; readonly target: string }[] {
  const methods = document.sections.flatMap(({ indicators }) => indicators.map(({ method }) => method));
  return methods.flatMap((method) => (method?.kind === 'ratio' ? [{ actual: String(method.actual), target: String(method.target) }] : []));
}

/** The first figure that is held against a target: what a team is compared by. */
export function mainFigure(figures: readonly Figure[]): Figure | undefined {
  return figures.find(({ target }) => target !== null);
}

/** Of several people: values and targets added up over those who have both, and divided; undefined where nobody has. */
export function figureTogether(figures: readonly Figure[]): Figure | undefined {
  const both = figures.flatMap((one) => {
    const value = parseDecimal(one.value ?? '');
    const target = parseDecimal(one.target?.value ?? '');
    return value && target ? [{ value, target }] : [];
  });
  const [first] = figures;
  if (!first?.target || both.length === 0) return undefined;
  const value = formatDecimal(sumDecimals(both.map((one) => one.value)));
  const target = formatDecimal(sumDecimals(both.map((one) => one.target)));
  const accepted = figures.every((one) => one.target?.accepted === true);
  return { ...first, value, target: { key: first.target.key, value: target, accepted }, completion: completionOf(value, target) };
}
