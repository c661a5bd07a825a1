import { createHash } from 'node:crypto';
import { canonicalJson, isPeriod, isSubjectId, type Period, Rejection } from '#kernel';
import { periodKind } from '#libs/calendar';
import type { SchemeReader } from '../contracts/reader';
import type { CompiledScheme } from '../domain/compile';
import { Contender, type Measured, type Rated, ValueCounts } from './rehearsal-contender';
import { type PeopleCursor, peopleOf, type PeopleParts, publishedCycles, type RehearsedPerson } from './rehearsal-people';
import { costOf, differenceOf, PeriodTotals } from './rehearsal-summary';
import {
  type PlacedValues,
  REHEARSAL_LIMITS,
  type RehearsalInput,
  type RehearsalRow,
  type Rehearsals,
  type RehearsalSummary,
  type SchemeVersionId,
  type Standing,
  type TrialInputs,
  type TrialStanding,
} from './rehearsal-types';
import type { SchemeSource } from './scheme-source';
import { loadScheme } from './templates';

export interface RehearsalParts extends PeopleParts {
  readonly schemes: Pick<SchemeReader, 'versions'>;
  readonly source: SchemeSource;
  readonly trials: TrialInputs;
  /** Last position of the log. */
  readonly head: () => Promise<number>;
  /** Resolves once the read models that are asked have seen that position. */
  readonly seen: (position: number) => Promise<void>;
}

/** Groups whose places are kept from one page to the next. */
const MOST_KEPT = 16;
/** The group of those that a scope names. */
const SCOPE = '';

/** What is tried, with everything that it stands on fixed. */
interface Plan {
  readonly draft: CompiledScheme;
  readonly draftId: { readonly schemeId: string; readonly version: number | null };
  readonly against: SchemeVersionId;
  readonly againstScheme: CompiledScheme;
  readonly asOf: number;
  readonly input: RehearsalInput;
  /** The same for the same question at the same position. */
  readonly hash: string;
}

interface Group {
  readonly draft: Measured;
  readonly again: Measured | undefined;
  readonly published: PlacedValues;
}

type Groups = ReadonlyMap<string, Group>;

/** A draft over past periods from what is recorded: read only, in batches, the same as scoring would have it. */
export function createRehearsals(parts: RehearsalParts): Rehearsals {
  const kept = new Map<string, Promise<Groups>>();
  const measured = (plan: Plan, period: Period, progress: (done: number) => void): Promise<Groups> => {
    const key = `${plan.hash} ${period}`;
    const known = kept.get(key);
    if (known) return known;
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    const measuring = measure(parts, plan, { period, progress });
    kept.set(key, measuring);
    measuring.catch(() => kept.delete(key));
    return measuring;
  };
  return {
    async summary(input, progress = () => undefined) {
      const plan = await prepare(parts, input);
      const periods = [];
      for (const period of input.periods) {
        const of = await countOf(parts, plan, period);
        const groups = await measured(plan, period, (done) => progress({ period, step: 'measuring', done, of: Math.max(of, done) }));
        const totals = new PeriodTotals(period, input.reevaluate);
        let done = 0;
        for await (const rows of compare(parts, plan, { period, groups })) {
          totals.add(rows);
          done += rows.length;
          progress({ period, step: 'comparing', done, of: Math.max(of, done) });
        }
        periods.push(totals.summary());
      }
      if (periods.every(({ people }) => people === 0))
        throw new Rejection('scheme.nothing-to-compare', { schemeId: plan.against.schemeId, periods: input.periods });
      const log = { before: plan.asOf, after: await parts.head() };
      const draft = { ...plan.draftId, title: plan.draft.document.title };
      return { draft, against: plan.against, asOf: plan.asOf, log, periods, cost: costOf(periods) } satisfies RehearsalSummary;
    },

    async page(input, { after, limit }) {
      const cursor = after === undefined ? undefined : readCursor(after);
      const plan = await prepare(parts, input, cursor?.asOf);
      const items: RehearsalRow[] = [];
      const start = cursor ? input.periods.indexOf(cursor.period) : 0;
      if (start < 0) throw new Rejection('scheme.invalid-cursor');
      for (const period of input.periods.slice(start)) {
        const groups = await measured(plan, period, () => undefined);
        const from = cursor?.period === period ? cursor : undefined;
        for await (const rows of compare(parts, plan, { period, groups, from })) {
          items.push(...rows);
          if (items.length > limit) return pageOf(items, limit, plan);
        }
      }
      return { asOf: plan.asOf, items };
    },

    async *rows(input) {
      const plan = await prepare(parts, input);
      for (const period of input.periods) {
        const groups = await measured(plan, period, () => undefined);
        yield* compare(parts, plan, { period, groups });
      }
    },
  };
}

