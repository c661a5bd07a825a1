import { type Instant, Rejection } from '#kernel';
import type { AppraisalView } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { APPEAL_LIMITS, appealIdOf, type AppealTerms, DEFAULT_APPEAL_TERMS, type RecordedDeadline } from '../contracts';
import { appealDecider } from '../domain/appeal.decider';
import { appealClock, type AppealClock } from './appeal-clock';

export interface ProspectParts {
  readonly runner: Pick<CommandRunner, 'load'>;
  readonly organisation: OrganisationReader;
  readonly cycles: Pick<CycleReader, 'cycle'>;
}

/** What filing an appeal now would come to. */
export interface AppealProspect {
  /** The end of the window, with its extension; null until publication. */
  readonly appealUntil: Instant | null;
  readonly late: boolean;
  /** The appeal of this appraisal that was not withdrawn: then no other can be filed. */
  readonly filed: string | null;
  readonly terms: AppealTerms;
  readonly triageBy: RecordedDeadline;
  /** When HR accepts it on the last day. */
  readonly decideBy: RecordedDeadline;
}

export async function appealProspect(parts: ProspectParts, appraisal: AppraisalView, now: Instant): Promise<AppealProspect> {
  const until = appraisal.appealUntil === null ? null : await appealUntil(parts, appraisal.cycleId, appraisal.appealUntil);
  const clock = await clockOfAppellant(parts, appraisal);
  const terms = DEFAULT_APPEAL_TERMS;
  const triageBy = clock.due(now, terms.triageDays);
  return {
    appealUntil: until,
    late: until !== null && now > until,
    filed: await standingAppeal(parts.runner, appraisal.appraisalId),
    terms,
    triageBy,
    decideBy: clock.due(now, terms.triageDays + terms.decisionDays),
  };
}

/** The window told at publication, or its extension. */
export async function appealUntil({ cycles }: Pick<ProspectParts, 'cycles'>, cycleId: string, published: Instant): Promise<Instant> {
  const closesAt = (await cycles.cycle(cycleId))?.phases.find(({ phase }) => phase === 'appeals')?.closesAt;
  return closesAt !== undefined && closesAt > published ? closesAt : published;
}

/** The appellant's site, else the calendar of the cycle; a demo's short days come from the cycle. */
export async function clockOfAppellant(
  { organisation, cycles }: Pick<ProspectParts, 'organisation' | 'cycles'>,
  appraisal: AppraisalView,
): Promise<AppealClock> {
  const cycle = await cycles.cycle(appraisal.cycleId);
  const site = appraisal.unit.site === null ? undefined : await organisation.site(appraisal.unit.site);
  return appealClock(organisation, {
    region: site?.calendarRegion ?? cycle?.calendar.region ?? 'CN',
    zone: site?.zone ?? cycle?.calendar.zone ?? 'Asia/Shanghai',
    dayLengthMs: cycle?.dayLengthMs ?? undefined,
  });
}

/** Another round only after a withdrawal; a decided or declined appeal is final here. */
export async function freeRound(runner: ProspectParts['runner'], appraisalId: string): Promise<number> {
  for (let round = 1; round <= APPEAL_LIMITS.refiled; round += 1) {
    const { state } = await runner.load(appealDecider, appealIdOf(appraisalId, round));
    if (state.stage !== 'withdrawn') return round;
  }
  throw new Rejection('appeal.refiled-too-often', { limit: APPEAL_LIMITS.refiled });
}

async function standingAppeal(runner: ProspectParts['runner'], appraisalId: string): Promise<string | null> {
  const appealId = appealIdOf(appraisalId, await freeRound(runner, appraisalId));
  const { state } = await runner.load(appealDecider, appealId);
  return state.stage === 'none' ? null : appealId;
}
