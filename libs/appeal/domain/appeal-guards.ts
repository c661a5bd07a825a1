import { type ActorId, parseDecimal, Rejection, type SubjectId } from '#kernel';
import { APPEAL_LIMITS, type AppealStage, type ContestedLine } from '../contracts';
import type { Appeal } from './appeal-state';

/** Workflows and reactors act as `system:<name>`. */
export function isSystem(actor: ActorId): boolean {
  return actor.startsWith('system:');
}

/** Thrown when the appeal is at another stage: Rejection `appeal.not-at-this-stage`. */
export function mustBeAt(state: Appeal, ...stages: readonly AppealStage[]): void {
  if (!stages.includes(state.stage)) throw new Rejection('appeal.not-at-this-stage', { stage: state.stage, expected: stages });
}

export function mustBeAppellant(state: Appeal, actor: ActorId): SubjectId {
  if (actor !== state.subject) throw new Rejection('appeal.not-the-appellant');
  return state.subject;
}

/** Nobody decides an appeal they are part of. */
export function mustNotBeAppellant(state: Appeal, actor: ActorId): void {
  if (actor === state.subject) throw new Rejection('appeal.own-appeal');
}

export function checkLines(lines: readonly ContestedLine[], procedureAlone: boolean): void {
  if (lines.length === 0 && !procedureAlone) throw new Rejection('appeal.no-contested-line');
  if (lines.length > APPEAL_LIMITS.lines) throw new Rejection('appeal.too-many-lines', { limit: APPEAL_LIMITS.lines });
  const seen = new Set<string>();
  for (const { line, kind, key, rightValue } of lines) {
    const id = `${line} ${kind} ${key}`;
    if (seen.has(id)) throw new Rejection('appeal.line-twice', { line, key });
    seen.add(id);
    if (kind === 'fact') mustBeDecimal(line, rightValue);
  }
}

export function mustBeDecimal(line: string, value: unknown): void {
  if (typeof value !== 'string' || parseDecimal(value) === undefined) throw new Rejection('appeal.value-not-a-number', { line });
}
