import { derivedUuid } from '#kernel';
import { type AppraisalEvent, type AppraisalReader, parseAppraisalId } from '#libs/appraisal/contracts';
import type { CycleReader } from '#libs/cycle/contracts';
import type { RecordedEvent } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import { type AnyReactor, defineReactor, dispatch, type ReactorCommand, type ReactorContext, type ReadDb } from '#libs/projections';
import { planRule } from '../domain/start-rule.policy';
import { planDecider } from '../domain/plan.decider';
import { coachingPlanProjection } from '../read/coaching-plan.projection';
import { createCoachingReader } from '../read/coaching.reader';
import { DEFAULT_SITE, siteOf } from './plan-calendar';
import { startCommand } from './start-command';

export interface PlanStartParts {
  readonly appraisals: AppraisalReader;
  readonly cycles: CycleReader;
  readonly organisation: OrganisationReader;
}

type Trigger = Extract<AppraisalEvent, { type: 'AppraisalPublished' | 'AppraisalAmended' }>;
const WAIT_MS = 60_000;
const READ_MODELS = ['appraisal', 'appraisal_result'] as const;

/** A published result that asks for it starts a plan with the direct manager as coach; one live plan a person. */
export function coachingStartReactor(parts: PlanStartParts): AnyReactor {
  const handle = (event: RecordedEvent<Trigger>, context: ReactorContext): Promise<readonly ReactorCommand[]> =>
    startFrom(parts, event, context);
  return defineReactor<Trigger>({
    name: 'coaching-start',
    version: 1,
    concurrency: 8,
    reads: [coachingPlanProjection],
    on: { AppraisalPublished: handle, AppraisalAmended: handle },
  });
}

async function startFrom(
  { appraisals, cycles, organisation }: PlanStartParts,
  { streamId, position }: RecordedEvent<Trigger>,
  { read, now }: ReactorContext,
): Promise<readonly ReactorCommand[]> {
  const appraisalId = streamId.slice('appraisal-'.length);
  const ids = parseAppraisalId(appraisalId);
  if (!ids) return [];
  for (const name of READ_MODELS) await read.waitForProjection(name, position, WAIT_MS);
  const result = await appraisals.publishedResult(appraisalId);
  const appraisal = await appraisals.appraisal(appraisalId);
  if (!result || !appraisal || appraisal.manager === null) return [];
  const earlier = (await appraisals.ofSubject(ids.subject, 12)).filter(
    ({ period, publishedAt }) => period < result.period && publishedAt !== null,
  );
  const rule = planRule(result.current.result, earlier[0]?.grade ?? null);
  if (rule === undefined || (await createCoachingReader(read).livePlansOf(ids.subject)).length > 0) return [];
  const cycle = await cycleOf(cycles, ids.cycleId, { read, position });
  const site =
    appraisal.unit.site === null && cycle
      ? { region: cycle.calendar.region, zone: cycle.calendar.zone }
      : await siteOf(organisation, appraisal.unit.site);
  const planId = derivedUuid('plan', appraisalId);
  const command = await startCommand(
    organisation,
    {
      planId,
      subject: ids.subject,
      coach: appraisal.manager,
      cause: { kind: 'grade', cycleId: ids.cycleId, appraisalId, rule },
      site: site ?? DEFAULT_SITE,
      dayLengthMs: cycle?.dayLengthMs ?? undefined,
    },
    now,
  );
  return [dispatch(planDecider, planId, command)];
}

/** It began long before; only a read model that is far behind does not know it yet. */
async function cycleOf(
  cycles: CycleReader,
  cycleId: string,
  { read, position }: { readonly read: ReadDb; readonly position: number },
): ReturnType<CycleReader['cycle']> {
  const cycle = await cycles.cycle(cycleId);
  if (cycle) return cycle;
  await read.waitForProjection('cycle', position, WAIT_MS);
  return cycles.cycle(cycleId);
}
