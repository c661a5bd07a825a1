import { Pool } from 'pg';
import { type ActorId, actorId, type Clock, type Instant, instant, period, plainDay, type SubjectId, subjectId } from '#kernel';
import { appealDecider, appealProjections, createAppealDesk, createAppealReader, createAppealWork } from '#libs/appeal';
import { type AppealReader, appealEvents } from '#libs/appeal/contracts';
import {
  appraisalDecider,
  appraisalProjections,
  appraisalReactors,
  createAppraisalReader,
  createScoring,
  type Scoring,
} from '#libs/appraisal';
import { type AppraisalCommand, type AppraisalReader, appraisalEvents, appraisalIdOf, type Ratings } from '#libs/appraisal/contracts';
import { coachingProjections, coachingReactors, createCoachingDesk, createCoachingReader, createCoachingWork } from '#libs/coaching';
import { coachingEvents } from '#libs/coaching/contracts';
import { cycleProjections } from '#libs/cycle';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import { type CommandContext, type CommandRunner, createInMemoryLog, createRunner, type EventLog, EventRegistry } from '#libs/event-store';
import type { FactsReader, FactValue } from '#libs/facts/contracts';
import type { MemberRow, Metric, OrganisationReader } from '#libs/organisation/contracts';
import type { FileVault } from '#libs/privacy/contracts';
import { createConsumerHost, migrateReadModels, openReadDb, projectionConsumer, reactorConsumer } from '#libs/projections';
import { compiledTemplate } from '#libs/scheme';
import { createTestDatabase, openTestText, testText, trivialSealer } from '#libs/testing';
import { payoutEvents } from './contracts';
import {
  createDepositDesk,
  createPayoutDesk,
  createPayoutReader,
  createPayoutWork,
  type PayoutParts,
  payoutProjections,
  payoutReactors,
} from './index';

/* A company without files: people, facts and cycle as values, everything from the published result on real. */