async function prepare(parts: RehearsalParts, input: RehearsalInput, asOf?: number): Promise<Plan> {
  const at = asOf ?? (await parts.head());
  await parts.seen(at);
  const { draft, draftId } = await draftOf(parts, input.scheme);
  const unsupported = input.periods.filter((period) => !draft.plans[periodKind(period)]);
  const { length } = new Set(input.periods).size === input.periods.length ? input.periods : [];
  if (length === 0 || length > REHEARSAL_LIMITS.periods || unsupported.length > 0)
    throw new Rejection('scheme.invalid-periods', { most: REHEARSAL_LIMITS.periods, unsupported });
  const against = input.against ?? (await inForce(parts, draftId.schemeId));
  const againstScheme = await parts.source.scheme(against.schemeId, against.version);
  if (!againstScheme) throw new Rejection('scheme.not-found', { ...against });
  const hash = createHash('sha256').update(canonicalJson({ input, against, at })).digest('hex');
  return { draft, draftId, against, againstScheme, asOf: at, input, hash };
}

async function draftOf({ source }: RehearsalParts, scheme: RehearsalInput['scheme']): Promise<Pick<Plan, 'draft' | 'draftId'>> {
  if (!('yaml' in scheme)) {
    const draft = await source.scheme(scheme.schemeId, scheme.version);
    if (!draft) throw new Rejection('scheme.not-found', { schemeId: scheme.schemeId, version: scheme.version });
    return { draft, draftId: scheme };
  }
  const loading = loadScheme(scheme.yaml);
  if (loading.ok) return { draft: loading.scheme, draftId: { schemeId: loading.scheme.id, version: null } };
  const problems = loading.problems.slice(0, REHEARSAL_LIMITS.errorsShown);
  throw new Rejection('scheme.invalid-text', {
    count: loading.problems.length,
    problems: problems.map(({ code, path, line, column }) => `${line}:${column} ${code} ${path}`),
  });
}

async function inForce({ schemes }: RehearsalParts, schemeId: string): Promise<SchemeVersionId> {
  const [found] = await schemes.versions({ schemeId, status: 'in-force' });
  if (!found) throw new Rejection('scheme.nothing-in-force', { schemeId });
  return { schemeId, version: found.version };
}

function queryOf({ against, asOf, input }: Plan, period: Period) {
  return { schemeId: against.schemeId, period, asOf, scope: input.scope };
}

/** How many are expected, for progress; a scope is counted as it goes. */
async function countOf(parts: RehearsalParts, plan: Plan, period: Period): Promise<number> {
  let people = 0;
  for (const cycleId of await publishedCycles(parts, queryOf(plan, period)))
    people += (await parts.appraisals.countResults(cycleId)).published;
  return people;
}

function contenders({ trials }: RehearsalParts, { draft, against, againstScheme, asOf, input }: Plan, period: Period) {
  const historyOf = against.schemeId;
  const at = { period, asOf };
  return {
    draft: new Contender(trials, { compiled: draft, historyOf, rules: input.ratings }, at),
    again: input.reevaluate ? new Contender(trials, { compiled: againstScheme, historyOf, rules: undefined }, at) : undefined,
  };
}

