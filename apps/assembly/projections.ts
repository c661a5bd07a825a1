import { appealProjections } from '#libs/appeal';
import { appraisalProjections } from '#libs/appraisal';
import { auditReadProjection, streamAnchorProjection } from '#libs/audit';
import { coachingProjections } from '#libs/coaching';
import { cycleProjections } from '#libs/cycle';
import { factsProjections } from '#libs/facts';
import { leaderboardProjections } from '#libs/leaderboard';
import { organisationProjections } from '#libs/organisation';
import { payoutProjections } from '#libs/payout';
import type { AnyProjection } from '#libs/projections';
import { schemeProjections } from '#libs/scheme';
import { targetsProjections } from '#libs/targets';
import { EVENT_CONTRACTS } from './contracts';

/** Every read model of the product, by feature: one that is missing here is never filled, rebuilt or replayed. */
export const PRODUCT_PROJECTIONS: readonly AnyProjection[] = [
  ...organisationProjections,
  ...factsProjections,
  ...targetsProjections,
  ...schemeProjections,
  ...cycleProjections,
  ...appraisalProjections,
  ...appealProjections,
  ...payoutProjections,
  ...coachingProjections,
  ...leaderboardProjections,
  auditReadProjection,
  streamAnchorProjection(EVENT_CONTRACTS.map(({ type }) => type)),
];
