import { Rejection } from '#kernel';
import type { AppraisalReader, AppraisalView } from '#libs/appraisal/contracts';
import type { Access } from '../http/access';
import type { Caller } from '../http/caller';
import type { Sight } from './appraisals.shapes';

/** The appraisal, for whoever may read it. Thrown: Rejection `appraisal.not-found`, `identity.not-allowed`. */
export async function readableAppraisal(
  { appraisals, access }: { readonly appraisals: Pick<AppraisalReader, 'appraisal'>; readonly access: Access },
  asked: { readonly appraisalId: string; readonly asOf: number | undefined },
  caller: Caller,
): Promise<AppraisalView> {
  const view = await appraisals.appraisal(asked.appraisalId, asked.asOf);
  if (!view) throw new Rejection('appraisal.not-found', { appraisalId: asked.appraisalId });
  await access.require(caller, 'appraisal.read', { subject: view.subject, assigned: assignedTo(view, caller) });
  return view;
}

/** Those named on the appraisal; where a step names a role instead, everybody who has it. */
export function assignedTo(
  { steps, manager }: AppraisalView,
  caller: Pick<Caller, 'subject' | 'roles'>,
): (AppraisalView['subject'] | null)[] {
  const byRole = steps.some(({ reviewer, role }) => reviewer === null && role !== null && caller.roles.some((own) => own === role));
  return [...steps.map(({ reviewer }) => reviewer), manager, byRole ? caller.subject : null];
}

/** What of an appraisal that may be read is shown. */
export async function sightOf(access: Access, view: AppraisalView, caller: Caller): Promise<Sight> {
  const own = view.subject === caller.subject;
  const pay = await access.shows(caller, 'statement.read', { subject: view.subject });
  const reviewing =
    own || caller.roles.some((role) => role === 'hr' || role === 'auditor' || role === 'general-manager')
      ? undefined
      : view.steps.find(({ reviewer }) => reviewer === caller.subject)?.step;
  return { own, pay, reviewing };
}