const SCHEME = 'weighted-70-20-10';
export const PERIOD = period('2026-10');
export const CYCLE = '0190a000-0000-7000-8000-0000000000c1';
/** The month after, for who asks for it. */
export const NEXT_PERIOD = period('2026-11');
export const NEXT_CYCLE = '0190a000-0000-7000-8000-0000000000c2';
const id = (tail: string): SubjectId => subjectId(`0190a000-0000-7000-8000-${tail.padStart(12, '0')}`);
export const rep = (number: number): SubjectId => id(String(number));
export const MANAGER = id('aaa1');
export const HR = id('aaa2');
export const FINANCE = id('aaa3');
export const GENERAL_MANAGER = id('aaa4');
export const FACT_OWNER = id('aaa5');
export const PANEL = ['Finance', 'Service', 'Production', 'Legal'].map((department, index) => ({ subject: id(`bb${index}`), department }));
export const RATINGS: Ratings = { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' };
export const POOR: Ratings = { knowledge: '10', analysis: '10', communication: '10', adaptability: '10', diligence: '10' };

const FACTS: Readonly<Record<string, string>> = {
  'sales.amount': '95000.00',
  'sales.target': '100000.00',
  'receivable.due': '100000.00',
  'receivable.collected': '90000.00',
  'customers.new': '3',
  'customers.new_target': '3',
  'complaints.filed': '1',
  'absences.days': '1',
  'pay.base': '5000.00',
  'pay.commission': '4000.33',
  'pay.deposit_held': '0',
};

const no = (): never => {
  throw new Error('not part of this company');
};

let pooled = PANEL.length;
const pool = () => PANEL.slice(0, pooled);

function fakeOrganisation(): OrganisationReader {
  const row = (subject: SubjectId, department: string, roles: MemberRow['roles']): MemberRow => ({
    subject,
    roles,
    position: null,
    department,
    team: null,
    region: null,
    site: null,
    manager: MANAGER,
    employedDays: 1,
    firstEmployedDay: plainDay('2026-01-01'),
    lastEmployedDay: plainDay('2026-12-31'),
    stretches: [],
    excluded: null,
  });
  return {
    members: ({ scope }) =>
      Promise.resolve(scope.roles?.includes('panel') ? pool().map(({ subject, department }) => row(subject, department, ['panel'])) : []),
    texts: (subjects) =>
      Promise.resolve(
        new Map(
          subjects.map((subject) => [
            subject,
            { name: testText(subject, 'N'), employeeNo: testText(subject, `E${subject.slice(-3)}`), login: null },
          ]),
        ),
      ),
    lineAbove: (subject) => Promise.resolve(PANEL.some((member) => member.subject === subject) ? [] : [MANAGER, GENERAL_MANAGER]),
    calendarOverrides: () => Promise.resolve([]),
    countMembers: no,
    person: (subject) => Promise.resolve(row(subject, PANEL.find((member) => member.subject === subject)?.department ?? 'Sales', ['rep'])),
    people: no,
    list: no,
    find: no,
    findByEmployeeNo: no,
    findByLogin: no,
    names: no,
    lineBelow: no,
    site: no,
    sites: no,
    declaredMetrics: no,
    imports: no,
  };
}

/** People who sold little, so that their result asks for a plan. */
const low = new Set<SubjectId>();
const LITTLE = '20000.00';

const SALES: Metric = { metric: 'sales.amount', unit: 'money', combine: 'sum', owner: FACT_OWNER, minimum: null, target: false };

/** What the payroll says is held, by person and period; nothing where it is not said. */
const held = new Map<string, string>();

const facts: FactsReader = {
  factsFor: ({ subjects, metrics, period: of }) => {
    const said = (subject: SubjectId, metric: string): string | undefined =>
      metric === 'pay.deposit_held' ? held.get(`${subject} ${of}`) : undefined;
    const value = (subject: SubjectId, metric: string): FactValue => {
      const text = metric === 'sales.amount' && low.has(subject) ? LITTLE : (said(subject, metric) ?? FACTS[metric]);
      return text === undefined
        ? { kind: 'missing' }
        : { kind: 'value', value: text, combine: 'sum', positions: [1], factIds: [], from: 'facts' };
    };
    return Promise.resolve(
      new Map(subjects.map((subject) => [subject, new Map(metrics.map((metric) => [metric, value(subject, metric)]))])),
    );
  },
  metrics: () => Promise.resolve(new Map([[SALES.metric, SALES]])),
  unitFactsFor: no,
  importTouches: no,
  ownersTouched: no,
  factsOf: no,
  fact: no,
  import: no,
  imports: no,
};

const cycleView: CycleView = {
  cycleId: CYCLE,
  name: 'October',
  period: PERIOD,
  scheme: { schemeId: SCHEME, version: 1 },
  scope: {},
  setAside: [],
  status: 'running',
  published: true,
  publishedAt: null,
  startedAt: instant('2026-11-01T00:00:00.000Z'),
  membersAt: 0,
  members: 1,
  excluded: [],
  cohorts: 1,
  phases: [],
  calendar: { region: 'CN', version: 'v1', zone: 'Asia/Shanghai' },
  dayLengthMs: null,
  ranked: false,
  rankedAt: null,
  version: 1,
  position: 1,
};
const cycles: CycleReader = {
  cycle: (cycleId) => Promise.resolve(cycleId === NEXT_CYCLE ? { ...cycleView, cycleId, period: NEXT_PERIOD } : cycleView),
  cycles: no,
  byIds: no,
  ofPeriods: no,
  progress: no,
  reminders: no,
};
const vault: FileVault = { put: no, get: no };

const privacy: PayoutParts['privacy'] = {
  open: (texts) => Promise.resolve(texts.map((text) => ({ kind: 'text', text: openTestText(text) }))),
};

export async function openPayWorld() {
  const db = await createTestDatabase({ migrations: [migrateReadModels] });
  const pool = new Pool({ connectionString: db.applicationUrl, max: 16 });
  pool.on('error', () => undefined);
  let now: Instant = instant('2026-11-02T02:00:00.000Z');
  const clock: Clock = { now: () => now };
  const log = createInMemoryLog({ clock });
  const registry = new EventRegistry([...appraisalEvents, ...appealEvents, ...payoutEvents, ...coachingEvents]);
  const runner = createRunner({ log, registry, sealer: trivialSealer, fingerprintKey: new Uint8Array(32) });
  const read = openReadDb(pool);
  const organisation = fakeOrganisation();
  const appraisals = createAppraisalReader(read);
  const appeals = createAppealReader(read);
  const payouts = createPayoutReader(read);
  const scheme = compiledTemplate(SCHEME);
  const scoring = createScoring({ facts, appraisals, schemes: { scheme: () => Promise.resolve(scheme) } });
  const explain: PayoutParts['explain'] = (input) => scoring.explain(input);
  const parts = {
    runner,
    clock,
    log,
    read,
    cycles,
    appraisals,
    appeals,
    organisation,
    privacy,
    explain,
  };
  let ids = 0;
  const uuids = { uuid: () => `entropy-${(ids += 1)}` };
  const desk = createAppealDesk({ runner, ids: uuids, organisation, appraisals, cycles, facts, vault });
  const appealWork = createAppealWork({ runner, clock, ids: uuids, organisation, appraisals, amend: (input) => scoring.amend(input) });
  const payoutDesk = createPayoutDesk(parts);
  const payoutWork = createPayoutWork(parts);
  const { parked, projections, host } = consumers({ pool, log, registry, runner, clock, scoring, appraisals, appeals, organisation });
  let requests = 0;
  const as = (actor: SubjectId | ActorId): CommandContext => ({ now, actor, requestKey: `test-${(requests += 1)}` });
  const settled = async (): Promise<void> => {
    const { position } = await log.head();
    for (const projection of projections) await read.waitForProjection(projection, position, 20_000);
  };

  const publish = publisher({ runner, log, scoring, as });

  return {
    log,
    runner,
    read,
    payouts,
    appeals,
    appraisals,
    appealDecider,
    desk,
    appealWork,
    payoutDesk,
    depositDesk: createDepositDesk({
      ...parts,
      // Whoever is asked about has left.
      organisation: { ...organisation, person: () => Promise.resolve(undefined) },
      schemes: { scheme: () => Promise.resolve(scheme) },
      texts: { make: testText },
    }),
    payoutWork,
    plans: createCoachingReader(read),
    coachingDesk: createCoachingDesk({ runner, organisation }),
    coachingWork: createCoachingWork({ runner, clock }),
    parked,
    as,
    settled,
    publish,
    /** So many of the pool can be drawn. */
    pool: (people: number): void => void (pooled = people),
    low: (number: number): void => void low.add(rep(number)),
    held: (number: number, of: string, amount: string): void => void held.set(`${rep(number)} ${of}`, amount),
    setNow: (text: string): void => void (now = instant(text)),
    end: async (): Promise<void> => {
      await host.stop();
      await pool.end();
      await log.close();
      await db.drop();
    },
  };
}

interface Consuming {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly scoring: Scoring;
  readonly appraisals: AppraisalReader;
  readonly appeals: AppealReader;
  readonly organisation: OrganisationReader;
}

/** Nobody is asked about colleagues here. */
const NO_SCHEMES = { scheme: () => Promise.resolve(undefined) };
const NO_TEXTS = { open: () => Promise.resolve([]), forget: () => Promise.resolve() };

function consumers({ pool, log, registry, runner, clock, scoring, appraisals, appeals, organisation }: Consuming) {
  const explain: PayoutParts['explain'] = (input) => scoring.explain(input);
  const projections = [...cycleProjections, ...appraisalProjections, ...appealProjections, ...payoutProjections, ...coachingProjections];
  const parked: string[] = [];
  const host = createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields, message) => void parked.push(`${message} ${JSON.stringify(fields)}`),
    },
    consumers: (consumerParts) => [
      ...projections.map((projection) => projectionConsumer(projection, consumerParts)),
      ...[
        ...appraisalReactors({ scoring, schemes: NO_SCHEMES, texts: NO_TEXTS }),
        ...payoutReactors({ appraisals, appeals, explain }),
        ...coachingReactors({ appraisals, cycles, organisation }),
      ].map((reactor) => reactorConsumer(reactor, { runner, clock }, consumerParts)),
    ],
  });
  host.start();
  return { parked, projections, host };
}

