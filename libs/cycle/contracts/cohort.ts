import { createHash } from 'node:crypto';
import type { SubjectId } from '#kernel';

/** About this many people form a cohort; cohorts of a cycle = ceil(members / this). */
export const COHORT_TARGET_MEMBERS = 1_000;

/** Cohort of a person: first 4 bytes (big-endian) of SHA-256(subject id) mod cohorts. */
export function cohortOf(subject: SubjectId, cohorts: number): number {
  return createHash('sha256').update(subject).digest().readUInt32BE(0) % cohorts;
}

export function cohortsFor(members: number): number {
  return Math.max(1, Math.ceil(members / COHORT_TARGET_MEMBERS));
}
