import type { Frame } from '../frame';
import type { Reading } from '../workbench';

/** The early conditions under which something is read; undefined when it always is. */
export type Under = readonly number[] | undefined;

export function underOf(reading: Reading): Under {
  return reading.always ? undefined : [...reading.under];
}

/** What several readers need together. */
export function joined(a: Reading | undefined, b: Reading | undefined): Reading | undefined {
  if (!a || !b) return a ?? b;
  return { always: a.always || b.always, under: new Set([...a.under, ...b.under]) };
}

/** Whether what is read under these conditions is read for this person; not while they are undecided. */
export function isRead(under: Under, frame: Frame): boolean {
  return under === undefined || under.some((index) => frame.conditions[index] === true);
}
