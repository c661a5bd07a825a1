import { createHash, randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { actorId, type Clock, type Instant, instant, plainDay, type SubjectId, subjectId } from '#kernel';
import { appealEvents } from '#libs/appeal/contracts';
import { createCyclePhases, createCycleReader, createCycleStart, cycleProjections, cycleReactors } from '#libs/cycle';
import { cohortOf, cycleEvents } from '#libs/cycle/contracts';
import {
  type CommandContext,
  type CommandRunner,
  createInMemoryLog,
  createRunner,
  type EventLog,
  EventRegistry,
  type PersonalTextSealer,
} from '#libs/event-store';
import { factEvents, type FactsReader, type FactValue } from '#libs/facts/contracts';
import { leaderboardProjections } from '#libs/leaderboard';
import { BUILT_IN_METRICS, type MemberRow, type OrganisationReader } from '#libs/organisation/contracts';
import { targetEvents } from '#libs/targets/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { createConsumerHost, migrateReadModels, openReadDb, projectionConsumer, reactorConsumer, type ReadDb } from '#libs/projections';
import { type CompiledScheme, loadScheme, type SchemeReader, templateText } from '#libs/scheme';
import { createTestDatabase, openTestText, testText, trivialSealer } from '#libs/testing';
import { appraisalEvents } from './contracts';
import {
  type AppealOutcome,
  appraisalProjections,
  appraisalReactors,
  correctionReactors,
  createAppraisalActs,
  createAppraisalReader,
  createCycleSweeps,
  createRaters,
  createScoring,
} from './index';

/** A company without files: people, facts and scheme as values, everything else real (read models on PostgreSQL). */

const SCHEME = 'weighted-70-20-10';
export const HR = subjectId('0190a000-0000-7000-8000-00000000aaaa');
export const MANAGER = subjectId('0190a000-0000-7000-8000-00000000bbbb');
export const GENERAL_MANAGER = subjectId('0190a000-0000-7000-8000-00000000cccc');

export function rep(number: number): SubjectId {
  return subjectId(`0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`);
}

/** Facts of the first example of the template: 88.80 with the ratings below. */
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
  'pay.commission': '4000.00',
  'pay.deposit_held': '0',
};
export const RATINGS = { knowledge: '80', analysis: '90', communication: '70', adaptability: '80', diligence: '90' };

/** The scheme of a world: its text, and how it is called. */
export interface SchemeOfWorld {
  readonly id: string;
  readonly yaml: string;
}
const TEMPLATE: SchemeOfWorld = { id: SCHEME, yaml: templateText(SCHEME) };

type TextsOfWorld = PersonalTexts & PersonalTextSealer;

/** Sealed in name only. */
const PLAIN_TEXTS: TextsOfWorld = {
  ...trivialSealer,
  make: testText,
  open: (texts) => Promise.resolve(texts.map((text) => ({ kind: 'text' as const, text: openTestText(text) }))),
  forget: () => Promise.resolve(),
  lookupKey: (kind, value) => `${kind}:${value}`,
};

/** On the in-memory log and with `weighted-70-20-10` unless others are given. */
export async function openCycleWorld(
  people: number,
  log: EventLog = createInMemoryLog(),
  scheme: SchemeOfWorld = TEMPLATE,
  texts: TextsOfWorld = PLAIN_TEXTS,
) {
  const db = await createTestDatabase({ migrations: [migrateReadModels] });
  const pool = new Pool({ connectionString: db.applicationUrl, max: 12 });
  pool.on('error', () => undefined);
  let now: Instant = instant('2026-11-02T00:30:00.000Z');
  const clock: Clock = { now: () => now };
  const registry = new EventRegistry([...cycleEvents, ...appraisalEvents, ...appealEvents, ...factEvents, ...targetEvents]);
  const runner = createRunner({ log, registry, sealer: texts, fingerprintKey: new Uint8Array(32) });
  const read = openReadDb(pool);
  const services = servicesOver({ log, registry, runner, read, clock, company: fakeCompany(people), scheme, texts });
  const { scoring, schemes } = services;
  const projections = [...cycleProjections, ...appraisalProjections, ...leaderboardProjections];
  const { company, cycles, appraisals } = services;
  const correcting = correctionReactors({
    scoring,
    schemes,
    facts: company.facts,
    targets: { setBy: () => Promise.resolve([]) },
    cycles,
    appraisals,
    log,
    registry,
    waitsFor: [...cycleProjections, ...appraisalProjections],
  });
  const host = createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    consumers: (parts) => [
      ...projections.map((projection) => projectionConsumer(projection, parts)),
      ...[...cycleReactors(), ...appraisalReactors({ scoring, schemes, texts }), ...correcting].map((reactor) =>
        reactorConsumer(reactor, { runner, clock }, parts),
      ),
    ],
  });
  host.start();
  const reached = async (position: number): Promise<void> => {
    for (const projection of projections) await read.waitForProjection(projection, position, 20_000);
  };
  await reached(0);
  let requests = 0;
  return {
    log,
    registry,
    runner,
    read,
    ...services,
    setNow: (text: string): void => void (now = instant(text)),
    as: (subject: string): CommandContext => ({ now, actor: actorId(subject), requestKey: `test-${(requests += 1)}` }),
    /** Everything recorded so far is visible. */
    settled: async (): Promise<number> => {
      const { position } = await log.head();
      await reached(position);
      return position;
    },
    end: async (): Promise<void> => {
      await host.stop();
      await pool.end();
      await log.close();
      await db.drop();
    },
  };
}

