import { walkThrough, type WalkOutcome } from '#apps/cli/walkthrough';
import { ApiClient } from '#apps/cli/client';
import { FILES, PASSWORD, peopleWithAccounts } from './company';
import { startTestProduct, type TestProduct } from './product';

describe('a monthly cycle over HTTP, from files to pay, with an appeal that changes it', () => {
  let product: TestProduct;
  let outcome: WalkOutcome;
  const lines: string[] = [];

  beforeAll(async () => {
    product = await startTestProduct();
    await peopleWithAccounts(product);
    const api = new ApiClient({ url: product.url, token: undefined });
    const say = (line: string): void => {
      lines.push(line);
    };
    outcome = await walkThrough(api, { files: FILES, period: '2026-10', dayLengthMs: 4_000, tag: 'test', password: PASSWORD, say });
  }, 360_000);
  afterAll(() => product.stop());

  it('ends with the cycle closed and the amended score beside the published one', async () => {
    const { readers } = product.features;
    expect(await readers.cycles.cycle(outcome.cycleId)).toMatchObject({ status: 'closed', published: true });
    const result = await readers.appraisals.publishedResult(outcome.appraisalId);
    expect(result?.amendment).toMatchObject({ kind: 'appeal', id: outcome.appealId });
    expect(Number(result?.current.result.score)).toBeGreaterThan(Number(result?.published.result.score));
  });

  it('pays each line once: the batches of the cycle sum to what the statements say', async () => {
    const { payouts, appraisals } = product.features.readers;
    const batches = await payouts.batchesOf(outcome.cycleId);
    expect(batches.map(({ kind, stage }) => `${kind} ${stage}`)).toEqual(['regular acknowledged', 'supplementary acknowledged']);
    const result = await appraisals.publishedResult(outcome.appraisalId);
    const before = result?.published.result.payTotal;
    const after = result?.current.result.payTotal;
    expect(Number(after)).toBeGreaterThan(Number(before));
    // Held whole in the regular batch, so the supplementary one pays all of what the amended score gives.
    expect(batches[1]?.releasedTotal).toBe(after);
    expect(batches[0]?.heldTotal).toBe(before);
  });

  it('says each step', () => {
    expect(lines.join('\n')).toContain('decided: upheld');
  });
});
