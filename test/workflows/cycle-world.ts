import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  type CloseCause,
  type CohortRequest,
  type CommandOutcome,
  type CycleActivities,
  type CycleBatchActivities,
  type CyclePhase,
  cycleWorkflowId,
  RECORDED_SIGNAL,
  type RecordedCycle,
  type RecordedPhase,
  type RecordedSignal,
  type SweepCount,
  WORKFLOW_TASK_TIMEOUT_MS,
  WORKFLOW_TYPES,
} from '#workflows/contracts';
import { lastEvents, withWorker } from './temporal-world';

export const DAY_MS = 24 * 60 * 60 * 1_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface CycleWorldOptions {
  readonly phases?: readonly CyclePhase[];
  readonly cohorts?: number;
  readonly remindDay?: number;
  /** Days that each review lasts. */
  readonly reviewDays?: number;
  readonly membersOfCohort?: number;
  /** Real milliseconds where time is not skipped. */
  readonly dayMs?: number;
}

/**
 * Stands in for the log and the services behind the activities: refuses what the decider of a cycle refuses, keeps what
 * was recorded with the time of the server, and sends a signal after each event of another than the workflow itself.
 */
export class CycleWorld {
  readonly events: { readonly type: string; readonly at: number; readonly detail: string }[] = [];
  readonly keys: string[] = [];
  readonly cohortCalls: CohortRequest[] = [];
  position = 0;
  refusals: string[] = [];
  /** Set to change what a cohort does. */
  onCohort: ((request: CohortRequest) => Promise<SweepCount> | undefined) | undefined;
  cycle: Mutable<RecordedCycle>;
  private readonly answered = new Map<string, CommandOutcome>();

  constructor(
    private readonly environment: TestWorkflowEnvironment,
    readonly cycleId: string,
    readonly startMs: number,
    private readonly options: CycleWorldOptions = {},
  ) {
    const {
      phases = ['self-review', 'manager-review', 'publication', 'confirmation', 'appeals', 'payout'],
      reviewDays = 3,
      remindDay = 2,
    } = options;
    let day = 0;
    const planned: RecordedPhase[] = [];
    let publishedOn = 0;
    for (const phase of phases) {
      const after = ['confirmation', 'appeals', 'payout'].includes(phase);
      const [from, days] = after ? [publishedOn, phase === 'payout' ? 10 : 5] : [day, phase === 'publication' ? 1 : reviewDays];
      if (!after) day += days;
      if (phase === 'publication') publishedOn = from;
      planned.push({
        phase,
        opensAt: this.instant(from),
        closesAt: this.instant(from + days),
        remindAt: after || phase === 'publication' ? [] : [this.instant(from + remindDay)],
        opened: false,
        completed: false,
        closed: null,
      });
    }
    this.cycle = {
      status: 'running',
      region: 'CN',
      phases: planned,
      sweeps: [],
      published: false,
      payoutStarted: false,
      unsettled: null,
      dayLengthMs: null,
    };
  }

  get workflowId(): string {
    return cycleWorkflowId(this.cycleId);
  }

  instant(day: number): string {
    return new Date(this.startMs + day * (this.options.dayMs ?? DAY_MS)).toISOString();
  }

  /** `<days since the start> <what>` of each event, in order. */
  get story(): readonly string[] {
    return this.events.map(
      ({ type, at, detail }) => `${Math.round(((at - this.startMs) / DAY_MS) * 100) / 100} ${type}${detail === '' ? '' : ` ${detail}`}`,
    );
  }

  async start(historyEvents?: number) {
    return this.environment.client.workflow.start(WORKFLOW_TYPES.appraisalCycle, {
      taskQueue: this.cycleId,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT_MS,
      workflowId: this.workflowId,
      args: [historyEvents === undefined ? { cycleId: this.cycleId } : { cycleId: this.cycleId, historyEvents }],
    });
  }

  /** Runs `work` with a worker of this cycle's own; says what happened until then when it fails. */
  async atWork<T>(work: () => Promise<T>, activities: object = this.activities): Promise<T> {
    try {
      return await withWorker(this.environment.nativeConnection, this.cycleId, activities, work);
    } catch (error) {
      throw new Error(
        `after ${this.story.join('; ')}; refused: ${this.refusals.join(', ')}; ${await lastEvents(this.environment, this.workflowId)}`,
        { cause: error },
      );
    }
  }

