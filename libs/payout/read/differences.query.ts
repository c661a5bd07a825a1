import type { Period, SubjectId } from '#kernel';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import { periodBefore } from '#libs/calendar';
import type { CycleOfPeriod, CycleReader } from '#libs/cycle/contracts';
import type { ReadDb } from '#libs/projections';
import { PAYOUT_LIMITS, type PayLineRow, type PayoutBatchRow } from '../contracts';
import { differenceReasons, type PayCompared, type ReasonGiven } from '../domain/difference-reasons.policy';

export interface DifferencesParts {
  readonly read: ReadDb;
  readonly cycles: Pick<CycleReader, 'ofPeriods'>;
  readonly appraisals: Pick<AppraisalReader, 'publishedScores' | 'inCycles'>;
}

/** One person's pay beside what it is compared with. */
export interface PayDifference {
  readonly subject: SubjectId;
  readonly now: string;
  readonly before: string;
  readonly difference: string;
  readonly lines: readonly { readonly key: string; readonly now: string | null; readonly before: string | null }[];
  readonly reasons: readonly ReasonGiven[];
  /** Of a supplementary batch: what changed what was settled. */
  readonly causes: readonly NonNullable<PayLineRow['difference']>['cause'][];
}

export interface PayDifferences {
  /** A regular batch against all that was paid for the period before; a supplementary one against what was settled of its own period. */
  readonly against: 'period-before' | 'settled';
  readonly period: Period;
  readonly now: string;
  readonly before: string;
  readonly difference: string;
  readonly people: { readonly fresh: number; readonly left: number; readonly changed: number; readonly same: number };
  /** The largest difference first. */
  readonly items: readonly PayDifference[];
  readonly next?: string;
}

interface Compared {
  /** Defines `lines(subject, key, now, before, held, adjusted)`; `$1` is the batch, `$2` cycles of the period before, `$3` those of its scheme. */
  readonly sql: string;
  readonly values: readonly unknown[];
}

interface PersonRow {
  readonly subject: SubjectId;
  readonly now: string;
  readonly before: string;
  readonly difference: string;
  readonly held: boolean;
  readonly adjusted: boolean;
}

/** Person by person, why a batch pays something else. Paged by the size of the difference. */
export async function payDifferences(
  parts: DifferencesParts,
  batch: PayoutBatchRow,
  page: { readonly after?: string; readonly limit: number },
): Promise<PayDifferences> {
  const before = periodBefore(batch.period);
  const isRegular = batch.kind === 'regular';
  const cycles = isRegular ? await parts.cycles.ofPeriods([before, batch.period]) : [];
  const compared = isRegular ? againstPeriodBefore(batch, cycles, before) : againstSettled(batch);
  const size = Math.min(Math.max(page.limit, 1), PAYOUT_LIMITS.page);
  const [totals, rows] = await Promise.all([totalsOf(parts.read, compared), peopleOf(parts.read, compared, page.after, size + 1)]);
  const shown = rows.slice(0, size);
  const items = await explained(parts, { batch, before, compared, cycles }, shown);
  const last = shown.at(-1);
  return {
    against: isRegular ? 'period-before' : 'settled',
    period: isRegular ? before : batch.period,
    ...totals,
    items,
    ...(rows.length > size && last ? { next: `${last.difference.replace('-', '')}~${last.subject}` } : {}),
  };
}

/** Who left is looked for among those of the same scheme: another scheme's people of that period are not of this batch. */
function againstPeriodBefore({ batchId, cycleId }: PayoutBatchRow, cycles: readonly CycleOfPeriod[], before: Period): Compared {
  const own = cycles.find((cycle) => cycle.cycleId === cycleId);
  const known = cycles.filter(({ period }) => period === before);
  const alike = known.filter(({ scheme }) => scheme.schemeId === own?.scheme.schemeId);
  return {
    sql: `WITH this AS (SELECT subject, key, sum(amount) AS amount, bool_or(held_by <> '[]'::jsonb) AS held, bool_or(kind = 'adjustment') AS adjusted
              FROM read.payout_line WHERE batch_id = $1 GROUP BY subject, key),
        earlier AS (SELECT l.subject, l.key, sum(l.amount) AS amount, bool_or(b.cycle_id = ANY($3)) AS alike
              FROM read.payout_line l JOIN read.payout_batch b ON b.batch_id = l.batch_id
             WHERE b.cycle_id = ANY($2) AND b.stage <> 'cancelled' GROUP BY l.subject, l.key),
        lines AS (SELECT coalesce(t.subject, e.subject) AS subject, coalesce(t.key, e.key) AS key, t.amount AS now, e.amount AS before,
              coalesce(t.held, false) AS held, coalesce(t.adjusted, false) AS adjusted FROM this t FULL JOIN earlier e ON e.subject = t.subject AND e.key = t.key
             WHERE coalesce(t.subject, e.subject) IN (SELECT subject FROM this UNION SELECT subject FROM earlier WHERE alike))`,
    values: [batchId, known.map(({ cycleId: id }) => id), alike.map(({ cycleId: id }) => id)],
  };
}

function againstSettled({ batchId }: PayoutBatchRow): Compared {
  return {
    sql: `WITH lines AS (SELECT subject, key, sum((difference->>'settled')::numeric + amount) AS now, sum((difference->>'settled')::numeric) AS before,
              bool_or(held_by <> '[]'::jsonb) AS held, bool_or(kind = 'adjustment') AS adjusted
              FROM read.payout_line WHERE batch_id = $1 AND $2::text[] IS NOT NULL AND $3::text[] IS NOT NULL GROUP BY subject, key)`,
    values: [batchId, [], []],
  };
}

