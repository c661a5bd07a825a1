import { actorId, type ActorId, type Clock, type Period } from '#kernel';
import type { AppealReader } from '#libs/appeal/contracts';
import type { AppraisalReader, ScoreBasis, ScoreResult } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { CommandRunner, SequencedLog } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { ReadDb } from '#libs/projections';
import type { TreeNode } from '../domain/pay-dependence.policy';

/** Given by the process; `explain` is the scoring service of the appraisal feature. */
export interface PayoutParts {
  readonly runner: CommandRunner;
  readonly clock: Clock;
  readonly log: Pick<SequencedLog, 'head'>;
  readonly read: ReadDb;
  readonly cycles: CycleReader;
  readonly appraisals: AppraisalReader;
  readonly appeals: AppealReader;
  readonly organisation: OrganisationReader;
  readonly privacy: Pick<PersonalTexts, 'open'>;
  readonly explain?: (input: {
    readonly period: Period;
    readonly result: ScoreResult;
    readonly basis: ScoreBasis;
  }) => Promise<TreeNode | null>;
}

export const PAYOUT_SYSTEM: ActorId = actorId('system:payout');

/** Bounds of the services' own loops. */
export const PAYOUT_WORK_LIMITS = {
  people: 500,
  linesPerChunk: 300,
  filePage: 1_000,
  holdPages: 1_000,
  waitMs: 60_000,
  quickWaitMs: 2_000,
} as const;

/** Read models of neighbours that amounts follow from, by name: they must have reached the position that is read at. */
export const NEIGHBOUR_READ_MODELS = ['appraisal', 'appraisal_result', 'appeal'] as const;
