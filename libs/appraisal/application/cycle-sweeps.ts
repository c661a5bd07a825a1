import { type ActorId, actorId, type Clock, type Instant } from '#kernel';
import { dayAt, periodKind, periodWindow } from '#libs/calendar';
import {
  calendarOfCycle,
  type CycleReader,
  type CycleSweeps,
  type CycleView,
  endAfterPublication,
  type SweepCohort,
  type SweepProgress,
  type SweepResult,
} from '#libs/cycle/contracts';
import type { CommandRunner } from '#libs/event-store';
import { type MemberRow, ORGANISATION_READ_LIMITS, type OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { AnyProjection, ReadDb } from '#libs/projections';
import { type CompiledScheme, periodsPaidInstead, ratingLines, type SchemeSource } from '#libs/scheme';
import { type AppraisalCommand, appraisalIdOf, type AppraisalReader, type AppraisalView, STEPS, type Step } from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import { employeeOf } from '../domain/employee.policy';
import { partsOf, workingDaysBy } from '../domain/parts.policy';
import { lateRuleOf } from '../domain/review-chain.policy';
import { appraisalProjection } from '../read/appraisal.projection';
import { appraisalResultProjection } from '../read/appraisal-result.projection';
import { createChains } from './chains';
import { loadAppraisals, type LoadParts } from './load-appraisals';
import type { FrozenAt } from './ranking';
import { peerAnswersOf } from './peer-answers';
import { type Scoring, SchemeNotUsable } from './scoring.service';
import { SweepCount } from './sweep-count';

export const SWEEP_LIMITS = { page: 500, waitMs: 60_000 } as const;

const ACTOR: ActorId = actorId('system:cycle-sweep');

export interface SweepParts extends LoadParts {
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly read: ReadDb;
  readonly cycles: CycleReader;
  readonly organisation: OrganisationReader;
  readonly appraisals: AppraisalReader;
  readonly schemes: SchemeSource;
  readonly scoring: Scoring;
  /** Opens what peers answered when their step closes. */
  readonly texts: Pick<PersonalTexts, 'open'>;
  /** Read models of the organisation and of facts: a sweep waits until they have reached its position. */
  readonly waitsFor: readonly AnyProjection[];
}

/** A mass action without a cycle to act on: the read models are behind, so whoever asked tries again. */
export class CycleNotSeen extends Error {
  override readonly name = 'CycleNotSeen';
}

/** Everything one cohort's pages share. */
interface Sweep {
  readonly request: SweepCohort;
  readonly cycle: CycleView;
  readonly scheme: CompiledScheme;
  readonly parts: SweepParts;
  readonly now: Instant;
}

/** One person's place in a page: a command to run, or how they are accounted for without one. */
interface Task {
  readonly subject: AppraisalView['subject'];
  readonly command?: AppraisalCommand;
  readonly excluded?: string;
}

/** Handles a page; every one of its people is counted in `count`, as handled or excluded with a reason. */
type PageStep = (sweep: Sweep, page: readonly AppraisalView[], count: SweepCount) => Promise<void>;

/**
 * The mass actions of a cycle over one cohort, page by page (at most 500): read, decide with runner.runMany, count.
 * Request keys are `cycle-<id>/<phase>/<step>/<subject>/<round>`, so a page that comes again changes nothing.
 */
export function createCycleSweeps(parts: SweepParts): CycleSweeps {
  return {
    async sweepCohort(request, onProgress) {
      const sweep = await prepare(parts, request);
      return request.step === 'open' ? openCohort(sweep, onProgress) : overAppraisals(sweep, PAGE_STEPS[request.step], onProgress);
    },
  };
}

async function prepare(parts: SweepParts, request: SweepCohort): Promise<Sweep> {
  // Results too: places and earlier scores are read as of that position.
  for (const projection of ['cycle', appraisalProjection, appraisalResultProjection, ...parts.waitsFor]) {
    await parts.read.waitForProjection(projection, request.asOf, SWEEP_LIMITS.waitMs);
  }
  const cycle = await parts.cycles.cycle(request.cycleId);
  if (!cycle) throw new CycleNotSeen(request.cycleId);
  const scheme = await parts.schemes.scheme(cycle.scheme.schemeId, cycle.scheme.version);
  if (!scheme) throw new SchemeNotUsable(cycle.scheme);
  return { request, cycle, scheme, parts, now: parts.clock.now() };
}

/** Runs the tasks of a page and counts them; a refusal is a reason, not a failure. */
async function runTasks({ request, parts, now }: Sweep, purpose: string, tasks: readonly Task[], count: SweepCount): Promise<void> {
  const { cycleId, phase, round } = request;
  for (const { excluded, command } of tasks) {
    if (excluded !== undefined) count.exclude(excluded);
    else if (!command) count.handle();
  }
  const items = tasks.flatMap(({ subject, command, excluded }) =>
    command && excluded === undefined
      ? [{ id: appraisalIdOf(cycleId, subject), command, requestKey: `cycle-${cycleId}/${phase}/${purpose}/${subject}/${round}` }]
      : [],
  );
  const intent = { cycleId, phase, purpose, round };
  for (const outcome of await parts.runner.runMany(appraisalDecider, items, {
    now,
    actor: ACTOR,
    causationId: `cycle-${cycleId}`,
    intent,
  })) {
    if (outcome.kind === 'done') count.handle();
    else count.exclude(outcome.code.slice(outcome.code.indexOf('.') + 1));
  }
}

async function openCohort(sweep: Sweep, onProgress: (progress: SweepProgress) => void): Promise<SweepResult> {
  const { request, cycle, parts } = sweep;
  const { first: firstDay, last: lastDay } = periodWindow(cycle.period);
  const workingDays = workingDaysBy(await calendarOfCycle(cycle.calendar.region, parts.organisation));
  const setAside = new Set<string>(cycle.setAside.map(({ subject }) => subject));
  const others = await otherCycles(sweep);
  const instead = await cyclesPaidInstead(sweep);
  // The first round opens those whom the start counted; later rounds find who has joined since.
  const asOf = request.round === 0 ? cycle.membersAt : request.asOf;
  const count = new SweepCount(request.before);
  const { organisation } = parts;
  // Where managers rate nothing a transfer splits nothing.
  const isRated = cycle.phases.some(({ phase }) => phase === 'manager-review') && hasManagersLines(sweep);
  const chains = createChains({ organisation, scheme: sweep.scheme, kind: periodKind(cycle.period), day: lastDay, asOf });
  const openPage = async (rows: readonly MemberRow[]): Promise<void> => {
    const subjects = rows.map(({ subject }) => subject);
    const elsewhere = await parts.appraisals.inCycles({ cycleIds: others, subjects });
    const paid = await parts.appraisals.inCycles({ cycleIds: instead, subjects });
    await chains.load(rows.flatMap(({ manager, department }) => (manager === null ? [] : [{ manager, department }])));
    const tasks = rows.map((row): Task => {
      const { subject, excluded, manager } = row;
      if (excluded !== null || manager === null) return { subject, excluded: excluded ?? 'no-manager' };
      if (setAside.has(subject)) return { subject, excluded: 'set-aside-by-hr' };
      if (elsewhere.has(subject)) return { subject, excluded: 'in-other-cycle' };
      if (paid.has(subject)) return { subject, excluded: 'paid-in-other-period' };
      const employee = employeeOf(sweep.scheme.document, row);
      const split = isRated ? row.stretches : [];
      const periodParts = partsOf(split, { first: firstDay, last: lastDay, manager }, workingDays);
      const tasks = chains.tasksOf({ subject, manager, department: row.department, employee, parts: periodParts });
      const steps = tasks.filter(({ step }) => cycle.phases.some(({ phase }) => phase === step));
      const opening = { steps, parts: periodParts, ...(employee ? { employee } : {}) };
      return { subject, command: openCommand(cycle, request.cohort, row, opening) };
    });
    count.meet(rows.length);
    await runTasks(sweep, 'open', tasks, count);
    const last = rows.at(-1);
    if (last) onProgress({ ...count.result(), afterSubject: last.subject });
  };
  for (let afterSubject = request.afterSubject; ;) {
    // A cohort's members stand all over the company's lines, so each read looks through all of them: as few reads as may be.
    const rows = await parts.organisation.members({
      scope: cycle.scope,
      firstDay,
      lastDay,
      asOf,
      cohort: { index: request.cohort, of: cycle.cohorts },
      ...(afterSubject === undefined ? {} : { afterSubject }),
      limit: ORGANISATION_READ_LIMITS.page,
    });
    for (let first = 0; first < rows.length; first += SWEEP_LIMITS.page) await openPage(rows.slice(first, first + SWEEP_LIMITS.page));
    if (rows.length < ORGANISATION_READ_LIMITS.page) return count.result();
    afterSubject = rows.at(-1)?.subject;
  }
}

function hasManagersLines({ scheme, cycle }: Sweep): boolean {
  return ratingLines(scheme, periodKind(cycle.period), 'manager').length > 0;
}

type OpenData = Extract<AppraisalCommand, { type: 'OpenAppraisal' }>['data'];

function openCommand(
  { cycleId, period, scheme }: CycleView,
  cohort: number,
  { subject, department, team, region, site }: MemberRow,
  { steps, parts, employee }: Pick<OpenData, 'steps' | 'employee' | 'parts'>,
): AppraisalCommand {
  const unit = {
    department,
    ...(team === null ? {} : { team }),
    ...(region === null ? {} : { region }),
    ...(site === null ? {} : { site }),
  };
  const attributes = employee ? { employee } : {};
  return { type: 'OpenAppraisal', data: { cycleId, subject, cohort, period, scheme, steps, parts, unit, ...attributes } };
}

/** A person has one appraisal of a scheme in a period, whatever number of cycles there are. */
async function otherCycles({ cycle, parts }: Sweep): Promise<readonly string[]> {
  const { items } = await parts.cycles.cycles({ period: cycle.period, limit: 100 });
  return items
    .filter((other) => other.cycleId !== cycle.cycleId && other.status !== 'cancelled' && other.scheme.schemeId === cycle.scheme.schemeId)
    .map(({ cycleId }) => cycleId);
}

/** Cycles of the scheme over the same time that pay the same results: nobody is in both. */
async function cyclesPaidInstead({ cycle, scheme, parts }: Sweep): Promise<readonly string[]> {
  const periods = periodsPaidInstead(scheme, cycle.period);
  const cycles = periods.length === 0 ? [] : await parts.cycles.ofPeriods(periods);
  return cycles.filter((other) => other.scheme.schemeId === cycle.scheme.schemeId).map(({ cycleId }) => cycleId);
}

async function overAppraisals(sweep: Sweep, step: PageStep, onProgress: (progress: SweepProgress) => void): Promise<SweepResult> {
  const { request, parts } = sweep;
  const count = new SweepCount(request.before);
  for (let afterSubject = request.afterSubject; ;) {
    const page = await parts.appraisals.ofCycle({
      cycleId: request.cycleId,
      cohort: request.cohort,
      ...(afterSubject === undefined ? {} : { afterSubject }),
      limit: SWEEP_LIMITS.page,
    });
    count.meet(page.items.length);
    await step(sweep, page.items, count);
    if (page.next === undefined) return count.result();
    onProgress({ ...count.result(), afterSubject: page.next });
    afterSubject = page.next;
  }
}

const remindPage: PageStep = (sweep, page, count) => {
  const { phase } = sweep.request;
  const owes = (row: AppraisalView): boolean =>
    phase === 'confirmation' ? row.status === 'published' && row.response === 'none' : row.status === 'open' && row.currentStep === phase;
  return runTasks(
    sweep,
    'remind',
    page.map((row): Task => ({ subject: row.subject, ...(owes(row) ? {} : { excluded: 'nothing-owed' }) })),
    count,
  );
};

const closePage: PageStep = async (sweep, page, count) => {
  const { phase } = sweep.request;
  const step = STEPS.find((name) => name === phase);
  if (step) return closeStep(sweep, step, page, count);
  // The deadline as it stands now: the phase may have been extended since the results came out.
  const confirmUntil = sweep.cycle.phases.find((planned) => planned.phase === 'confirmation')?.closesAt;
  const tasks = page.map((row): Task => {
    const { subject } = row;
    if (row.status !== 'published' && row.status !== 'final') return { subject, excluded: 'not-published' };
    if (phase !== 'confirmation' || row.response !== 'none') return { subject };
    return { subject, command: { type: 'ConfirmResult', data: { how: 'by-silence', ...(confirmUntil ? { confirmUntil } : {}) } } };
  });
  return runTasks(sweep, 'close', tasks, count);
};

/** Skips what is overdue by the scheme's rule; after the last review step everyone whose steps are done is scored. */
async function closeStep(sweep: Sweep, step: Step, page: readonly AppraisalView[], count: SweepCount): Promise<void> {
  const { scheme, cycle, parts, now } = sweep;
  const { review } = scheme.document;
  const rank = STEPS.indexOf(step);
  const overdue = page.filter((row) => row.status === 'open' && row.currentStep !== null && STEPS.indexOf(row.currentStep) <= rank);
  const here = await parts.organisation.people(
    overdue.map(({ subject }) => subject),
    dayAt(now, cycle.calendar.zone),
  );
  const closing = new Set(overdue.map(({ subject }) => subject));
  const isLast = cycle.phases.every((planned) => STEPS.findIndex((name) => name === planned.phase) <= rank);
  const tasks = page.map(({ subject, status }): Task => {
    if (status === 'cancelled') return { subject, excluded: 'cancelled' };
    if (!closing.has(subject)) return { subject };
    const reason = here.has(subject) ? 'missed' : 'left';
    return { subject, command: { type: 'CloseAppraisalStep', data: { step, reason, rule: lateRuleOf(review, step) } } };
  });
  // Counted once, by the score: what is closed here is closed on the way to it.
  await runTasks(sweep, 'close', tasks, isLast ? new SweepCount() : count);
  await recordPeerAnswers(sweep, overdue);
  if (!isLast) return;
  await scorePage(sweep, page, count);
}

/** Once nobody answers any more: what colleagues said is recorded together. */
async function recordPeerAnswers(sweep: Sweep, page: readonly AppraisalView[]): Promise<void> {
  const asked = page.filter(({ steps }) => steps.some(({ group, state }) => group === 'peers' && state === 'open'));
  if (asked.length === 0) return;
  const loaded = await loadAppraisals(
    sweep.parts,
    asked.map(({ appraisalId }) => appraisalId),
  );
  const tasks: Task[] = [];
  for (const appraisal of loaded) {
    const command = appraisal.peerRound?.closed === true ? await peerAnswersOf(sweep.parts, appraisal) : undefined;
    if (command) tasks.push({ subject: appraisal.subject, command });
  }
  await runTasks(sweep, 'peer-answers', tasks, new SweepCount());
}

async function scorePage(sweep: Sweep, page: readonly AppraisalView[], count: SweepCount): Promise<void> {
  await runTasks(sweep, 'score', await scoreTasks(sweep, page), count);
}

/** Scores as of the sweep's position, so that the same page gives the same scores whenever it comes again. */
async function scoreTasks({ request, cycle, parts }: Sweep, page: readonly AppraisalView[]): Promise<readonly Task[]> {
  const loaded = await loadAppraisals(
    parts,
    page.map(({ appraisalId }) => appraisalId),
  );
  const ready = loaded.filter(
    ({ status, steps }) => (status === 'open' || status === 'scored') && steps.every(({ state }) => state !== 'open'),
  );
  const scored = await parts.scoring.score({ scheme: cycle.scheme, period: cycle.period, appraisals: ready, asOf: request.asOf });
  const states = new Map(loaded.map((appraisal) => [appraisal.subject, appraisal]));
  return page.map(({ subject }): Task => {
    const score = scored.get(subject);
    if (score) return { subject, command: { type: 'RecordScore', data: { result: score.result, basis: score.basis } } };
    const state = states.get(subject);
    if (state?.status === 'cancelled') return { subject, excluded: 'cancelled' };
    return state?.steps.some(({ state: open }) => open === 'open') ? { subject, excluded: 'on-hold' } : { subject };
  });
}

/** Who has no score, or one with errors, is scored again: facts may have come since. */
function toScoreAgain(page: readonly AppraisalView[]): readonly AppraisalView[] {
  return page.filter(({ status, errors }) => status === 'open' || (status === 'scored' && errors.length > 0));
}

/** Before places are given: everyone who can have a score has one. */
const scoreAgainPage: PageStep = async (sweep, page, count) => {
  const again = toScoreAgain(page);
  const tasks = new Map((await scoreTasks(sweep, again)).map((task) => [task.subject, task]));
  await runTasks(
    sweep,
    'score-again',
    page.map(({ subject }): Task => tasks.get(subject) ?? { subject }),
    count,
  );
};

/** Everyone with a score gets their place among all who have one at the sweep's position, and what follows from it. */
const rankPage: PageStep = async (sweep, page, count) => {
  const { request, cycle, parts } = sweep;
  const frozen = { cycleId: cycle.cycleId, position: request.asOf };
  await runTasks(sweep, 'rank', await rankTasks(sweep, page, frozen, parts), count);
};

async function rankTasks({ cycle }: Sweep, page: readonly AppraisalView[], frozen: FrozenAt, parts: SweepParts): Promise<readonly Task[]> {
  const loaded = await loadAppraisals(
    parts,
    page.map(({ appraisalId }) => appraisalId),
  );
  const ready = loaded.filter(({ status }) => status === 'scored');
  const ranked = await parts.scoring.rank({ scheme: cycle.scheme, period: cycle.period, appraisals: ready, frozen });
  const scored = new Set(ready.filter(({ score }) => score?.result.errors.length === 0).map(({ subject }) => subject));
  return page.map(({ subject }): Task => {
    const place = ranked.get(subject);
    if (place) return { subject, command: { type: 'RecordScore', data: { result: place.result, basis: place.basis } } };
    return scored.has(subject) ? { subject } : { subject, excluded: 'no-score' };
  });
}

/**
 * Publishes everyone with a score. Who has none or one with errors is scored again first: facts may have come since. Where
 * people are ranked the group is frozen by now: who got a score since is placed against it.
 */
const publishPage: PageStep = async (sweep, page, count) => {
  const { cycle, parts } = sweep;
  const calendar = await calendarOfCycle(cycle.calendar.region, parts.organisation);
  const appealUntil = endAfterPublication(cycle, 'appeals', calendar) ?? sweep.now;
  const confirmUntil = endAfterPublication(cycle, 'confirmation', calendar) ?? appealUntil;
  const again = toScoreAgain(page);
  const onHold = new Set<string>();
  if (again.length > 0) {
    const tasks = await scoreTasks(sweep, again);
    for (const { subject, excluded } of tasks) if (excluded === 'on-hold') onHold.add(subject);
    await runTasks(sweep, 'rescore', tasks, new SweepCount());
  }
  if (cycle.rankedAt !== null) {
    const frozen = { cycleId: cycle.cycleId, position: cycle.rankedAt };
    await runTasks(sweep, 'rank-late', await rankTasks(sweep, page, frozen, parts), new SweepCount());
  }
  const command: AppraisalCommand = { type: 'PublishAppraisal', data: { confirmUntil, appealUntil } };
  await runTasks(
    sweep,
    'publish',
    page.map(({ subject, status }): Task => {
      if (status === 'published' || status === 'final') return { subject };
      return onHold.has(subject) ? { subject, excluded: 'on-hold' } : { subject, command };
    }),
    count,
  );
};

const finalisePage: PageStep = (sweep, page, count) =>
  runTasks(
    sweep,
    'finalise',
    page.map(({ subject }): Task => ({ subject, command: { type: 'FinaliseAppraisal', data: {} } })),
    count,
  );

const cancelPage: PageStep = (sweep, page, count) =>
  runTasks(
    sweep,
    'cancel',
    page.map(({ subject }): Task => ({ subject, command: { type: 'CancelAppraisal', data: { reason: 'cycle-cancelled' } } })),
    count,
  );

const PAGE_STEPS: Readonly<Record<Exclude<SweepCohort['step'], 'open'>, PageStep>> = {
  remind: remindPage,
  close: closePage,
  score: scoreAgainPage,
  rank: rankPage,
  publish: publishPage,
  finalise: finalisePage,
  cancel: cancelPage,
};
