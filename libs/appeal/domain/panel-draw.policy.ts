import { createHash } from 'node:crypto';
import { canonicalJson, type SubjectId } from '#kernel';
import { APPEAL_LIMITS, type PanelExclusion, type PanelMember } from '../contracts';

export interface Candidate {
  readonly subject: SubjectId;
  readonly department: string;
  readonly excluded?: PanelExclusion | undefined;
}

export interface DrawRecord {
  readonly seed: string;
  readonly entropy: string;
  readonly poolHash: string;
  readonly poolSize: number;
  readonly excluded: { readonly subject: SubjectId; readonly reason: PanelExclusion }[];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Nobody chooses the seed: it hashes what the appeal has recorded already with the entropy given to the act. */
export function panelSeed(recorded: { readonly appealId: string; readonly acceptedAt: string }, entropy: string): string {
  return sha256(`${recorded.appealId}/${recorded.acceptedAt}/${entropy}`);
}

/** What is recorded of a draw, so that anybody with the pool can repeat it. */
export function drawRecord(seed: string, entropy: string, pool: readonly Candidate[]): DrawRecord {
  const sorted = [...pool].sort((a, b) => compare(a.subject, b.subject));
  return {
    seed,
    entropy,
    poolHash: sha256(canonicalJson(sorted.map(({ subject, department, excluded }) => [subject, department, excluded ?? null]))),
    poolSize: pool.length,
    excluded: sorted.flatMap(({ subject, excluded }) => (excluded === undefined ? [] : [{ subject, reason: excluded }])),
  };
}

/** Those who may sit, in the order of SHA-256(seed / subject). */
export function drawOrder(seed: string, pool: readonly Candidate[]): readonly PanelMember[] {
  return pool
    .filter(({ excluded }) => excluded === undefined)
    .map(({ subject, department }) => ({ rank: sha256(`${seed}/${subject}`), subject, department }))
    .sort((a, b) => compare(a.rank, b.rank) || compare(a.subject, b.subject))
    .map(({ subject, department }) => ({ subject, department }));
}

/**
 * The first in order of each new department until three departments sit, then the next in order; the first drawn is the
 * chair. Undefined when the pool can't fill it: a panel is never smaller (domain.md "Appeal" 4).
 */
export function drawPanel(seed: string, pool: readonly Candidate[], size: number): readonly PanelMember[] | undefined {
  return fillPanel([], drawOrder(seed, pool), size);
}

/** Who takes a seat that became free: next in order, and three departments still sit. */
export function drawReplacement(seed: string, pool: readonly Candidate[], staying: readonly PanelMember[]): PanelMember | undefined {
  const order = drawOrder(seed, pool).filter(({ subject }) => !staying.some((member) => member.subject === subject));
  return fillPanel(staying, order, staying.length + 1)?.at(-1);
}

function fillPanel(staying: readonly PanelMember[], order: readonly PanelMember[], size: number): readonly PanelMember[] | undefined {
  const members = [...staying];
  while (members.length < size) {
    const departments = new Set(members.map(({ department }) => department));
    const stillNeeded = APPEAL_LIMITS.departments - departments.size;
    const free = order.filter(({ subject }) => !members.some((member) => member.subject === subject));
    const next = stillNeeded > 0 ? free.find(({ department }) => !departments.has(department)) : free[0];
    if (next === undefined) return undefined;
    members.push(next);
  }
  return new Set(members.map(({ department }) => department)).size >= APPEAL_LIMITS.departments ? members : undefined;
}

function compare(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