  /** Something that a person or a reactor recorded; `silent` leaves the signal to the bridge's next delivery. */
  async record(type: string, change: Partial<RecordedCycle>, detail = '', silent = false): Promise<RecordedSignal> {
    this.append(type, await this.environment.currentTimeMs(), change, detail);
    const signal = { epoch: 1, position: this.position, type, data: { cycleId: this.cycleId } };
    if (!silent) await this.deliver(signal);
    return signal;
  }

  async deliver(signal: RecordedSignal): Promise<void> {
    await this.environment.client.workflow.getHandle(this.workflowId).signal(RECORDED_SIGNAL, signal);
  }

  withPhase(phase: CyclePhase, change: Partial<RecordedPhase>): Partial<RecordedCycle> {
    return { phases: this.cycle.phases.map((planned) => (planned.phase === phase ? { ...planned, ...change } : planned)) };
  }

  phase(phase: CyclePhase): RecordedPhase {
    const found = this.cycle.phases.find((planned) => planned.phase === phase);
    if (!found) throw new Error(`no phase ${phase}`);
    return found;
  }

  private append(type: string, at: number, change: Partial<RecordedCycle>, detail = ''): void {
    this.position += 1;
    this.events.push({ type, at, detail });
    this.cycle = { ...this.cycle, ...change };
  }

  /** A known request key is answered as before; a refusal records no key. */
  private async command(key: string, decide: (now: number) => string | undefined): Promise<CommandOutcome> {
    const known = this.answered.get(key);
    if (known) return known;
    const code = decide(await this.environment.currentTimeMs());
    if (code !== undefined) {
      this.refusals.push(code);
      return { kind: 'refused', code };
    }
    this.keys.push(key);
    this.answered.set(key, { kind: 'done' });
    return { kind: 'done' };
  }

  private closeRefusal(phase: RecordedPhase, cause: CloseCause, now: number): string | undefined {
    if (this.cycle.status !== 'running') return 'cycle.not-running';
    if (cause === 'deadline' && now < Date.parse(phase.closesAt)) return 'cycle.deadline-not-reached';
    if (cause === 'all-done' && !phase.completed) return 'cycle.not-all-done';
    return undefined;
  }

  readonly activities: CycleActivities & CycleBatchActivities = {
    loadCycle: async () => this.cycle,
    openCyclePhase: ({ phase, requestKey }) =>
      this.command(requestKey, (now) => {
        if (this.cycle.status !== 'running') return 'cycle.not-running';
        this.append('CyclePhaseOpened', now, this.withPhase(phase, { opened: true }), phase);
        return undefined;
      }),
    closeCyclePhase: ({ phase, cause, requestKey }) =>
      this.command(requestKey, (now) => {
        const refused = this.closeRefusal(this.phase(phase), cause, now);
        if (refused === undefined) this.append('CyclePhaseClosed', now, this.withPhase(phase, { closed: cause }), `${phase} ${cause}`);
        return refused;
      }),
    publishCycle: ({ requestKey }) =>
      this.command(requestKey, (now) => {
        this.append('CyclePublished', now, { published: true, unsettled: { openAppeals: 0, heldLines: 0, unpaidBatches: 0 } });
        return undefined;
      }),
    startPayout: ({ requestKey }) =>
      this.command(requestKey, (now) => {
        this.append('PayoutStarted', now, { payoutStarted: true });
        return undefined;
      }),
    closeCycle: ({ requestKey }) =>
      this.command(requestKey, (now) => {
        this.append('CycleClosed', now, { status: 'closed' });
        return undefined;
      }),
    planSweep: async () => ({ cohorts: this.options.cohorts ?? 2, asOf: this.position }),
    recordSweep: ({ phase, step, round, members, handled, excluded, requestKey }) =>
      this.command(requestKey, (now) => {
        if (this.cycle.status === 'cancelled' && step !== 'cancel') return 'cycle.not-running';
        const reasons = excluded.map(({ reason, count }) => ` ${reason}=${count}`).join('');
        this.append(
          'CycleSweepRecorded',
          now,
          { sweeps: [...this.cycle.sweeps, { phase, step, round }] },
          `${phase} ${step} ${round} ${handled}/${members}${reasons}`,
        );
        return undefined;
      }),
    sweepCohort: async (request) => {
      this.cohortCalls.push(request);
      const members = this.options.membersOfCohort ?? 10;
      return (await this.onCohort?.(request)) ?? { members, handled: members - 1, excluded: [{ reason: 'left', count: 1 }] };
    },
  };
}