const PEOPLE = `people AS (SELECT subject, coalesce(sum(now), 0) AS now, coalesce(sum(before), 0) AS before, coalesce(sum(now), 0) - coalesce(sum(before), 0) AS difference,
  bool_or(held) AS held, bool_or(adjusted) AS adjusted, count(now) AS now_lines, count(before) AS before_lines FROM lines GROUP BY subject)`;
const money = (column: string): string => `round(${column}, 2)::text AS ${column}`;

async function totalsOf(
  read: ReadDb,
  { sql, values }: Compared,
): Promise<Pick<PayDifferences, 'now' | 'before' | 'difference' | 'people'>> {
  const row = await read.one<PayDifferences['people'] & Pick<PersonRow, 'now' | 'before' | 'difference'>>(
    `${sql}, ${PEOPLE} SELECT coalesce(round(sum(now), 2), 0.00)::text AS now, coalesce(round(sum(before), 2), 0.00)::text AS before,
        coalesce(round(sum(difference), 2), 0.00)::text AS difference, (count(*) FILTER (WHERE before_lines = 0))::int AS fresh,
        (count(*) FILTER (WHERE now_lines = 0))::int AS left,
        (count(*) FILTER (WHERE now_lines > 0 AND before_lines > 0 AND difference <> 0))::int AS changed,
        (count(*) FILTER (WHERE now_lines > 0 AND before_lines > 0 AND difference = 0))::int AS same FROM people`,
    values,
  );
  const { now = '0.00', before = '0.00', difference = '0.00', fresh = 0, left = 0, changed = 0, same = 0 } = row ?? {};
  return { now, before, difference, people: { fresh, left, changed, same } };
}

function peopleOf(read: ReadDb, { sql, values }: Compared, after: string | undefined, limit: number): Promise<readonly PersonRow[]> {
  const [, size, subject] = /^(\d+(?:\.\d+)?)~([0-9a-f-]{36})$/.exec(after ?? '') ?? [];
  return read.query<PersonRow>(
    `${sql}, ${PEOPLE} SELECT subject, ${money('now')}, ${money('before')}, ${money('difference')}, held, adjusted FROM people
      WHERE $4::numeric IS NULL OR abs(people.difference) < $4::numeric OR (abs(people.difference) = $4::numeric AND subject > $5)
      ORDER BY abs(people.difference) DESC, subject LIMIT $6`,
    [...values, size ?? null, subject ?? '', limit],
  );
}

interface Explaining {
  readonly batch: PayoutBatchRow;
  readonly before: Period;
  readonly compared: Compared;
  /** Of the batch's period and the one before. */
  readonly cycles: readonly CycleOfPeriod[];
}

type LineRow = PayDifference['lines'][number] & { readonly subject: SubjectId };

async function explained(
  parts: DifferencesParts,
  { batch, before, compared, cycles }: Explaining,
  people: readonly PersonRow[],
): Promise<readonly PayDifference[]> {
  const isRegular = batch.kind === 'regular';
  const subjects = people.map(({ subject }) => subject);
  if (subjects.length === 0) return [];
  const [lines, causes, scores, inCycle] = await Promise.all([
    parts.read.query<LineRow>(
      `${compared.sql} SELECT subject, key, ${money('now')}, ${money('before')} FROM lines WHERE subject = ANY($4) ORDER BY subject, key`,
      [...compared.values, subjects],
    ),
    parts.read.query<{ readonly subject: SubjectId; readonly cause: PayDifference['causes'][number] }>(
      `SELECT DISTINCT subject, difference->'cause' AS cause FROM read.payout_line WHERE batch_id = $1 AND subject = ANY($2) AND difference IS NOT NULL`,
      [batch.batchId, subjects],
    ),
    scoresOf(parts.appraisals, cycles, subjects),
    parts.appraisals.inCycles({ cycleIds: [batch.cycleId], subjects }),
  ]);
  return people.map(({ subject, now, before: earlier, difference, held, adjusted }) => {
    const own = lines.filter((line) => line.subject === subject).map(({ key, now: is, before: was }) => ({ key, now: is, before: was }));
    const [was, is] = [scores.get(`${subject} ${before}`), scores.get(`${subject} ${batch.period}`)];
    const nothing = { score: null, scheme: null };
    const known = { isHeld: held, isAdjusted: adjusted, isInCycle: inCycle.has(subject) };
    return {
      subject,
      now,
      before: earlier,
      difference,
      lines: own,
      reasons: isRegular
        ? differenceReasons({ lines: own, now: is ?? nothing, before: was ?? nothing, ...known })
        : [...(held ? [{ code: 'held' as const, from: null, to: null }] : []), { code: 'adjustment' as const, from: null, to: null }],
      causes: causes.filter((row) => row.subject === subject).map(({ cause }) => cause),
    };
  });
}

/** Score and scheme version by person and period. */
async function scoresOf(
  appraisals: DifferencesParts['appraisals'],
  cycles: readonly CycleOfPeriod[],
  subjects: readonly SubjectId[],
): Promise<ReadonlyMap<string, PayCompared['now']>> {
  const found = new Map<string, PayCompared['now']>();
  for (const { scheme, cycleId, period } of cycles) {
    const members = await appraisals.inCycles({ cycleIds: [cycleId], subjects });
    for (const { subject, score } of await appraisals.publishedScores({ schemeId: scheme.schemeId, periods: [period], subjects })) {
      if (members.has(subject)) found.set(`${subject} ${period}`, { score, scheme: `${scheme.schemeId} ${scheme.version}` });
    }
  }
  return found;
}
