import { actorId, period, type SubjectId } from '#kernel';
import type { AppraisalView } from '#libs/appraisal/contracts';
import type { CycleView } from '#libs/cycle/contracts';
import { importSample, openSkippingCompany, putSchemeInForce, type SkippingCompany } from './skipping-company';

const OCTOBER = period('2026-10');
const RATINGS = { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' };
const PLANNING = actorId('system:planning-import');

describe('a monthly cycle of the sample company, driven by Temporal over the real log', () => {
  let company: SkippingCompany;
  let hr: SubjectId;
  let manager: SubjectId;
  let finance: SubjectId;
  let cycleId: string;
  let rows: readonly AppraisalView[];

  beforeAll(async () => {
    company = await openSkippingCompany();
  }, 120_000);
  afterAll(() => company.stop(), 60_000);

  const cycle = async (): Promise<CycleView> => {
    const view = await company.features.readers.cycles.cycle(cycleId);
    if (!view) throw new Error('the cycle is not seen yet');
    return view;
  };
  const phaseIs = (phase: string, state: string): Promise<CycleView> =>
    company.until(async () => {
      const view = await cycle();
      expect(view.phases.find((planned) => planned.phase === phase)).toMatchObject({ state });
      return view;
    });
  const phase = async (name: string) => {
    const found = (await cycle()).phases.find((planned) => planned.phase === name);
    if (!found) throw new Error(`no phase ${name}`);
    return found;
  };
  const appraisals = async (): Promise<readonly AppraisalView[]> =>
    (await company.features.readers.appraisals.ofCycle({ cycleId, limit: 500 })).items;
  const statementOf = async (subject: SubjectId) => company.features.readers.payouts.linesOf(cycleId, [subject]);

  it('opens an appraisal for everyone in scope', async () => {
    await importSample(company, PLANNING, OCTOBER);
    [hr, manager, finance] = await Promise.all([company.person('C002'), company.person('C001'), company.person('C004')]);
    const schemeId = await putSchemeInForce(company, hr, manager);
    const input = {
      name: '2026-10',
      period: OCTOBER,
      schemeId,
      scope: { roles: ['rep' as const] },
      setAside: [],
      calendarRegion: 'CN' as const,
      zone: 'Asia/Shanghai',
    };
    const started = await company.features.services.cycleStart.start(input, company.as(hr));
    cycleId = started.cycleId;
    const { members } = await company.until(cycle);
    rows = await company.until(async () => {
      const all = await appraisals();
      expect(all).toHaveLength(members);
      return all;
    });
    expect(members).toBeGreaterThan(20);
  }, 180_000);

  it('takes self-reviews until the deadline and marks who missed it', async () => {
    await company.passTo((await phase('self-review')).opensAt);
    await phaseIs('self-review', 'open');
    for (const { appraisalId, subject } of rows.slice(2)) {
      await company.features.services.acts.submitSelfReview(appraisalId, { ratings: RATINGS }, company.as(subject));
    }
    await company.passTo((await phase('self-review')).closesAt);
    await phaseIs('self-review', 'closed');
    const missed = await company.until(async () => {
      const skipped = (await appraisals()).filter(({ steps }) =>
        steps.some(({ step, state }) => step === 'self-review' && state === 'skipped'),
      );
      expect(skipped).toHaveLength(2);
      return skipped;
    });
    expect(new Set(missed.map(({ subject }) => subject))).toEqual(new Set(rows.slice(0, 2).map(({ subject }) => subject)));
  }, 180_000);

  it('closes the later reviews early when all are done, and publishes on the planned day', async () => {
    const { acts } = company.features.services;
    await company.passTo((await phase('manager-review')).opensAt);
    await phaseIs('manager-review', 'open');
    for (const row of await appraisals()) {
      const ratings = row.subject === rows[5]?.subject ? { ...RATINGS, knowledge: '20' } : RATINGS;
      // Who moved inside the month is rated by each manager, for their part of it.
      for (const { step, reviewer, part } of row.steps) {
        if (step !== 'manager-review') continue;
        if (reviewer === null) throw new Error('no manager');
        await acts.submitManagerScore(row.appraisalId, { ratings, ...(part === null ? {} : { part }) }, company.as(reviewer));
      }
    }
    await phaseIs('manager-review', 'closed');
    await phaseIs('second-review', 'open');
    for (const { appraisalId, steps } of await appraisals()) {
      const step = steps.find((planned) => planned.step === 'second-review');
      if (step) await acts.approveSecondReview(appraisalId, {}, company.as(step.reviewer ?? manager));
    }
    await phaseIs('second-review', 'closed');
    await company.passTo((await phase('publication')).opensAt);
    const view = await company.until(async () => {
      const seen = await cycle();
      expect(seen.published).toBe(true);
      return seen;
    });
    expect(view.phases.filter(({ state }) => state === 'open').map(({ phase: name }) => name)).toEqual(
      expect.arrayContaining(['confirmation', 'appeals']),
    );
    expect((await appraisals()).every(({ status, score }) => status === 'published' && score !== null)).toBe(true);
  }, 180_000);

  it('an appeal that is upheld changes score and pay, and nobody else is touched', async () => {
    const { services, readers } = company.features;
    const { privacy } = company.core;
    const appellant = rows[5];
    if (!appellant) throw new Error('no sixth person');
    const { subject, appraisalId } = appellant;
    const text = (words: string) => privacy.make(subject, words);
    const before = await readers.appraisals.appraisal(appraisalId);
    const others = (await appraisals()).filter((row) => row.subject !== subject).map(({ subject: who, score }) => ({ who, score }));
    const lines = [{ line: 'knowledge', kind: 'rating' as const, key: 'knowledge', rightValue: '90' }];
    const filed = await services.appealDesk.file(
      { appraisalId, grounds: ['unfair-rating'], lines, statement: text('产品考试 92 分'), evidence: [] },
      company.as(subject),
    );
    const appealId = filed.appealId;
    await services.appealDesk.act(appealId, { act: 'accept' }, company.as(hr));
    const seated = await company.until(async () => {
      const row = await readers.appeals.appeal(appealId);
      expect(row).toMatchObject({ stage: 'hearing' });
      return row;
    });

    await company.passTo((await phase('payout')).opensAt);
    const regular = await payBatch('regular');
    expect(Number(regular.heldTotal)).toBeGreaterThan(0);
    expect((await statementOf(subject)).every(({ status }) => status === 'held')).toBe(true);

    await services.appealDesk.act(appealId, { act: 'note-hearing', notes: text('核对了考试记录'), how: 'in-person' }, company.as(hr));
    for (const { subject: member } of seated?.panel ?? []) {
      const row = await readers.appeals.appeal(appealId);
      if (row?.verdict !== null) break;
      await services.appealDesk.act(
        appealId,
        { act: 'vote', verdict: 'uphold', values: [], reason: text('与记录一致') },
        company.as(member),
      );
    }
    const after = await company.until(async () => {
      const row = await readers.appraisals.appraisal(appraisalId);
      expect(row?.amended).toBe(true);
      return row;
    });
    expect(Number(after?.score)).toBeGreaterThan(Number(before?.score));
    expect((await appraisals()).filter((row) => row.subject !== subject).map(({ subject: who, score }) => ({ who, score }))).toEqual(
      others,
    );

    await payBatch('supplementary');
    await company.until(async () => {
      const statement = await statementOf(subject);
      expect(statement.some(({ kind, status }) => kind === 'adjustment' && status === 'acknowledged')).toBe(true);
    });
    await services.appealDesk.act(appealId, { act: 'close', schemeAtFault: false }, company.as(hr));
  }, 240_000);

  it('closes when nothing is held and no appeal is open', async () => {
    for (const name of ['confirmation', 'appeals', 'payout']) await company.passTo((await phase(name)).closesAt);
    await company.until(async () => expect(await cycle()).toMatchObject({ status: 'closed' }));
    expect((await appraisals()).every(({ status }) => status === 'final')).toBe(true);
    const types = await eventTypes();
    expect(types.filter((type) => type === 'CycleStarted' || type === 'CyclePublished' || type === 'CycleClosed')).toEqual([
      'CycleStarted',
      'CyclePublished',
      'CycleClosed',
    ]);
  }, 180_000);

  async function eventTypes(): Promise<readonly string[]> {
    return (await company.core.log.readStream(`cycle-${cycleId}`)).events.map(({ type }) => type);
  }

  /** Finance checks, the general manager approves, finance releases, payroll acknowledges. */
  async function payBatch(kind: 'regular' | 'supplementary') {
    const { services, readers } = company.features;
    const find = async (stage: string) => {
      const batch = (await readers.payouts.batchesOf(cycleId)).find((row) => row.kind === kind && row.stage === stage);
      if (!batch) throw new Error(`no ${kind} batch is ${stage}`);
      return batch;
    };
    const { batchId } = await company.until(() => find('computed'));
    await company.seen();
    await services.payoutDesk.act(batchId, { act: 'check', passed: true, findings: [] }, company.as(finance));
    await services.payoutDesk.act(batchId, { act: 'approve', actorRoles: ['general-manager'] }, company.as(manager));
    await company.seen();
    await services.payoutDesk.act(batchId, { act: 'release' }, company.as(finance));
    await company.seen();
    await services.payoutDesk.act(batchId, { act: 'acknowledge', reference: `payroll-${kind}` }, company.as(finance));
    return company.until(() => find('acknowledged'));
  }
});
