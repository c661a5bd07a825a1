import { actorId, derivedUuid, instantPlusMs, type Period, plainDay, type SubjectId } from '#kernel';
import { addDays, periodWindow } from '#libs/calendar';
import { ORGANISATION_ID, organisationDecider } from '#libs/organisation';
import { type SchemeCommand, schemeDecider, templateText } from '#libs/scheme';
import type { InvitedCommenter } from '#libs/scheme/contracts';
import { at, type DemoDates } from './demo-dates';
import { demoPeople, monthFile, peopleFile } from './demo-files';
import type { DemoWorld } from './demo-world';

/** Who does what in the demo company, by employee number. */
export const STAFF = {
  generalManager: 'C001',
  hr: 'C002',
  hrOfficer: 'C003',
  finance: 'C004',
  accountant: 'C005',
  planning: 'C006',
  planner: 'C007',
  salesVp: 'C008',
  firstRep: 'R222',
  coach: 'C012',
  admin: 'C010',
} as const;

export const DEMO_SCHEME = 'weighted-70-20-10';
export const DEMO_ACTOR = actorId('system:demo');

const SITES = ['shanghai', 'guangzhou', 'beijing'];
/** A rep without a row in these counts 0: the files tell of all there were. */
const COMPLETE_METRICS = ['customers.new', 'complaints.filed', 'absences.days', 'customers.lost'];

/** The first thing that stands in the log; the day on which it was recorded is what all dates of the demo follow from. */
export async function declareSites({ core, as }: DemoWorld): Promise<void> {
  for (const site of SITES) {
    const data = { site, zone: 'Asia/Shanghai', calendarRegion: 'CN' };
    await core.runner.run(organisationDecider, ORGANISATION_ID, { type: 'DeclareSite', data }, as(DEMO_ACTOR, `site/${site}`));
  }
}

export async function importPeople(world: DemoWorld, dates: DemoDates): Promise<void> {
  const [firstMonth] = dates.closed;
  const context = world.as(DEMO_ACTOR, 'people', at(addDays(plainDay(`${firstMonth}-01`), -3), 10));
  const result = await world.features.services.people.import({ source: peopleFile(dates) }, context);
  if (result.kind === 'refused') throw new Error(`the demo people were refused: ${JSON.stringify(result.problems)}`);
  await world.settled();
  await world.meetPeople();
}

/** What was said about the demo's scheme, by side. */
const OPINIONS = [
  [STAFF.salesVp, '业绩占七成，符合今年的重点；新客户一项建议每季度回看一次。'],
  [STAFF.finance, '提成按阶梯计算，预算可控。'],
  [STAFF.firstRep, '能力评分的标准写清楚了，没有意见。'],
] as const;
const HOUR_MS = 3_600_000;

/** Drafted and discussed by HR, approved and put in force by the general manager: nobody does both. */
export async function putSchemeInForce({ core: { runner, privacy }, as, person }: DemoWorld, dates: DemoDates): Promise<void> {
  const [firstMonth] = dates.closed;
  const drafted = at(addDays(plainDay(`${firstMonth}-01`), -2), 14);
  const place = { schemeId: DEMO_SCHEME, version: 1 };
  const hr = person(STAFF.hr);
  const run = (by: SubjectId, command: SchemeCommand, step: string, hours: number) =>
    runner.run(schemeDecider, DEMO_SCHEME, command, as(by, `scheme/${step}`, instantPlusMs(drafted, hours * HOUR_MS)));
  const yaml = templateText(DEMO_SCHEME);
  await run(hr, { type: 'DraftScheme', data: { schemeId: DEMO_SCHEME, yaml, template: DEMO_SCHEME } }, 'draft', 0);
  const invited: InvitedCommenter[] = [
    { subject: person(STAFF.hrOfficer), sides: ['hr'] },
    { subject: person(STAFF.salesVp), sides: ['sales'] },
    { subject: person(STAFF.finance), sides: ['finance'] },
    { subject: person(STAFF.firstRep), sides: ['rep'] },
  ];
  await run(hr, { type: 'OpenSchemeDiscussion', data: { ...place, invited } }, 'discuss', 1);
  for (const [index, [employeeNo, opinion]] of OPINIONS.entries()) {
    const by = person(employeeNo);
    const data = { ...place, commentId: derivedUuid('comment', 'demo', employeeNo), text: privacy.make(by, opinion) };
    await run(by, { type: 'CommentOnScheme', data }, `comment/${index}`, 2 + index);
  }
  const summary = privacy.make(hr, '各方同意实行；新客户一项每季度回看。');
  await run(hr, { type: 'CloseSchemeDiscussion', data: { ...place, summary } }, 'close-discussion', 20);
  await run(person(STAFF.generalManager), { type: 'PutSchemeInForce', data: place }, 'put-in-force', 24);
}

/** Targets when the month begins, facts when it is over. */
export async function importMonth(world: DemoWorld, month: Period, dates: DemoDates): Promise<void> {
  const { targetImports, factImports } = world.features.services;
  const { first, last } = periodWindow(month);
  const targets = await targetImports.import(
    { source: monthFile('targets', month, dates) },
    world.as(world.person(STAFF.planning), `targets/${month}`, at(first, 9)),
  );
  const facts = await factImports.importFile(
    { source: monthFile('facts', month, dates), completeFor: { period: month, metrics: COMPLETE_METRICS } },
    world.as(world.person(STAFF.planner), `facts/${month}`, at(last, 18)),
  );
  for (const result of [targets, facts])
    if (result.kind === 'refused') throw new Error(`the demo files of ${month} were refused: ${JSON.stringify(result.problems)}`);
  await world.settled();
}

/** The administrator comes last: that this account has a password says that all before it is done. */
export async function openDemoAccounts({ core, person }: DemoWorld, password: string): Promise<void> {
  const accounts = demoPeople()
    .map(({ employeeNo, login }) => ({
      employeeNo,
      subject: person(employeeNo),
      loginKey: core.privacy.lookupKey('login', login),
    }))
    .sort((one, other) => Number(one.employeeNo === STAFF.admin) - Number(other.employeeNo === STAFF.admin));
  await core.identity.setDemoPassword(
    accounts.map(({ subject, loginKey }) => ({ subject, loginKey })),
    password,
  );
}