async function measure(
  parts: RehearsalParts,
  plan: Plan,
  { period, progress }: { readonly period: Period; readonly progress: (done: number) => void },
): Promise<Groups> {
  const { draft, again } = contenders(parts, plan, period);
  const counts = new Map<string, { readonly draft: ValueCounts; readonly again: ValueCounts; readonly published: ValueCounts }>();
  let done = 0;
  for await (const people of peopleOf(parts, queryOf(plan, period))) {
    const key = groupOf(plan, people);
    const values = counts.get(key) ?? { draft: new ValueCounts(), again: new ValueCounts(), published: new ValueCounts() };
    counts.set(key, values);
    await draft.measure(people, values.draft);
    await again?.measure(people, values.again);
    for (const { result } of people) values.published.count('score', result?.published.result.score ?? undefined);
    done += people.length;
    if (done > REHEARSAL_LIMITS.people) throw new Rejection('scheme.too-many-people', { period, most: REHEARSAL_LIMITS.people });
    progress(done);
  }
  const groups = [...counts].map(([key, values]): readonly [string, Group] => [
    key,
    {
      draft: draft.measured(values.draft),
      again: again?.measured(values.again),
      published: parts.trials.placed(values.published.of('score')),
    },
  ]);
  return new Map(groups);
}

function groupOf({ input }: Plan, people: readonly RehearsedPerson[]): string {
  return input.scope ? SCOPE : (people[0]?.cycleId ?? SCOPE);
}

async function* compare(
  parts: RehearsalParts,
  plan: Plan,
  { period, groups, from }: { readonly period: Period; readonly groups: Groups; readonly from?: PeopleCursor | undefined },
): AsyncGenerator<readonly RehearsalRow[], void, undefined> {
  const { draft, again } = contenders(parts, plan, period);
  for await (const people of peopleOf(parts, queryOf(plan, period), from)) {
    const group = groups.get(groupOf(plan, people));
    if (!group) continue;
    const drafted = await draft.evaluate(people, group.draft);
    const repeated = again && group.again ? await again.evaluate(people, group.again) : [];
    yield people.flatMap((person, index) => {
      const rated = drafted[index];
      return rated ? [rowOf(period, person, { group, rated, repeated: repeated[index] })] : [];
    });
  }
}

interface Results {
  readonly group: Group;
  readonly rated: Rated;
  readonly repeated: Rated | undefined;
}

function rowOf(period: Period, { trial, cycleId, result }: RehearsedPerson, { group, rated, repeated }: Results): RehearsalRow {
  const draft = trialStanding(rated, group.draft.scores);
  const again = repeated && group.again ? trialStanding(repeated, group.again.scores) : null;
  const published: Standing | null = result && {
    score: result.published.result.score,
    grade: result.published.result.grade,
    rank: rankOf(result.published.result.score, group.published),
    pay: result.published.result.payTotal,
  };
  const before = published ?? again;
  return {
    period,
    subject: trial.subject,
    cycleId,
    department: trial.place.department,
    team: trial.place.team,
    published,
    amended: result !== null && result.amendment !== null,
    again,
    draft,
    difference: {
      score: differenceOf(before?.score, draft.score),
      pay: differenceOf(before?.pay, draft.pay),
      places: placesUp(before?.rank ?? null, draft.rank),
    },
    defaulted: rated.defaulted,
  };
}

/** Above 0: a better place than before. */
function placesUp(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : before - after;
}

function trialStanding({ evaluation: { score, grade, pay, errors } }: Rated, places: PlacedValues): TrialStanding {
  return { score, grade, rank: rankOf(score, places), pay: pay.total, errors: errors.map(({ code, key }) => ({ code, key })) };
}

function rankOf(score: string | null, places: PlacedValues): number | null {
  return score === null ? null : places.placeOf(score, score).ahead + 1;
}

interface Cursor extends PeopleCursor {
  readonly asOf: number;
  readonly period: Period;
}

function pageOf(items: readonly RehearsalRow[], limit: number, { asOf, input }: Plan) {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  if (!last) return { asOf, items: shown };
  const group = input.scope ? SCOPE : (last.cycleId ?? SCOPE);
  return { asOf, items: shown, next: Buffer.from(`${asOf} ${last.period} ${last.subject} ${group}`).toString('base64url') };
}

/** Thrown when it is none of ours: Rejection `scheme.invalid-cursor`. */
function readCursor(text: string): Cursor {
  const [position = '', period = '', subject = '', group = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const asOf = Number(position);
  if (!/^\d{1,15}$/.test(position) || !isPeriod(period) || !isSubjectId(subject)) throw new Rejection('scheme.invalid-cursor');
  return { asOf, period, subject, group };
}
