import { decimal, formatFixed, sumDecimals } from '#kernel';
import type { AppealSummaries } from '#libs/appeal/contracts';
import type { ResultSummaries } from '#libs/appraisal/contracts';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { PayoutReader } from '#libs/payout/contracts';
import type { SchemeLifeReader } from '../contracts/life-reader';
import type { SchemeReader } from '../contracts/reader';
import type { SchemeReport, SchemeReports } from '../contracts/report';

const CYCLE_PAGE = 100;
/** Cycles looked through, and of these at most that many of one version. */
const MOST_CYCLES = { seen: 10_000, used: 500 } as const;

export interface SchemeReportParts {
  readonly schemes: SchemeReader;
  readonly life: SchemeLifeReader;
  readonly cycles: Pick<CycleReader, 'cycles'>;
  readonly results: ResultSummaries;
  readonly appeals: AppealSummaries;
  readonly payouts: Pick<PayoutReader, 'batchesOf'>;
}

export function createSchemeReports(parts: SchemeReportParts): SchemeReports {
  const { schemes, life } = parts;
  return {
    async report(schemeId, number, today) {
      const version = await schemes.version(schemeId, number);
      if (!version) return undefined;
      const cycles = await cyclesWith(parts, schemeId, number);
      const ids = cycles.map(({ cycleId }) => cycleId);
      const [results, appeals, notes, discussion, comments, acknowledgements, reviews] = await Promise.all([
        parts.results.ofScheme(schemeId, number),
        parts.appeals.ofCycles(ids),
        life.notes(ids),
        life.discussion(schemeId, number),
        life.comments(schemeId, number),
        life.acknowledgements(schemeId, number),
        life.reviews(schemeId, number),
      ]);
      const cost = await costOf(parts, cycles);
      const due = version.status === 'in-force' && version.reviewOn !== null && version.reviewOn <= today;
      const totalReleased = formatFixed(sumDecimals(cost.map(({ released }) => decimal(released))), 2);
      return {
        version,
        due,
        today,
        results,
        cost,
        totalReleased,
        appeals,
        notes,
        discussion: discussion ?? null,
        comments,
        acknowledgements,
        reviews,
      };
    },
  };
}

async function cyclesWith({ cycles }: SchemeReportParts, schemeId: string, version: number): Promise<readonly CycleView[]> {
  const found: CycleView[] = [];
  let after: string | undefined;
  for (let seen = 0; seen < MOST_CYCLES.seen && found.length < MOST_CYCLES.used; seen += CYCLE_PAGE) {
    const page = await cycles.cycles({ limit: CYCLE_PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page.items.filter(({ scheme }) => scheme.schemeId === schemeId && scheme.version === version));
    after = page.next;
    if (after === undefined) break;
  }
  return found.slice(0, MOST_CYCLES.used);
}

async function costOf({ payouts }: SchemeReportParts, cycles: readonly CycleView[]): Promise<SchemeReport['cost']> {
  const cost: SchemeReport['cost'][number][] = [];
  for (const { cycleId, name, period, members } of cycles) {
    const batches = (await payouts.batchesOf(cycleId)).filter(({ stage }) => stage !== 'cancelled');
    const computed = sumDecimals(batches.filter(({ kind }) => kind === 'regular').map(({ total }) => decimal(total)));
    const released = sumDecimals(batches.map(({ releasedTotal }) => decimal(releasedTotal ?? '0')));
    cost.push({ cycleId, name, period, members, computed: formatFixed(computed, 2), released: formatFixed(released, 2) });
  }
  return cost;
}