interface Publishing {
  readonly runner: CommandRunner;
  readonly log: EventLog;
  readonly scoring: Scoring;
  readonly as: (actor: ActorId) => CommandContext;
}

/** One person's result from opening to publication, scored for real. */
function publisher({
  runner,
  log,
  scoring,
  as,
}: Publishing): (number: number, ratings: Ratings, by?: SubjectId, cycleId?: string) => Promise<string> {
  return async (number, ratings, by, cycleId = CYCLE) => {
    const subject = rep(number);
    const of = cycleId === NEXT_CYCLE ? NEXT_PERIOD : PERIOD;
    const appraisalId = appraisalIdOf(cycleId, subject);
    const system = actorId('system:test');
    const act = (command: AppraisalCommand, actor: ActorId) => runner.run(appraisalDecider, appraisalId, command, as(actor));
    await act(
      {
        type: 'OpenAppraisal',
        data: {
          cycleId,
          subject,
          cohort: 0,
          period: of,
          scheme: { schemeId: SCHEME, version: 1 },
          steps: [{ step: 'manager-review', reviewer: MANAGER }],
          parts: [{ part: 1, from: plainDay('2026-10-01'), to: plainDay('2026-10-31'), manager: MANAGER, workingDays: 18 }],
          unit: { department: 'Sales' },
        },
      },
      system,
    );
    await act({ type: 'SubmitManagerScore', data: { ratings } }, MANAGER);
    const { state } = await runner.load(appraisalDecider, appraisalId);
    if (state.status === 'none') throw new Error('not opened');
    const { position } = await log.head();
    const scored = (await scoring.score({ scheme: { schemeId: SCHEME, version: 1 }, period: of, appraisals: [state], asOf: position })).get(
      subject,
    );
    if (!scored) throw new Error('not scored');
    await act({ type: 'RecordScore', data: { result: scored.result, basis: scored.basis } }, system);
    const until = instant('2026-11-09T16:00:00.000Z');
    await act({ type: 'PublishAppraisal', data: { confirmUntil: until, appealUntil: until } }, by ?? system);
    return appraisalId;
  };
}

export type PayWorld = Awaited<ReturnType<typeof openPayWorld>>;
