import { period, plainDay, type SubjectId } from '#kernel';
import { zFactsProfile } from '#libs/facts/contracts';
import type { PeopleProfile } from '#libs/organisation/contracts';
import { type DataWorld, openDataWorld, sample } from './data-world';

const OCTOBER = period('2026-10');
const WINDOW = { firstDay: plainDay('2026-10-01'), lastDay: plainDay('2026-10-31') };

async function subjectOf(world: DataWorld, employeeNo: string): Promise<SubjectId> {
  const found = await world.organisation.findByEmployeeNo(world.texts.lookupKey('employee-no', employeeNo));
  if (!found) throw new Error(`nobody has the number ${employeeNo}`);
  return found;
}

async function names(world: DataWorld, subjects: readonly SubjectId[]): Promise<readonly string[]> {
  const texts = await world.organisation.names(subjects);
  const opened = await world.texts.open(subjects.flatMap((subject) => texts.get(subject) ?? []));
  return opened.map((text) => (text.kind === 'text' ? text.text : text.kind));
}

describe('the sample company', () => {
  let world: DataWorld;
  beforeAll(async () => {
    world = await openDataWorld();
    const people = await world.imports.people.import({ source: await sample('people.csv') }, world.context('people'));
    expect(people).toMatchObject({ kind: 'imported', newPeople: 57, changedPeople: 0, rows: 58 });
    for (const month of ['2026-09', '2026-10']) {
      const targets = await world.imports.targets.import(
        { source: await sample(`targets-${month}.csv`) },
        world.context(`targets ${month}`),
      );
      expect(targets).toMatchObject({ kind: 'imported', revised: 0, unchanged: 0 });
      const completeFor = { period: period(month), metrics: ['customers.new', 'complaints.filed', 'absences.days', 'customers.lost'] };
      const facts = await world.imports.facts.importFile(
        { source: await sample(`facts-${month}.csv`), completeFor },
        world.context(`facts ${month}`),
      );
      expect(facts).toMatchObject({ kind: 'imported', repeated: 0, setAsideTotal: 0 });
    }
    await world.caughtUp();
  });
  afterAll(() => world.end());

  it('is the same people in GB18030, and the same files again are nothing new', async () => {
    const again = await world.imports.people.import({ source: await sample('people-gb18030.csv'), encoding: 'gb18030' }, world.context());
    expect(again).toMatchObject({ kind: 'imported', newPeople: 0, changedPeople: 0, unchangedPeople: 57, token: null });
    const { position } = await world.log.head();
    const targets = await world.imports.targets.import({ source: await sample('targets-2026-10.csv') }, world.context());
    expect(targets).toMatchObject({ newTargets: 0, revised: 0, unchanged: 184 });
    const facts = await world.imports.facts.importFile({ source: await sample('facts-2026-10.csv') }, world.context());
    expect(facts).toMatchObject({ kind: 'imported', facts: 0, repeated: 592, differing: [] });
    expect((await world.log.head()).position).toBe(position);
  });

  it('pages its members by cohort, each person once, and says who is not in the period', async () => {
    const scope = { roles: ['rep'] };
    const all = await world.organisation.members({ scope, ...WINDOW, limit: 1000 });
    const paged: string[] = [];
    for (const index of [0, 1, 2]) {
      let afterSubject: SubjectId | undefined;
      for (;;) {
        const page = await world.organisation.members({
          scope,
          ...WINDOW,
          cohort: { index, of: 3 },
          limit: 4,
          ...(afterSubject ? { afterSubject } : {}),
        });
        paged.push(...page.map(({ subject }) => subject));
        afterSubject = page.at(-1)?.subject;
        if (page.length < 4) break;
      }
    }
    expect(paged.sort()).toEqual(all.map(({ subject }) => subject));
    const count = await world.organisation.countMembers({ scope, ...WINDOW });
    expect(count).toEqual({ members: 29, excluded: [{ reason: 'left', count: 1 }] });
    const everybody = await world.organisation.countMembers({ scope, ...WINDOW, withOutOfScope: true });
    expect(everybody.excluded).toContainEqual({ reason: 'not-in-scope', count: 27 });
    const joiner = all.find(({ firstEmployedDay }) => firstEmployedDay === '2026-10-09');
    expect(joiner).toMatchObject({ employedDays: 23, excluded: null, region: '华北' });
  });

  it('knows a transfer, the reporting line, names and direct reports', async () => {
    const transferred = await subjectOf(world, 'r115 ');
    expect((await world.organisation.person(transferred, plainDay('2026-10-15')))?.team).toBe('华东一组');
    expect((await world.organisation.person(transferred, plainDay('2026-10-16')))?.team).toBe('华东二组');
    const above = await world.organisation.lineAbove(transferred, plainDay('2026-10-31'));
    expect((await names(world, above)).slice(-2)).toEqual(['赵海峰', '沈国华']);
    const leader = above[0];
    const reports = leader && (await world.organisation.list({ filter: { manager: leader }, day: plainDay('2026-10-31'), limit: 50 }));
    expect(reports).toHaveLength(6);
    const panel = await world.organisation.list({ filter: { roles: ['panel'] }, day: plainDay('2026-10-31'), limit: 50 });
    expect(new Set(panel.map(({ department }) => department)).size).toBeGreaterThanOrEqual(5);
    expect(await world.organisation.findByLogin(world.texts.lookupKey('login', 'LinXiaoMei'))).toBe(await subjectOf(world, 'C002'));
  });

  it('has below somebody whoever has them above, on each day', async () => {
    for (const day of [plainDay('2026-10-15'), plainDay('2026-10-31')]) {
      const everybody = await world.organisation.list({ filter: {}, day, limit: 1_000 });
      const above = new Map<SubjectId, SubjectId[]>();
      for (const { subject } of everybody)
        for (const leader of await world.organisation.lineAbove(subject, day)) above.set(leader, [...(above.get(leader) ?? []), subject]);
      for (const { subject: leader } of everybody) {
        const below = await world.organisation.lineBelow({ leader, day, limit: 1_000 });
        expect(below).toEqual(everybody.filter(({ subject }) => above.get(leader)?.includes(subject)));
      }
    }
  });

  it('has all that two templates ask for: facts, targets, earlier sales, and zeros that an import explains', async () => {
    const subject = await subjectOf(world, 'R111');
    const metrics = [
      'sales.amount', 'sales.target', 'sales.previous', 'receivable.due', 'receivable.collected', 'customers.new', 'customers.new_target', 'complaints.filed',
      'absences.days', 'pay.base', 'pay.commission', 'pay.deposit_held', 'accounts.opened', 'accounts.target', 'visits.count', 'visits.target',
      'calls.count', 'calls.target', 'orders.weekly', 'orders.weekly_target', 'customers.lost', 'plans.due', 'plans.done', 'requests.received',
      'requests.answered',
    ]; // prettier-ignore
    const values = (await world.facts.factsFor({ period: OCTOBER, subjects: [subject], metrics })).get(subject);
    expect([...(values ?? [])].filter(([, value]) => value.kind === 'missing')).toEqual([]);
    const previous = (await world.facts.factsFor({ period: period('2026-09'), subjects: [subject], metrics: ['sales.amount'] })).get(
      subject,
    );
    const earlier = previous?.get('sales.amount');
    expect(values?.get('sales.previous')).toMatchObject({ value: earlier?.kind === 'value' ? earlier.value : '', from: 'earlier-period' });
    expect(values?.get('sales.target')).toMatchObject({ kind: 'value', from: 'target', accepted: false });
    const zeros = [...(values ?? [])].filter(([, value]) => value.kind === 'complete-zero').map(([metric]) => metric);
    expect(zeros.length).toBeGreaterThan(0);
    const quarter = await world.facts.factsFor({
      period: period('2026-Q4'),
      subjects: [subject],
      metrics: ['sales.target', 'complaints.filed'],
    });
    expect(quarter.get(subject)?.get('sales.target')).toEqual({ kind: 'missing' });
  });

  it('sees facts as they were at a past position, and a correction from its own on', async () => {
    const subject = await subjectOf(world, 'R112');
    const asked = { period: OCTOBER, subjects: [subject], metrics: ['pay.base'] };
    const before = await world.caughtUp();
    const [fact] = await world.facts.factsOf({ subject, period: OCTOBER, metrics: ['pay.base'], limit: 10 });
    const factId = fact?.factId ?? '';
    const corrected = await world.imports.facts.correct({ factId, value: '7000', reason: '工资表有误' }, world.context('correct'));
    await world.caughtUp();
    expect((await world.facts.factsFor(asked)).get(subject)?.get('pay.base')).toMatchObject({ value: '7000', factIds: [corrected.factId] });
    expect((await world.facts.factsFor({ ...asked, asOf: before })).get(subject)?.get('pay.base')).toMatchObject({ factIds: [factId] });
    expect(await world.facts.fact(factId)).toMatchObject({ supersededAt: expect.any(Number) });
    await expect(world.imports.facts.correct({ factId, value: '7100', reason: 'x' }, world.context())).rejects.toMatchObject({
      code: 'facts.already-corrected',
    });
    await expect(
      world.imports.facts.correct({ factId: corrected.factId, value: '-1', reason: 'x' }, world.context()),
    ).rejects.toMatchObject({
      code: 'facts.invalid-value',
    });
    const again = await world.imports.facts.importFile({ source: await sample('facts-2026-10.csv') }, world.context());
    expect(again).toMatchObject({ facts: 0, differing: [{ metric: 'pay.base', factId: corrected.factId }] });
  });

  it('revises targets with a reason only, and the last import holds', async () => {
    const subject = await subjectOf(world, 'R113');
    const source = Buffer.from('owner,metric,period,value\nR113,sales.target,2026-10,99000\nteam:华东一组,sales.target,2026-10,1\n');
    expect(await world.imports.targets.import({ source }, world.context())).toMatchObject({
      kind: 'refused',
      problems: { listed: [{ row: 2, code: 'revision-needs-a-reason', value: '99000' }] },
    });
    const before = await world.caughtUp();
    expect(await world.imports.targets.import({ source, reason: '季度调整' }, world.context())).toMatchObject({
      newTargets: 1,
      revised: 1,
    });
    await world.caughtUp();
    const asked = { period: OCTOBER, subjects: [subject], metrics: ['sales.target'] };
    expect((await world.targets.targetsFor(asked)).get(subject)?.get('sales.target')).toMatchObject({ value: '99000' });
    expect((await world.targets.targetsFor({ ...asked, asOf: before })).get(subject)?.get('sales.target')?.value).not.toBe('99000');
    const team = await world.targets.unitTargets({ unit: 'team', labels: ['华东一组'], metrics: ['sales.target'], period: OCTOBER });
    expect(team.get('华东一组')?.get('sales.target')?.value).toBe('1');
  });

  it('takes facts over REST once for each source record', async () => {
    const fact = { employeeNo: 'R114', metric: 'sales.amount', value: '10.50', happenedOn: plainDay('2026-12-01'), recordId: 'A1' };
    const first = await world.imports.facts.importList({ source: 'erp', facts: [fact, fact] }, world.context('rest'));
    expect(first).toMatchObject({ kind: 'imported', facts: 1, repeated: 1 });
    expect(await world.imports.facts.importList({ source: 'erp', facts: [fact, fact] }, world.context('rest'))).toMatchObject({
      repeatedRequest: true,
      facts: 1,
    });
    expect(await world.imports.facts.importList({ source: 'erp', facts: [fact] }, world.context())).toMatchObject({
      facts: 0,
      repeated: 1,
    });
    await expect(
      world.imports.facts.importList({ source: 'erp', facts: [{ ...fact, value: '1' }] }, world.context('rest')),
    ).rejects.toMatchObject({
      code: 'facts.import-of-another-file',
    });
    const wrong = [
      { ...fact, metric: 'sales.target' },
      { ...fact, metric: 'no.such' },
      { ...fact, metric: 'customers.new', value: '1.5' },
      { ...fact, employeeNo: 'nobody', recordId: 'A2' },
    ];
    expect(await world.imports.facts.importList({ source: 'erp', facts: wrong }, world.context())).toMatchObject({
      problems: {
        total: 3,
        listed: [
          { row: 1, code: 'comes-from-targets' },
          { row: 2, code: 'unknown-metric' },
          { row: 3, code: 'not-whole' },
        ],
      },
    });
    const both = await Promise.all(
      ['x', 'y'].map((key) => world.imports.facts.importList({ source: 'erp', facts: [{ ...fact, recordId: 'B1' }] }, world.context(key))),
    );
    expect(both.map((result) => (result.kind === 'imported' ? result.facts : -1)).sort()).toEqual([0, 1]);
  });
});

