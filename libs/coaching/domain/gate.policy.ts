import { compareDecimal, decimal, type Instant, parseDecimal, type SubjectId, sumDecimals } from '#kernel';
import type { Requirement, Stage } from '../contracts';

export interface EvidenceItem {
  readonly evidenceId: string;
  readonly stage: number;
  readonly requirement: string;
  readonly value?: string | undefined;
  readonly decomposition?:
    { readonly target: string; readonly parts: readonly { readonly label: string; readonly value: string }[] } | undefined;
  readonly by: SubjectId;
  readonly loggedAt: Instant;
  /** Logged or accepted by the coach. */
  readonly byCoach: boolean;
}

/** Evidence of a stage that counts for its gate. */
export function countingEvidence(stage: Stage, evidence: readonly EvidenceItem[]): readonly EvidenceItem[] {
  return stage.requirements.flatMap((requirement) =>
    evidence.filter((item) => item.stage === stage.stage && item.requirement === requirement.key && counts(requirement, item)),
  );
}

/** Keys of the requirements that are not met yet, in their order. */
export function missingFor(stage: Stage, evidence: readonly EvidenceItem[]): string[] {
  return stage.requirements
    .filter((requirement) => {
      const met = evidence.filter(
        (item) => item.stage === stage.stage && item.requirement === requirement.key && counts(requirement, item),
      );
      return met.length < requirement.count;
    })
    .map(({ key }) => key);
}

function counts(requirement: Requirement, item: EvidenceItem): boolean {
  if (requirement.byCoach && !item.byCoach) return false;
  if (requirement.measure === 'done') return true;
  if (requirement.measure === 'decomposition') return item.decomposition !== undefined && sumsUp(item.decomposition);
  const value = item.value === undefined ? undefined : parseDecimal(item.value);
  if (!value) return false;
  if (requirement.atLeast !== undefined && compareDecimal(value, decimal(requirement.atLeast)) < 0) return false;
  return requirement.atMost === undefined || compareDecimal(value, decimal(requirement.atMost)) <= 0;
}

/** A decomposition counts when its parts add up to the target exactly. */
export function sumsUp({ target, parts }: { readonly target: string; readonly parts: readonly { readonly value: string }[] }): boolean {
  return parts.length > 0 && compareDecimal(sumDecimals(parts.map(({ value }) => decimal(value))), decimal(target)) === 0;
}
