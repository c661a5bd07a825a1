import type { Instant, SubjectId } from '#kernel';
import type { PanelExclusion } from '../contracts';
import { type AppealParts, loadCase, mustAppraisal } from './appeal.service';
import { conflictsOf, panelPool } from './panel-pool';

/** Somebody who could be named for a seat, with the reason why not. */
export interface PanelCandidate {
  readonly subject: SubjectId;
  readonly department: string;
  readonly conflict: PanelExclusion | null;
}

/**
 * Everybody of the pool, or the people given, by the rules that the draw and the naming go by. Nothing is decided here: the
 * command asks again.
 */
export async function panelCandidates(
  parts: Pick<AppealParts, 'runner' | 'organisation' | 'appraisals'>,
  appealId: string,
  { now, people }: { readonly now: Instant; readonly people?: readonly SubjectId[] },
): Promise<readonly PanelCandidate[]> {
  const { appeal } = await loadCase(parts, appealId);
  const appraisal = await mustAppraisal(parts.appraisals, appeal.appraisalId);
  const triaged = (subject: SubjectId): PanelExclusion | null => (appeal.triagedBy.includes(subject) ? 'triaged' : null);
  if (people === undefined) {
    // Nothing is drawn from it, so that any entropy will do.
    const { candidates } = await panelPool(parts.organisation, appeal, appraisal, { now, entropy: '' });
    return candidates.map(({ subject, department, excluded }) => ({ subject, department, conflict: excluded ?? triaged(subject) }));
  }
  const { members, conflicts } = await conflictsOf(parts.organisation, appeal, appraisal, { now, subjects: people });
  return members.map(({ subject, department }) => ({
    subject,
    department,
    conflict: conflicts.find((one) => one.subject === subject)?.reason ?? triaged(subject),
  }));
}