interface Foundation {
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly runner: CommandRunner;
  readonly read: ReadDb;
  readonly clock: Clock;
  readonly company: ReturnType<typeof fakeCompany>;
  readonly scheme: SchemeOfWorld;
  readonly texts: TextsOfWorld;
}

function servicesOver({ log, registry, runner, read, clock, company, scheme, texts }: Foundation) {
  const { organisation, facts } = company;
  const cycles = createCycleReader(read);
  const appraisals = createAppraisalReader(read);
  const compiled = compiledScheme(scheme.yaml);
  const schemes = { scheme: (schemeId: string) => Promise.resolve(schemeId === scheme.id ? compiled : undefined) };
  const schemeVersions = versionsOf(scheme);
  const scoring = createScoring({ facts, schemes, appraisals });
  const nothing = { openCount: () => Promise.resolve(0), heldCount: () => Promise.resolve(0), batchesOf: () => Promise.resolve([]) };
  return {
    company,
    cycles,
    appraisals,
    scoring,
    schemes,
    start: createCycleStart({ runner, log, read, clock, organisation, cycles, appraisals, schemeVersions, schemes, waitsFor: [] }),
    phases: createCyclePhases({ runner, log, read, organisation, appraisals, appeals: nothing, payouts: nothing, settledBy: [] }),
    sweeps: createCycleSweeps({
      runner,
      log,
      registry,
      clock,
      read,
      cycles,
      organisation,
      appraisals,
      schemes,
      scoring,
      texts,
      waitsFor: [],
    }),
    acts: createAppraisalActs({ runner, log, cycles, organisation, schemes, scoring, texts, appeals: company.appeals }),
    raters: createRaters({ runner, cycles, organisation, schemes, texts, ids: { uuid: randomUUID } }),
  };
}

export type CycleWorld = Awaited<ReturnType<typeof openCycleWorld>>;

function compiledScheme(yaml: string): CompiledScheme {
  const loading = loadScheme(yaml);
  if (!loading.ok) throw new Error(`the scheme is broken: ${JSON.stringify(loading.problems)}`);
  return loading.scheme;
}

function versionsOf(scheme: SchemeOfWorld): SchemeReader {
  const row = schemeRow(scheme);
  return {
    versions: ({ schemeId } = {}) => Promise.resolve(schemeId === scheme.id ? [row] : []),
    version: (schemeId, version) => Promise.resolve(schemeId === scheme.id && version === 1 ? row : undefined),
  };
}

function schemeRow({ id, yaml }: SchemeOfWorld): Awaited<ReturnType<SchemeReader['versions']>>[number] {
  const yamlHash = createHash('sha256').update(yaml).digest('hex');
  const by = actorId(HR);
  const at = instant('2026-10-01T00:00:00.000Z');
  const title = { 'zh-CN': '方案', en: 'Scheme' };
  return {
    schemeId: id,
    version: 1,
    status: 'in-force',
    template: id,
    title,
    yaml,
    yamlHash,
    draftedBy: by,
    draftedAt: at,
    approvedBy: by,
    approvedAt: at,
    inForceAt: at,
    reviewOn: null,
    conclusion: null,
    reviewedAt: null,
  };
}

const no = (): never => {
  throw new Error('not part of this company');
};

