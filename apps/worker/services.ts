import type { Clock } from '#kernel';
import type { AppealReader, AppealWork } from '#libs/appeal/contracts';
import type { CoachingWork } from '#libs/coaching/contracts';
import type { CyclePhases } from '#libs/cycle';
import type { CycleSweeps } from '#libs/cycle/contracts';
import type { CommandRunner, EventLog } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PayoutReader, PayoutWork } from '#libs/payout/contracts';

/** What the activities stand on: the features' own services and readers. */
export interface WorkerServices {
  readonly runner: CommandRunner;
  readonly log: Pick<EventLog, 'head'>;
  readonly clock: Clock;
  readonly organisation: Pick<OrganisationReader, 'calendarOverrides'>;
  readonly cyclePhases: CyclePhases;
  readonly sweeps: CycleSweeps;
  readonly appeals: Pick<AppealReader, 'openCount'>;
  readonly appealWork: AppealWork;
  readonly payouts: Pick<PayoutReader, 'batchesOf' | 'heldCount'>;
  readonly payoutWork: PayoutWork;
  readonly coachingWork: CoachingWork;
  readonly logger: WorkerLogger;
}

export interface WorkerLogger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
