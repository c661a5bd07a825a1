import { fold } from '#kernel';
import { type EventRegistry, type EventStreams, streamIdOf } from '#libs/event-store';
import type { AppraisalEvent } from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import type { Appraisal } from '../domain/appraisal.state';

export interface LoadParts {
  readonly log: EventStreams;
  readonly registry: EventRegistry;
}

/** Many appraisals in one query; those that do not exist are left out. Their streams are short: one page holds each. */
export async function loadAppraisals({ log, registry }: LoadParts, ids: readonly string[]): Promise<readonly Appraisal[]> {
  if (ids.length === 0) return [];
  const slices = await log.readStreams(ids.map((id) => streamIdOf(appraisalDecider.category, id)));
  const appraisals: Appraisal[] = [];
  for (const slice of slices) {
    // Only this feature's decider appends to these streams, so their events are its own.
    const state = fold(
      appraisalDecider,
      slice.events.map((event) => registry.decodeMessage(event) as AppraisalEvent),
    );
    if (state.status !== 'none') appraisals.push(state);
  }
  return appraisals;
}