function fakeOrganisation(rows: readonly MemberRow[], transfers: ReadonlyMap<SubjectId, MemberRow['stretches']>): OrganisationReader {
  return {
    members: ({ scope, cohort, afterSubject = '', limit }) =>
      Promise.resolve(
        rows
          .filter(({ subject }) => subject > afterSubject && (!cohort || cohortOf(subject, cohort.of) === cohort.index))
          .filter(({ subject }) => !scope.subjects || scope.subjects.includes(subject))
          .slice(0, limit)
          .map((row) => ({ ...row, stretches: transfers.get(row.subject) ?? [] })),
      ),
    countMembers: () => Promise.resolve({ members: rows.length - 1, excluded: [{ reason: 'no-manager', count: 1 }] }),
    person: no,
    people: (subjects) =>
      Promise.resolve(new Map(rows.filter(({ subject }) => subjects.includes(subject)).map((row) => [row.subject, row]))),
    list: ({ filter: { departments, roles } }) =>
      Promise.resolve(
        rows.filter(
          (row) =>
            (departments?.includes(row.department) ?? true) && (roles === undefined || row.roles.some((role) => roles.includes(role))),
        ),
      ),
    find: no,
    findByEmployeeNo: no,
    findByLogin: no,
    names: no,
    texts: no,
    lineAbove: (subject) => Promise.resolve(rows.flatMap((row) => (row.subject === subject && row.manager ? [row.manager] : []))),
    lineBelow: no,
    calendarOverrides: () => Promise.resolve([]),
    site: no,
    sites: no,
    declaredMetrics: no,
    imports: no,
  };
}

/** Reps 1 … n under one manager; rep 0 has none and is left out. */
function fakeCompany(people: number) {
  const rows: MemberRow[] = Array.from({ length: people + 1 }, (_, number) => {
    const unit = {
      roles: ['rep' as const],
      position: null,
      department: 'sales',
      team: number % 2 === 0 ? 'even' : 'odd',
      region: 'north',
      site: null,
    };
    const employed = { employedDays: 31, firstEmployedDay: plainDay('2026-10-01'), lastEmployedDay: plainDay('2026-10-31'), stretches: [] };
    return {
      subject: rep(number),
      ...unit,
      ...employed,
      manager: number === 0 ? null : MANAGER,
      excluded: number === 0 ? ('no-manager' as const) : null,
    };
  });
  /** By person, and by person and period where something is said of one alone. */
  const values = new Map<string, Record<string, string>>();
  const factOf = (subject: SubjectId, metric: string, period: string): FactValue => {
    const value = values.get(`${subject} ${period}`)?.[metric] ?? values.get(subject)?.[metric] ?? FACTS[metric];
    return value === undefined || value === 'missing'
      ? { kind: 'missing' }
      : { kind: 'value', value, combine: 'sum', positions: [1], factIds: [], from: 'facts' };
  };
  /** Whose facts the last import was about. */
  const touched = new Set<SubjectId>();
  /** Of which metric alone; of all where none is named. */
  let touchedMetric: string | undefined;
  const transfers = new Map<SubjectId, MemberRow['stretches']>();
  const organisation = fakeOrganisation(rows, transfers);
  const facts: FactsReader = {
    factsFor: ({ subjects, metrics, period }) =>
      Promise.resolve(
        new Map(subjects.map((subject) => [subject, new Map(metrics.map((metric) => [metric, factOf(subject, metric, period)]))])),
      ),
    unitFactsFor: no,
    importTouches: () => Promise.resolve({ first: plainDay('2026-07-01'), last: plainDay('2026-10-31') }),
    ownersTouched: ({ windows }) => {
      const isAbout = windows.some(({ metric }) => touchedMetric === undefined || metric === touchedMetric);
      return Promise.resolve({ subjects: isAbout ? touched : new Set<SubjectId>(), labels: new Set<string>() });
    },
    factsOf: no,
    fact: () => Promise.resolve(undefined),
    metrics: () => Promise.resolve(BUILT_IN_METRICS),
    import: no,
    imports: no,
  };
  const decided = new Map<string, AppealOutcome>();

  return {
    organisation,
    facts,
    appeals: { appeal: (id: string) => Promise.resolve(decided.get(id)) },
    touch: (...subjects: readonly SubjectId[]): void => {
      touched.clear();
      for (const subject of subjects) touched.add(subject);
    },
    touchMetric: (metric: string | undefined): void => void (touchedMetric = metric),
    transfer: (subject: SubjectId, stretches: MemberRow['stretches']): void => void transfers.set(subject, stretches),
    /** Where somebody stands, from now on. */
    place: (subject: SubjectId, unit: Partial<MemberRow>): void => {
      const at = rows.findIndex((row) => row.subject === subject);
      const row = rows[at];
      if (row) rows[at] = { ...row, ...unit };
    },
    decide: (appealId: string, outcome: AppealOutcome): void => void decided.set(appealId, outcome),
    set: (subject: SubjectId, changes: Record<string, string>, period?: string): void => {
      const key = period === undefined ? subject : `${subject} ${period}`;
      values.set(key, { ...values.get(key), ...changes });
    },
  };
}
