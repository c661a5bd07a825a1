import { isUuid, PersonalText } from '#kernel';

/** Bounds of what one event may be found by. */
export const ANCHOR_LIMITS = { perEvent: 2_000, depth: 8 } as const;

/**
 * Ids of things that have no timeline of their own; and `steps` and `parts` of an opening, which only assign: a reviewer's
 * timeline holds what they did, and a cycle of 100 000 people stays one row a person.
 */
const NOT_ANCHORS = new Set(['factId', 'importId', 'evidenceId', 'holdId', 'evidence', 'supplements', 'excluded', 'steps', 'parts']);
/** These categories hold one stream a person: their cycle's timeline does not list them all. */
const PERSON_STREAMS = new Set(['appraisal', 'payoutlines']);

export interface Anchored {
  readonly streamId: string;
  readonly data: object;
  readonly metadata: { readonly actor: string };
}

/**
 * What an event can be found by: every UUID in its data, in its stream's id, and who acted. So a person's timeline holds
 * what was done to, by and about them; an appeal's, what it led to elsewhere.
 */
export function anchorsOf(event: Anchored): readonly string[] {
  const anchors = new Set<string>();
  const category = categoryOf(event.streamId);
  for (const part of event.streamId.slice(category.length + 1).split('.')) if (isUuid(part)) anchors.add(part);
  collect(event.data, anchors, 0);
  if (isUuid(event.metadata.actor)) anchors.add(event.metadata.actor);
  if (PERSON_STREAMS.has(category)) {
    const cycleId = 'cycleId' in event.data ? event.data.cycleId : event.streamId.slice(category.length + 1).split('.')[0];
    if (typeof cycleId === 'string') anchors.delete(cycleId);
  }
  return [...anchors];
}

export function categoryOf(streamId: string): string {
  const dash = streamId.indexOf('-');
  return dash < 0 ? streamId : streamId.slice(0, dash);
}

function collect(value: unknown, anchors: Set<string>, depth: number): void {
  if (anchors.size >= ANCHOR_LIMITS.perEvent || depth > ANCHOR_LIMITS.depth) return;
  if (typeof value === 'string') {
    if (isUuid(value)) anchors.add(value);
    return;
  }
  // A sealed text names the person it is about, who is named beside it anyway.
  if (typeof value !== 'object' || value === null || value instanceof PersonalText) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, anchors, depth + 1);
    return;
  }
  for (const [key, member] of Object.entries(value)) if (!NOT_ANCHORS.has(key)) collect(member, anchors, depth + 1);
}

/** True when the value names the anchor anywhere. */
export function mentions(value: unknown, anchor: string): boolean {
  if (typeof value === 'string') return value === anchor || value.split('.').includes(anchor);
  if (typeof value !== 'object' || value === null || value instanceof PersonalText) return false;
  return Object.values(value).some((member) => mentions(member, anchor));
}

/** Lists that name the anchor are cut to the items that do: one person's timeline shows no other person's rows. */
export function focused(value: unknown, anchor: string): unknown {
  if (typeof value !== 'object' || value === null || value instanceof PersonalText) return value;
  if (Array.isArray(value)) {
    const own = value.filter((item) => typeof item === 'object' && mentions(item, anchor));
    return (own.length > 0 ? own : value).map((item: unknown) => focused(item, anchor));
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, focused(member, anchor)]));
}
