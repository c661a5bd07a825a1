import { appealProjection } from './read/appeal.projection';

export { appealDecider } from './domain/appeal.decider';
export type { Appeal, AppealState } from './domain/appeal-state';
export { createAppealDesk } from './application/appeal.service';
export type { AppealAct, AppealDesk, AppealParts, EvidenceInput, FileAppealInput } from './application/appeal.service';
export { createAppealWork } from './application/appeal-work';
export type { AppealWorkParts } from './application/appeal-work';
export { ActOnAppealRequest, FileAppealRequest, StoreEvidenceRequest } from './application/appeal.handler';
export { AppealModule } from './application/appeal.module';
export { createAppealSummaries } from './read/appeal-summary.query';
export { appealProspect } from './application/appeal-prospect';
export type { AppealProspect, ProspectParts } from './application/appeal-prospect';
export { panelCandidates } from './application/panel-candidates';
export type { PanelCandidate } from './application/panel-candidates';
export { possibleActs } from './domain/possible-acts.policy';
export type { Viewer } from './domain/possible-acts.policy';
export { appealCase } from './read/appeal-case.query';
export type { AppealCase } from './read/appeal-case.query';
export { appealBoard, appealCounts, appealTodos } from './read/appeal-board.query';
export type { BoardPage, BoardQuery, BoardScope, StageCount } from './read/appeal-board.query';
export { createAppealReader } from './read/appeal.reader';
export { appealProjection };

export const appealProjections = [appealProjection] as const;
