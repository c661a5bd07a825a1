import type { AppealActivities } from './appeal';
import type { CoachingActivities } from './coaching';
import type { CycleActivities, CycleBatchActivities } from './cycle';
import type { PayoutActivities, PayoutBatchActivities } from './payout';

/** Everything that a worker implements. */
export interface CentumActivities
  extends CycleActivities, CycleBatchActivities, AppealActivities, PayoutActivities, PayoutBatchActivities, CoachingActivities {}