describe('a CRM export', () => {
  let world: DataWorld;
  beforeAll(async () => {
    world = await openDataWorld();
    const teams = await world.profiles.profile('crm-sales-teams');
    if (teams?.definition.kind !== 'people') throw new Error('no such profile');
    const definition: PeopleProfile = teams.definition;
    const people = await world.imports.people.import(
      { source: await sample('crm-sales-teams.csv'), profile: { name: teams.name, version: teams.version, definition } },
      world.context(),
    );
    expect(people).toMatchObject({ kind: 'imported', newPeople: 13 });
    await world.caughtUp();
  });
  afterAll(() => world.end());

  async function profileOf(name: string): Promise<{ name: string; version: number; definition: ReturnType<typeof zFactsProfile.parse> }> {
    const found = await world.profiles.profile(name);
    if (found?.definition.kind !== 'facts') throw new Error('no such profile');
    return { name: found.name, version: found.version, definition: found.definition };
  }

  it('becomes facts as it is: open deals filtered out, and who sold nothing has 0', async () => {
    const profile = await profileOf('salesforce-opportunities');
    const result = await world.imports.facts.importFile(
      { source: await sample('crm-opportunities.csv'), profile, completeFor: { period: period('2017-Q1') } },
      world.context('crm'),
    );
    expect(result).toMatchObject({ kind: 'imported', rows: 240, setAsideTotal: 0 });
    if (result.kind !== 'imported') return;
    expect(result.facts).toBe((240 - result.filtered) * 2);
    await world.caughtUp();
    const idle = await subjectOf(world, 'Jonas Meier');
    const seller = await subjectOf(world, 'Avery Stone');
    const values = await world.facts.factsFor({
      period: period('2017-03'),
      subjects: [idle, seller],
      metrics: ['sales.amount', 'deals.won'],
    });
    expect(values.get(idle)?.get('sales.amount')).toMatchObject({ kind: 'complete-zero', importId: result.importId });
    const csv = Buffer.from(await sample('crm-opportunities.csv'))
      .toString('utf8')
      .split('\n');
    const own = csv
      .map((line) => line.split(','))
      .filter(([, agent, , , stage, , closed]) => agent === 'Avery Stone' && stage === 'Won' && closed?.startsWith('3/'));
    const total = own.reduce((sum, cells) => sum + Number(cells[7]), 0);
    expect(values.get(seller)?.get('sales.amount')).toMatchObject({ kind: 'value', value: String(total) });
    expect(values.get(seller)?.get('deals.won')).toMatchObject({ value: String(own.length) });
  });

  it('is refused for owners nobody knows, or keeps their rows for later without their names', async () => {
    const builtIn = await profileOf('salesforce-opportunities');
    const source = await sample('crm-opportunities-unknown-owners.csv');
    const refused = await world.imports.facts.importFile({ source, profile: builtIn }, world.context());
    expect(refused).toMatchObject({
      kind: 'refused',
      problems: { total: 2, listed: [{ row: 242, column: 'sales_agent', code: 'unknown-owner' }, { row: 243 }] },
    });
    const patient = { ...builtIn.definition, owner: { ...builtIn.definition.owner, unknown: 'set-aside' as const } };
    expect(await world.imports.profiles.save({ name: 'our-crm', definition: patient }, world.context())).toMatchObject({ version: 1 });
    expect(await world.imports.profiles.save({ name: 'our-crm', definition: patient }, world.context())).toMatchObject({ version: 1 });
    await world.caughtUp();
    const result = await world.imports.facts.importFile({ source, profile: await profileOf('our-crm') }, world.context());
    expect(result).toMatchObject({ kind: 'imported', facts: 0, setAside: [{ row: 242, reason: 'unknown-owner' }, { row: 243 }] });
    if (result.kind !== 'imported') return;
    const stored = (await world.log.readAll(0, { maxEvents: 1000 })).map(({ payload }) => Buffer.from(payload).toString('utf8')).join('');
    expect(stored).not.toContain('Ghost');
    const late = Buffer.from('sales_agent,manager,regional_office\nZed Former,Nora Whitfield,Central\n');
    const teams = await world.profiles.profile('crm-sales-teams');
    if (teams?.definition.kind !== 'people') throw new Error('no such profile');
    const added = await world.imports.people.import(
      { source: late, profile: { name: 'x', version: 1, definition: teams.definition } },
      world.context(),
    );
    // Nora Whitfield is known by name, so that she is not made a person again.
    expect(added).toMatchObject({ kind: 'imported', newPeople: 1 });
    await world.caughtUp();
    const kept = await world.imports.facts.importSetAside(result.importId, world.context());
    expect(kept).toMatchObject({ kind: 'imported', facts: 2, setAsideTotal: 1 });
  });

  it('finds owners by other spellings that a profile knows, which stand in it by key only', async () => {
    const { definition } = await profileOf('salesforce-opportunities');
    await world.imports.profiles.save({ name: 'spelled', definition, aliases: { 'Avery S.': 'Avery Stone' } }, world.context());
    await world.caughtUp();
    const profile = await profileOf('spelled');
    expect(JSON.stringify(profile.definition)).not.toContain('Avery');
    const source = Buffer.from('Opportunity ID,Opportunity Owner,Stage,Close Date,Amount\nX1,Avery S.,Closed Won,2017-04-03,"$1,200.50"\n');
    expect(await world.imports.facts.importFile({ source, profile }, world.context())).toMatchObject({ kind: 'imported', facts: 2 });
  });
});
