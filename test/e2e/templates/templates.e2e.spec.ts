import { startTestProduct, type TestProduct } from '../product';
import { CASES, inYearOfItsOwn } from './cases';
import type { PersonCase } from './people-of-cases';
import { importNumbers, signInEverybody } from './cast';
import { Office } from './office';
import { type PublishedPerson, walkTemplates } from './walk';

/** A bound for busy machines: each template waits for its own walk, and all walk at the same time. */
jest.setTimeout(480_000);

describe('one whole cycle of each template over HTTP, from the draft of the scheme to the closed cycle', () => {
  let product: TestProduct;
  let office: Office | undefined;
  let walks: ReturnType<typeof walkTemplates>;

  beforeAll(async () => {
    product = await startTestProduct();
    const company = await signInEverybody(product);
    office = new Office(company);
    office.start();
    const cases = CASES.map(inYearOfItsOwn);
    await importNumbers(company.withRole('planning'), cases);
    walks = walkTemplates({ company, office }, cases);
  });
  afterAll(async () => {
    await office?.close();
    await product.stop();
  });

  it.each(CASES)('$template: $shows', async ({ template, missed }) => {
    const cycles = (await walks.get(template)) ?? [];
    expect(cycles.length).toBeGreaterThan(0);
    for (const { cycle, paysOut, people, refused } of cycles) {
      expect([cycle.period, refused]).toEqual([cycle.period, []]);
      for (const [index, person] of cycle.people.entries()) {
        const published = people[index];
        if (!published) throw new Error(`${person.who} has no result`);
        comesOutAsTheExampleSays(cycle.period, person, published);
        await isExplained(published);
        isPaid(published, paysOut);
        expect([published.mine.status, published.mine.response]).toEqual(['final', 'confirmed']);
      }
    }
    if (missed !== undefined) isTold(missed, cycles[0]?.people[0]?.explained);
  });

  /** What would have been the next better, and by how much it was missed. */
  function isTold(missed: string, explained: PublishedPerson['explained'] | undefined): void {
    for (const said of Object.values(explained ?? {}))
      expect(said.whyNot).toContainEqual({ key: missed, sentence: expect.stringMatching(/./) });
    expect(Object.keys(explained ?? {})).toHaveLength(2);
  }

  function comesOutAsTheExampleSays(period: string, { who, expected }: PersonCase, { result }: PublishedPerson): void {
    expect({ period, who, ...result }).toMatchObject({ period, who, errors: [], ...expected });
  }

  /** Recomputed from what is recorded, it is what was stored; said in both languages, with what was missed. */
  async function isExplained({ appraisalId, explained }: PublishedPerson): Promise<void> {
    const stored = (await product.features.readers.appraisals.publishedResult(appraisalId))?.published.basis.explanationHash;
    for (const { explanationHash, sentences } of Object.values(explained)) {
      expect(explanationHash).toBe(stored);
      expect(sentences.length).toBeGreaterThan(0);
    }
    const [zh, en] = [explained['zh-CN'], explained.en];
    expect(en.sentences).not.toEqual(zh.sentences);
    expect(en.whyNot.map(({ key }) => key)).toEqual(zh.whyNot.map(({ key }) => key));
  }

  /** Line by line what was published; a period without pay lines has no payout at all. */
  function isPaid({ result, settled }: PublishedPerson, paysOut: boolean): void {
    const { lines, total } = result.pay;
    expect(paysOut).toBe(lines.length > 0);
    if (!paysOut) return;
    expect(settled).toEqual({
      lines: lines.map(({ key, amount }) => ({ key, entitled: amount, settled: amount })),
      settledTotal: total,
    });
  }
});
