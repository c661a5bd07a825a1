import { type Clock, type Instant, Rejection, type SubjectId, derivedUuid } from '#kernel';
import { dayAt, flaggedYears, periodKind, periodWindow } from '#libs/calendar';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CommandContext, CommandResult, CommandRunner, SequencedLog } from '#libs/event-store';
import type { MemberRow, MembersQuery, OrganisationReader } from '#libs/organisation/contracts';
import type { AnyProjection, ReadDb } from '#libs/projections';
import {
  type CompiledScheme,
  paysIn,
  periodsPaidInstead,
  ranksPeople,
  type SchemeReader,
  type SchemeSource,
  stepsAsked,
} from '#libs/scheme';
import type { ScheduleEntry } from '#libs/scheme/contracts';
import {
  calendarOfCycle,
  cohortsFor,
  type CycleReader,
  EXCLUSION_REASONS,
  type ExclusionReason,
  type PhasePlan,
  type StartCycle,
  type StartCycleInput,
} from '../contracts';
import { cycleDecider } from '../domain/cycle.decider';
import type { Cycle } from '../domain/cycle.state';
import { planOf } from '../domain/plan.policy';
import { planWindows } from '../domain/window-plan.policy';

export const CYCLE_START_LIMITS = { page: 500, waitMs: 10_000 } as const;

export interface CycleStartParts {
  readonly runner: CommandRunner;
  readonly log: Pick<SequencedLog, 'head'>;
  readonly read: ReadDb;
  readonly clock: Clock;
  readonly organisation: OrganisationReader;
  readonly cycles: CycleReader;
  readonly appraisals: Pick<AppraisalReader, 'inCycles'>;
  readonly schemeVersions: SchemeReader;
  readonly schemes: SchemeSource;
  /** Read models of the organisation: membership is taken once they have reached the head of the log. */
  readonly waitsFor: readonly AnyProjection[];
}

/** A cycle can't start with any of these; each names the place and never a person. */
export interface PreviewError {
  readonly code:
    | 'unknown-scheme'
    | 'scheme-not-in-force'
    | 'unsupported-period'
    | 'no-schedule'
    | 'step-without-phase'
    | 'no-publication'
    | 'unknown-zone'
    | 'nobody-in-scope';
  readonly detail?: string;
}

export interface CyclePreview {
  readonly scheme: { readonly schemeId: string; readonly version: number } | null;
  /** Each with the days asked for, the days it got, and every reason between them. */
  readonly phases: readonly PhasePlan[];
  readonly members: number;
  readonly excluded: readonly { readonly reason: ExclusionReason; readonly count: number }[];
  readonly cohorts: number;
  /** The scheme places people among each other. */
  readonly ranked: boolean;
  /** Log position of the organisation that was looked at. */
  readonly membersAt: number;
  readonly calendar: { readonly region: string; readonly version: string; readonly zone: string };
  /** Years beyond the table of official days: Monday to Friday for now. */
  readonly flaggedYears: readonly string[];
  readonly errors: readonly PreviewError[];
}

export interface PreviewPerson {
  readonly subject: SubjectId;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly manager: SubjectId | null;
  /** Null for those who are in. */
  readonly reason: ExclusionReason | null;
}

export interface PeoplePage {
  readonly which: 'in' | 'out';
  readonly reason?: ExclusionReason;
  readonly afterSubject?: SubjectId;
  readonly limit: number;
}

export interface CycleStart {
  preview(input: StartCycleInput): Promise<CyclePreview>;
  /**
   * Who is in (`in`), or who is not and why (`out`), for one reason alone where it is given; by subject id, at most 500 a page.
   * A page may be short before the last.
   */
  people(input: StartCycleInput, page: PeoplePage): Promise<{ readonly items: readonly PreviewPerson[]; readonly next?: SubjectId }>;
  /** Thrown: Rejection `cycle.can-not-start` with the codes of the preview's errors. The cycle's id follows from the request key. */
  start(input: StartCycleInput, context: CommandContext): Promise<CommandResult & { readonly cycleId: string }>;
}

