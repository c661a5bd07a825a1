import type { EventsOf } from '#libs/event-store';
import type { targetEvents } from './events';

export type TargetEvent = EventsOf<typeof targetEvents>;
export { TARGET_LIMITS, targetAccepted, targetEvents, targetImportCompleted, targetImportStarted, targetsSet, zTarget } from './events';
export type { Target } from './events';
export type { AcceptTargets, CompleteTargetImport, SetTargets, StartTargetImport, TargetImportCommand } from './commands';
export { TARGETS_READ_LIMITS } from './reader';
export type { TargetRow, TargetSet, TargetsQuery, TargetsReader, TargetUnit } from './reader';
