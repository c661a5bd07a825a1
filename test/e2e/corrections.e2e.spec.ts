import { z } from 'zod';
import type { Company } from '#apps/cli/walkthrough';
import { eventually } from '#libs/testing';
import { startTestProduct, type TestProduct } from './product';
import { importNumbers, signInEverybody } from './templates/cast';
import { Office } from './templates/office';
import { like, type TemplateCase } from './templates/people-of-cases';
import { walkTemplates } from './templates/walk';

jest.setTimeout(180_000);

const MONTH: TemplateCase = {
  template: 'weighted-70-20-10',
  shows: 'a month of two people',
  stages: [[{ period: '2026-10', dayLengthMs: 700, people: [like('T101', '05-month'), like('T102', '05-month')] }]],
};
const zChange = z.object({ from: z.string().nullable(), to: z.string().nullable() });
const zCorrections = z.object({
  items: z.array(
    z.looseObject({
      subject: z.string(),
      cause: z.object({ kind: z.string() }),
      changedFacts: z.array(z.string()),
      score: zChange.optional(),
      payTotal: zChange.optional(),
    }),
  ),
});
const zImported = z.looseObject({ facts: z.number() });
const WAIT = { timeoutMs: 30_000 };

describe('a fact that is corrected after publication, over HTTP', () => {
  let product: TestProduct;
  let company: Company;
  let office: Office | undefined;

  beforeAll(async () => {
    product = await startTestProduct();
    company = await signInEverybody(product);
    office = new Office(company);
    office.start();
    await importNumbers(company.withRole('planning'), [MONTH]);
    await walkTemplates({ company, office }, [MONTH]).get(MONTH.template);
  });
  afterAll(async () => {
    await office?.close();
    await product.stop();
  });

  const record = (employeeNo: string, value: string) => ({
    employeeNo,
    metric: 'sales.amount',
    value,
    happenedOn: '2026-10-15',
    recordId: `weighted-70-20-10-${employeeNo}-2026-10-sales.amount`,
  });

  it('proposes a correction for exactly that person, and shows pay to those who may see it', async () => {
    const body = { source: 'crm', facts: [record('T101', '100000')], corrections: { reason: 'late booking' } };
    await company.withRole('planning').api.post('/facts', zImported, { body });
    const finance = company.withRole('finance').api;
    const { items } = await eventually(async () => {
      const found = await finance.get('/corrections', zCorrections);
      expect(found.items).toHaveLength(1);
      return found;
    }, WAIT);
    expect(items).toMatchObject([
      {
        subject: company.employee('T101').subject,
        cause: { kind: 'fact-correction' },
        score: { from: '88.80', to: '90.80' },
        grade: { from: 'B', to: 'A' },
        payTotal: { from: '8400.00', to: '8800.00' },
      },
    ]);
    const [asHr] = (await company.withRole('hr').api.get('/corrections', zCorrections)).items;
    expect(asHr).toMatchObject({ score: { from: '88.80', to: '90.80' } });
    expect(asHr).not.toHaveProperty('payTotal');
    expect(asHr).not.toHaveProperty('payLines');
    await expect(company.employee('T101').api.get('/corrections', zCorrections)).rejects.toMatchObject({ status: 403 });
  });

  it('changes nothing that was published, and goes when the fact is corrected back', async () => {
    const zScore = z.looseObject({ score: z.string().nullable() });
    const person = company.employee('T101');
    const { items: mine } = await person.api.get('/appraisals/mine', z.object({ items: z.array(zScore) }));
    expect(mine[0]).toMatchObject({ score: '88.80' });
    const body = { source: 'crm', facts: [record('T101', '95000')], corrections: { reason: 'was right' } };
    await company.withRole('planning').api.post('/facts', zImported, { body });
    await eventually(async () => expect((await company.withRole('hr').api.get('/corrections', zCorrections)).items).toEqual([]), WAIT);
  });
});
