import { instant, type Period, period, subjectId, type SubjectId } from '#kernel';
import { createTrialInputs } from '#libs/appraisal';
import type { AppraisalReader, PublishedResult } from '#libs/appraisal/contracts';
import type { CycleView } from '#libs/cycle/contracts';
import type { FactsReader } from '#libs/facts/contracts';
import { evaluate } from '../domain/evaluate.policy';
import { createRehearsals } from './rehearsal.service';
import { REHEARSAL_LIMITS, type RehearsalInput, type RehearsalRow, type TrialInputs } from './rehearsal-types';
import { compiledTemplate, loadScheme, templateText } from './templates';

const MONTH = period('2026-10');
const CYCLE = '00000000-0000-7000-8000-0000000000c1';
const RANKED = 'rank-bonus';
const AGAINST = { schemeId: RANKED, version: 1 };
const ACCEPTS = { carry: {}, defaults: {} };

const who = (number: number): SubjectId => subjectId(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);
const numberOf = (subject: SubjectId): number => Number(subject.slice(-12));

/** The facts of somebody; a few have none of their sales, some are level with others. */
function factsOf(number: number): Readonly<Record<string, string>> {
  return {
    ...(number % 97 === 5 ? {} : { 'sales.amount': String(60_000 + (number % 60) * 1_000) }),
    'sales.target': '100000',
    'conversion.rate': String(10 + (number % 11)),
    'conversion.target': '20',
    'satisfaction.rate': String(80 + (number % 19)),
  };
}

/** What was published then: sales of 1 000 less, so that the rehearsal finds a difference. */
function publishedOf(number: number): PublishedResult {
  const result = {
    score: number % 97 === 5 ? null : `${50 + (number % 40)}.00`,
    grade: null,
    sections: [],
    payLines: [],
    payTotal: `${1_000 + number}.00`,
    outcome: {},
    actions: [],
    errors: [],
  };
  const basis = { scheme: AGAINST, evaluator: 1, explanationHash: '0'.repeat(64), facts: [], ratings: {}, asOf: 1 };
  return {
    appraisalId: `${CYCLE}.${who(number)}`,
    cycleId: CYCLE,
    subject: who(number),
    period: MONTH,
    scheme: AGAINST,
    unit: { department: '销售部', team: null, region: null, site: null },
    publishedAt: instant('2026-11-05T00:00:00.000Z'),
    published: { result, basis },
    current: { result, basis },
    amendment: null,
    position: 1,
  };
}

/** A company of so many people, all in one published cycle; whatever is asked beside it is not there. */
function company(people: number) {
  const asked = { batches: [] as number[] };
  const facts: Pick<FactsReader, 'factsFor'> = {
    factsFor: ({ subjects, metrics }) => {
      asked.batches.push(subjects.length);
      const values = (subject: SubjectId) =>
        metrics.map((metric) => {
          const value = factsOf(numberOf(subject))[metric];
          return [metric, value === undefined ? { kind: 'missing' } : { kind: 'value', value, positions: [7] }] as const;
        });
      return Promise.resolve(new Map(subjects.map((subject) => [subject, new Map(values(subject)) as never])));
    },
  };
  const appraisals: Pick<AppraisalReader, 'publishedResults' | 'countResults' | 'publishedScores'> = {
    publishedResults: ({ afterSubject, limit }) => {
      const from = afterSubject === undefined ? 1 : numberOf(afterSubject) + 1;
      const items = Array.from({ length: Math.max(0, Math.min(limit, people - from + 1)) }, (_, index) => publishedOf(from + index));
      const last = from + items.length - 1;
      return Promise.resolve(last < people ? { items, next: who(last) } : { items });
    },
    countResults: () => Promise.resolve({ members: people, published: people, publishedWithScore: people }),
    publishedScores: () => Promise.resolve([]),
  };
  const trials: TrialInputs = createTrialInputs({ facts: facts as FactsReader, appraisals });
  const cycle = { cycleId: CYCLE, period: MONTH, published: true, scheme: AGAINST } as CycleView;
  const rehearsals = createRehearsals({
    trials,
    appraisals,
    cycles: { cycles: ({ period: of }) => Promise.resolve({ items: of === MONTH ? [cycle] : [] }) },
    organisation: { people: () => Promise.resolve(new Map()), members: () => Promise.resolve([]) },
    schemes: { versions: () => Promise.resolve([]) },
    source: { scheme: (schemeId) => Promise.resolve(schemeId === RANKED ? compiledTemplate(RANKED) : undefined) },
    head: () => Promise.resolve(41),
    seen: () => Promise.resolve(),
  });
  return { rehearsals, asked };
}

function question(changes: Partial<RehearsalInput> = {}): RehearsalInput {
  return { scheme: AGAINST, against: AGAINST, periods: [MONTH], ratings: ACCEPTS, reevaluate: false, ...changes };
}

async function allRows(rows: AsyncIterable<readonly RehearsalRow[]>): Promise<readonly RehearsalRow[]> {
  const all: RehearsalRow[] = [];
  for await (const batch of rows) all.push(...batch);
  return all;
}

