import { Rejection } from '#kernel';
import type { AppealReader } from '#libs/appeal/contracts';
import type { AppraisalReader } from '#libs/appraisal/contracts';
import type { CommandContext, CommandResult, CommandRunner, SequencedLog } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PayoutReader } from '#libs/payout/contracts';
import type { ReadDb } from '#libs/projections';
import { calendarOfCycle, endAfterPublication, type Phase } from '../contracts';
import { cycleDecider } from '../domain/cycle.decider';
import { viewOf } from '../read/cycle.reader';

const WAIT_MS = 60_000;
const SETTLE_WAIT_MS = 2_000;
const PAID_STAGES: ReadonlySet<string> = new Set(['released', 'acknowledged', 'cancelled']);

export interface CyclePhasesParts {
  readonly runner: CommandRunner;
  readonly log: Pick<SequencedLog, 'head'>;
  readonly read: ReadDb;
  readonly organisation: Pick<OrganisationReader, 'calendarOverrides'>;
  readonly appraisals: Pick<AppraisalReader, 'countResults'>;
  readonly appeals: Pick<AppealReader, 'openCount'>;
  readonly payouts: Pick<PayoutReader, 'heldCount' | 'batchesOf'>;
  /**
   * Read models and reactors, by name, that the closing waits for, step after step: those of each step reach the head
   * that the log has when the step begins, since what an earlier one answered is for the next to see.
   */
  readonly settledBy: readonly (readonly string[])[];
}

/** Steps of a cycle whose command holds something derived: for the workflow's activities and for HR by hand. */
export interface CyclePhases {
  /** A phase that counts its days from publication ends as many days after it. */
  open(cycleId: string, phase: Phase, context: CommandContext): Promise<CommandResult>;
  /** Counts what the publishing sweep has published, once the read models have seen all of it. */
  publish(cycleId: string, context: CommandContext): Promise<CommandResult>;
  /** Thrown: Rejection `cycle.appeals-open`, `cycle.lines-held`, `cycle.payouts-unpaid`; ProjectionError while others lag, to be tried again. */
  close(cycleId: string, context: CommandContext): Promise<CommandResult>;
}

export function createCyclePhases(parts: CyclePhasesParts): CyclePhases {
  const { runner } = parts;
  return {
    async open(cycleId, phase, context) {
      const { state, version } = await runner.load(cycleDecider, cycleId);
      if (state.status === 'none') throw new Rejection('cycle.not-started');
      const calendar = await calendarOfCycle(state.terms.calendar.region, parts.organisation);
      const closesAt = endAfterPublication(viewOf({ state, version, position: 0 }), phase, calendar);
      const data = { phase, ...(closesAt === undefined ? {} : { closesAt }) };
      return runner.run(cycleDecider, cycleId, { type: 'OpenCyclePhase', data }, { ...context, intent: { phase } });
    },

    async publish(cycleId, context) {
      const { position } = await parts.log.head();
      await parts.read.waitForProjection('appraisal', position, WAIT_MS);
      const { members, published, publishedWithScore } = await parts.appraisals.countResults(cycleId);
      const data = { published, withoutScore: members - publishedWithScore };
      return runner.run(cycleDecider, cycleId, { type: 'PublishCycle', data }, { ...context, intent: {} });
    },

    async close(cycleId, context) {
      for (const names of parts.settledBy) {
        const { position } = await parts.log.head();
        for (const name of names) await parts.read.waitForProjection(name, position, SETTLE_WAIT_MS);
      }
      const unpaid = (await parts.payouts.batchesOf(cycleId)).filter(({ stage }) => !PAID_STAGES.has(stage)).length;
      if (unpaid > 0) throw new Rejection('cycle.payouts-unpaid', { unpaid });
      const [openAppeals, heldLines] = await Promise.all([parts.appeals.openCount(cycleId), parts.payouts.heldCount(cycleId)]);
      return runner.run(cycleDecider, cycleId, { type: 'CloseCycle', data: { openAppeals, heldLines } }, { ...context, intent: {} });
    },
  };
}
