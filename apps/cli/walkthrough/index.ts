import type { ApiClient } from '../client';
import { Company } from './company';
import {
  importFiles,
  makeScheme,
  managerScores,
  publication,
  secondReview,
  selfReviews,
  startCycle,
  type Walk,
  type WalkInput,
} from './cycle-walk';
import { appealIsSeated, decide, payBatch, plans, settled, statement } from './pay-walk';

/* Pieces of the walk that other walks over HTTP are made of. */
export { Company, makeScheme, payBatch };
export type { SignedIn } from './company';

export interface WalkOutcome {
  readonly cycleId: string;
  readonly appealId: string;
  readonly appraisalId: string;
}

/** Who appeals: somebody whom the contested ratings keep under the next band. */
const APPELLANT = 'R222';

/** The sample company through one whole monthly cycle over HTTP: from its files to pay, an appeal that changes it, and a plan. */
export async function walkThrough(api: ApiClient, input: WalkInput & { readonly password: string }): Promise<WalkOutcome> {
  const company = await Company.signIn(api, input.files.people, input.password);
  input.say(`signed in: ${company.people.length} people`);
  const walk: Walk = { ...input, company, hr: company.withRole('hr') };
  const rep = company.employee(APPELLANT);
  await importFiles(walk);
  const cycleId = await startCycle(walk, await makeScheme(walk, `walk-${input.tag}`, 'weighted-70-20-10'));
  await selfReviews(walk, cycleId);
  await managerScores(walk, cycleId, rep);
  await secondReview(walk, cycleId);
  const appraisalId = await publication(walk, cycleId, rep);
  const appeal = await appealIsSeated(walk, appraisalId, rep);
  await payBatch(walk, cycleId, 'regular');
  input.say(`statement of ${rep.login} while the appeal is open:`);
  await statement(walk, cycleId, rep);
  await decide(walk, cycleId, appeal);
  await payBatch(walk, cycleId, 'supplementary');
  input.say(`statement of ${rep.login} after the decision:`);
  await statement(walk, cycleId, rep);
  await plans(walk, rep);
  await settled(walk, cycleId, appeal);
  return { cycleId, appealId: appeal.appealId, appraisalId };
}