export function createCycleStart(parts: CycleStartParts): CycleStart {
  return {
    preview: (input) => preview(parts, input),
    people: (input, page) => people(parts, input, page),
    start: (input, context) => start(parts, input, context),
  };
}

/** What the derivations share. */
interface Frame {
  readonly input: StartCycleInput;
  readonly membersAt: number;
  readonly query: Omit<MembersQuery, 'limit' | 'afterSubject'>;
  /** Cycles of the scheme for this period. */
  readonly others: readonly string[];
  /** Cycles of the scheme over the same time that pay the same results. */
  readonly instead: readonly string[];
}

async function frameOf(parts: CycleStartParts, input: StartCycleInput): Promise<Frame> {
  const { position: membersAt } = await parts.log.head();
  for (const projection of parts.waitsFor) await parts.read.waitForProjection(projection, membersAt, CYCLE_START_LIMITS.waitMs);
  const { first, last } = periodWindow(input.period);
  const { items } = await parts.cycles.cycles({ period: input.period, limit: 100 });
  const others = items
    .filter(({ status, scheme }) => status !== 'cancelled' && scheme.schemeId === input.schemeId)
    .map(({ cycleId }) => cycleId);
  const instead = await paidInstead(parts, input);
  return { input, membersAt, query: { scope: input.scope, firstDay: first, lastDay: last, asOf: membersAt }, others, instead };
}

async function paidInstead(parts: CycleStartParts, input: StartCycleInput): Promise<readonly string[]> {
  const found = await schemeFor(parts, input, []);
  const periods = found ? periodsPaidInstead(found.compiled, input.period) : [];
  if (periods.length === 0) return [];
  const cycles = await parts.cycles.ofPeriods(periods);
  return cycles.filter(({ scheme }) => scheme.schemeId === input.schemeId).map(({ cycleId }) => cycleId);
}

async function preview(parts: CycleStartParts, input: StartCycleInput): Promise<CyclePreview> {
  const frame = await frameOf(parts, input);
  const now = parts.clock.now();
  const calendar = await calendarOfCycle(input.calendarRegion, parts.organisation);
  const errors: PreviewError[] = [];
  const found = await schemeFor(parts, input, errors);
  const zoneIsKnown = knowsZone(now, input.zone);
  if (!zoneIsKnown) errors.push({ code: 'unknown-zone' });
  const schedule = found && scheduleOf(found.compiled, input, errors);
  const phases =
    schedule && zoneIsKnown
      ? planWindows({
          period: input.period,
          schedule: schedule.entries,
          calendar,
          zone: input.zone,
          startedAt: now,
          dayLengthMs: input.dayLengthMs,
        }).filter(({ phase }) => schedule.phases.has(phase))
      : [];
  const { members, excluded } = await countPeople(parts, frame);
  if (members === 0) errors.push({ code: 'nobody-in-scope' });
  const windows = phases.flatMap(({ derivation }) =>
    derivation?.shiftedFirst && derivation.shiftedLast ? [{ first: derivation.shiftedFirst, last: derivation.shiftedLast }] : [],
  );
  return {
    scheme: found ? { schemeId: input.schemeId, version: found.version } : null,
    phases,
    members,
    excluded,
    cohorts: cohortsFor(members),
    ranked: found !== undefined && ranksPeople(found.compiled, periodKind(input.period)),
    membersAt: frame.membersAt,
    calendar: { region: input.calendarRegion, version: calendar.version, zone: input.zone },
    flaggedYears: [...new Set(windows.flatMap((window) => flaggedYears(window, calendar)))],
    errors,
  };
}