/** As `centum score` has it: everybody else's scores written out. */
function scoredAlone(number: number, people: number) {
  const scheme = compiledTemplate(RANKED);
  const scoreOf = (someone: number, others: readonly string[]) =>
    evaluate(scheme, { period: MONTH, facts: { ...factsOf(someone), 'group.scores': others }, ratings: {} });
  const others = Array.from({ length: people }, (_, index) => index + 1)
    .filter((other) => other !== number)
    .flatMap((other) => scoreOf(other, []).score ?? []);
  return scoreOf(number, others);
}

describe('a rehearsal', () => {
  it('gives the numbers that scoring each alone gives, with places among all', async () => {
    const people = 60;
    const rows = await allRows(company(people).rehearsals.rows(question()));
    expect(rows.map(({ subject }) => numberOf(subject))).toEqual(Array.from({ length: people }, (_, index) => index + 1));
    for (const { subject, draft } of rows) {
      const alone = scoredAlone(numberOf(subject), people);
      expect({ score: draft.score, pay: draft.pay, rank: draft.rank }).toEqual({
        score: alone.score,
        pay: alone.pay.total,
        rank: alone.outcome['place'] ?? null,
      });
      expect(draft.errors).toEqual(alone.errors.map(({ code, key }) => ({ code, key })));
    }
  });

  it('goes by batches of at most 500, whatever the size of the company', async () => {
    const { rehearsals, asked } = company(1_203);
    const rows = await allRows(rehearsals.rows(question()));
    expect(rows).toHaveLength(1_203);
    expect(Math.max(...asked.batches)).toBe(REHEARSAL_LIMITS.batch);
  });

  it('adds up to what its rows say', async () => {
    const { rehearsals } = company(300);
    const told: string[] = [];
    const summary = await rehearsals.summary(question(), ({ step, done, of }) => told.push(`${step} ${done}/${of}`));
    const rows = await allRows(rehearsals.rows(question()));
    const sum = (of: (row: RehearsalRow) => string | null | undefined) =>
      rows.reduce((total, row) => total + Math.round(Number(of(row) ?? '0') * 100), 0);
    const [month] = summary.periods;
    expect(month).toMatchObject({
      people: 300,
      published: 300,
      notScored: 4,
      scored: 296,
      errors: [{ code: 'missing-fact', key: 'sales.amount', people: 4 }],
    });
    expect(Math.round(Number(summary.cost.published) * 100)).toBe(sum(({ published }) => published?.pay));
    expect(Math.round(Number(summary.cost.draft) * 100)).toBe(sum(({ draft }) => draft.pay));
    const higher = rows.filter(({ difference }) => Number(difference.score) > 0).length;
    expect(month?.score).toMatchObject({ higher });
    expect((month?.score.higher ?? 0) + (month?.score.lower ?? 0) + (month?.score.same ?? 0)).toBe(296);
    expect(summary.log).toEqual({ before: 41, after: 41 });
    expect(told).toEqual(['measuring 300/300', 'comparing 300/300']);
  });

  it('goes on where a page ended', async () => {
    const { rehearsals } = company(20);
    const whole = await allRows(rehearsals.rows(question()));
    const first = await rehearsals.page(question(), { limit: 8 });
    const second = await rehearsals.page(question(), { limit: 20, ...(first.next === undefined ? {} : { after: first.next }) });
    expect([...first.items, ...second.items]).toEqual(whole);
    expect(second.next).toBeUndefined();
    await expect(rehearsals.page(question(), { limit: 1, after: 'made-up' })).rejects.toMatchObject({ code: 'scheme.invalid-cursor' });
  });

  it('of another text tells that text’s numbers, and what it is compared with on today’s facts', async () => {
    const yaml = templateText(RANKED).replace('prize_first: { value: 3000.00', 'prize_first: { value: 5000.00');
    const loading = loadScheme(yaml);
    if (!loading.ok) throw new Error('readable');
    const rows = await allRows(company(50).rehearsals.rows(question({ scheme: { yaml }, reevaluate: true })));
    const winners = rows.filter(({ draft }) => draft.rank === 1);
    expect(winners.length).toBeGreaterThan(0);
    for (const { draft, again } of rows) {
      expect([again?.score, again?.rank]).toEqual([draft.score, draft.rank]);
      if (draft.rank !== null && draft.rank > 3) expect(again?.pay).toBe(draft.pay);
    }
    const more = winners.reduce((sum, { draft, again }) => sum + Number(draft.pay) - Number(again?.pay), 0);
    expect(more).toBeGreaterThan(1_900);
  });

  it('refuses by name what it can not do', async () => {
    const { rehearsals } = company(3);
    const refused = async (changes: Partial<RehearsalInput>, code: string) =>
      expect(rehearsals.summary(question(changes))).rejects.toMatchObject({ code });
    const many = (count: number): Period[] => Array.from({ length: count }, (_, index) => period(String(1_000 + index)));
    await refused({ periods: [] }, 'scheme.invalid-periods');
    await refused({ periods: [MONTH, MONTH] }, 'scheme.invalid-periods');
    await refused({ periods: many(REHEARSAL_LIMITS.periods + 1) }, 'scheme.invalid-periods');
    await refused({ periods: [period('2026-Q3')] }, 'scheme.invalid-periods');
    await refused({ periods: [period('2026-09')] }, 'scheme.nothing-to-compare');
    await refused({ scheme: { yaml: 'id: [' } }, 'scheme.invalid-text');
    await refused({ scheme: { schemeId: 'none', version: 1 } }, 'scheme.not-found');
    await refused({ against: undefined }, 'scheme.nothing-in-force');
  });
});
