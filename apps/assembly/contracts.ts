import { appealEvents } from '#libs/appeal/contracts';
import { appraisalEvents } from '#libs/appraisal/contracts';
import { auditEvents } from '#libs/audit/contracts';
import { coachingEvents } from '#libs/coaching/contracts';
import { cycleEvents } from '#libs/cycle/contracts';
import { EventRegistry } from '#libs/event-store';
import { factEvents } from '#libs/facts/contracts';
import { identityEvents } from '#libs/identity/contracts';
import { organisationEvents } from '#libs/organisation/contracts';
import { payoutEvents } from '#libs/payout/contracts';
import { schemeEvents } from '#libs/scheme/contracts';
import { targetEvents } from '#libs/targets/contracts';

/** Every event type that the product stores. One that is missing here parks whoever reads it. */
export const EVENT_CONTRACTS = [
  ...organisationEvents,
  ...factEvents,
  ...targetEvents,
  ...schemeEvents,
  ...cycleEvents,
  ...appraisalEvents,
  ...appealEvents,
  ...payoutEvents,
  ...coachingEvents,
  ...identityEvents,
  ...auditEvents,
];

export function productRegistry(): EventRegistry {
  return new EventRegistry(EVENT_CONTRACTS);
}