function knowsZone(now: Instant, zone: string): boolean {
  try {
    dayAt(now, zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

async function schemeFor(
  { schemeVersions, schemes }: CycleStartParts,
  { schemeId, schemeVersion }: StartCycleInput,
  errors: PreviewError[],
): Promise<{ readonly version: number; readonly compiled: CompiledScheme } | undefined> {
  const versions = await schemeVersions.versions({ schemeId });
  const row = versions.find(({ version, status }) => (schemeVersion === undefined ? status === 'in-force' : version === schemeVersion));
  if (!row) {
    errors.push({ code: versions.length === 0 ? 'unknown-scheme' : 'scheme-not-in-force' });
    return undefined;
  }
  if (row.status !== 'in-force' && row.status !== 'superseded') {
    errors.push({ code: 'scheme-not-in-force', detail: row.status });
    return undefined;
  }
  const compiled = await schemes.scheme(schemeId, row.version);
  if (compiled) return { version: row.version, compiled };
  errors.push({ code: 'unknown-scheme' });
  return undefined;
}

/** What is laid out, and the phases of it that this kind of period has. */
interface Schedule {
  readonly entries: readonly ScheduleEntry[];
  readonly phases: ReadonlySet<string>;
}

function scheduleOf(scheme: CompiledScheme, { period }: StartCycleInput, errors: PreviewError[]): Schedule | undefined {
  const { document, plans } = scheme;
  const kind = periodKind(period);
  if (!plans[kind]) {
    errors.push({ code: 'unsupported-period', detail: kind });
    return undefined;
  }
  const schedule = document.schedule[kind];
  if (!schedule) {
    errors.push({ code: 'no-schedule', detail: kind });
    return undefined;
  }
  const phases = new Set<string>(schedule.map(({ phase }) => phase));
  const { steps, missing } = stepsAsked(scheme, kind);
  for (const step of missing) errors.push({ code: 'step-without-phase', detail: step });
  if (!phases.has('publication')) errors.push({ code: 'no-publication' });
  if (errors.some(({ code }) => code === 'step-without-phase' || code === 'no-publication')) return undefined;
  const isUsed = (phase: string): boolean =>
    phase === 'payout' ? paysIn(scheme, kind) : !isStep(phase) || steps.some((step) => step === phase);
  return { entries: schedule, phases: new Set([...phases].filter(isUsed)) };
}

const REVIEW_STEPS: ReadonlySet<string> = new Set(['self-review', 'manager-review', 'second-review']);

function isStep(phase: string): boolean {
  return REVIEW_STEPS.has(phase);
}

/** Counted by the database, except for those who have to be looked up one page at a time: set aside, or in another cycle. */
async function countPeople(parts: CycleStartParts, frame: Frame): Promise<Pick<CyclePreview, 'members' | 'excluded'>> {
  const counted = await parts.organisation.countMembers(frame.query);
  const reasons = new Map<ExclusionReason, number>(counted.excluded.map(({ reason, count }) => [reason, count]));
  let { members } = counted;
  const move = (reason: ExclusionReason): void => {
    members -= 1;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  };
  if (frame.others.length + frame.instead.length > 0) {
    for await (const person of everyone(parts, frame, {})) if (isByHand(person.reason)) move(person.reason);
  } else if (frame.input.setAside.length > 0) {
    const aside = frame.input.setAside.map(({ subject }) => subject);
    const { subjects } = frame.query.scope;
    const scope = { ...frame.query.scope, subjects: subjects ? aside.filter((subject) => subjects.includes(subject)) : aside };
    const rows = scope.subjects.length === 0 ? [] : await parts.organisation.members({ ...frame.query, scope, limit: 1_000 });
    for (const { excluded } of rows) if (excluded === null) move('set-aside-by-hr');
  }
  const excluded = EXCLUSION_REASONS.flatMap((reason) => {
    const count = reasons.get(reason) ?? 0;
    return count > 0 ? [{ reason, count }] : [];
  });
  return { members, excluded };
}

/** Reasons that the organisation knows nothing of. */
function isByHand(reason: ExclusionReason | null): reason is 'set-aside-by-hr' | 'in-other-cycle' | 'paid-in-other-period' {
  return reason === 'set-aside-by-hr' || reason === 'in-other-cycle' || reason === 'paid-in-other-period';
}

async function* everyone(
  parts: CycleStartParts,
  frame: Frame,
  options: { readonly withOutOfScope?: boolean; readonly after?: SubjectId },
): AsyncGenerator<PreviewPerson> {
  const { withOutOfScope = false, after } = options;
  for (let afterSubject = after; ;) {
    const rows = await parts.organisation.members({
      ...frame.query,
      withOutOfScope,
      ...(afterSubject === undefined ? {} : { afterSubject }),
      limit: CYCLE_START_LIMITS.page,
    });
    const subjects = rows.map(({ subject }) => subject);
    const elsewhere = await parts.appraisals.inCycles({ cycleIds: frame.others, subjects });
    const paid = await parts.appraisals.inCycles({ cycleIds: frame.instead, subjects });
    for (const row of rows) yield personOf(row, frame, { elsewhere, paid });
    afterSubject = rows.at(-1)?.subject;
    if (rows.length < CYCLE_START_LIMITS.page || afterSubject === undefined) return;
  }
}

interface Taken {
  readonly elsewhere: ReadonlySet<SubjectId>;
  readonly paid: ReadonlySet<SubjectId>;
}

function takenFor(subject: SubjectId, { elsewhere, paid }: Taken): ExclusionReason | null {
  if (elsewhere.has(subject)) return 'in-other-cycle';
  return paid.has(subject) ? 'paid-in-other-period' : null;
}

function personOf(row: MemberRow, { input }: Frame, taken: Taken): PreviewPerson {
  const { subject, department, team, region, manager, excluded } = row;
  const aside = input.setAside.some((item) => item.subject === subject);
  const reason = excluded ?? (aside ? 'set-aside-by-hr' : takenFor(subject, taken));
  return { subject, department, team, region, manager, reason };
}

async function people(
  parts: CycleStartParts,
  input: StartCycleInput,
  { which, reason, afterSubject, limit }: PeoplePage,
): Promise<{ readonly items: readonly PreviewPerson[]; readonly next?: SubjectId }> {
  const frame = await frameOf(parts, input);
  const size = Math.min(Math.max(limit, 1), CYCLE_START_LIMITS.page);
  const items: PreviewPerson[] = [];
  const options = { withOutOfScope: which === 'out', ...(afterSubject === undefined ? {} : { after: afterSubject }) };
  for await (const person of everyone(parts, frame, options)) {
    if ((person.reason === null) !== (which === 'in') || (reason !== undefined && person.reason !== reason)) continue;
    const last = items.at(-1);
    if (items.length === size && last) return { items, next: last.subject };
    items.push(person);
  }
  return { items };
}

async function start(
  parts: CycleStartParts,
  input: StartCycleInput,
  context: CommandContext,
): Promise<CommandResult & { readonly cycleId: string }> {
  const cycleId = derivedUuid('cycle', context.requestKey);
  const { state } = await parts.runner.load(cycleDecider, cycleId);
  const data = state.status === 'none' ? await startData(parts, input, cycleId) : startedData(state);
  const result = await parts.runner.run(cycleDecider, cycleId, { type: 'StartCycle', data }, { ...context, intent: input });
  return { ...result, cycleId };
}

/** What a cycle was started with: said again it is known by its intent, or refused as started otherwise. */
function startedData({ terms, phases }: Cycle): StartCycle['data'] {
  const { dayLengthMs, ranked, startedAt: _startedAt, ...rest } = terms;
  return {
    ...rest,
    phases: phases.map(planOf),
    ...(ranked ? { ranked } : {}),
    ...(dayLengthMs === undefined ? {} : { dayLengthMs }),
  };
}

async function startData(parts: CycleStartParts, input: StartCycleInput, cycleId: string): Promise<StartCycle['data']> {
  const { scheme, phases, errors, members, excluded, cohorts, ranked, membersAt, calendar } = await preview(parts, input);
  if (errors.length > 0 || !scheme) throw new Rejection('cycle.can-not-start', { errors: errors.map(({ code }) => code) });
  const { name, period, scope, setAside, dayLengthMs } = input;
  const shortened = { ...(ranked ? { ranked } : {}), ...(dayLengthMs === undefined ? {} : { dayLengthMs }) };
  return { cycleId, name, period, scheme, scope, setAside, membersAt, members, excluded, cohorts, phases, calendar, ...shortened };
}
