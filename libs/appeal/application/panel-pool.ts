import type { Instant, PlainDay, SubjectId } from '#kernel';
import type { AppraisalView } from '#libs/appraisal/contracts';
import { dayAt } from '#libs/calendar';
import type { OrganisationReader, PersonUnit } from '#libs/organisation/contracts';
import { APPEAL_LIMITS, type PanelExclusion, type PanelPool } from '../contracts';
import type { Appeal } from '../domain/appeal-state';

interface Case {
  readonly appeal: Appeal;
  readonly appraisal: AppraisalView;
  readonly day: PlainDay;
  readonly above: ReadonlySet<SubjectId>;
  readonly raters: ReadonlySet<SubjectId>;
}

/** Everybody with the role `panel`, each with the reason to be out of this case, if there is one. */
export async function panelPool(
  organisation: OrganisationReader,
  appeal: Appeal,
  appraisal: AppraisalView,
  { now, entropy }: { readonly now: Instant; readonly entropy: string },
): Promise<PanelPool> {
  const about = await caseOf(organisation, appeal, appraisal, now);
  const people = await organisation.members({
    scope: { roles: ['panel'] },
    firstDay: about.day,
    lastDay: about.day,
    limit: APPEAL_LIMITS.pool,
  });
  const candidates: { subject: SubjectId; department: string; excluded?: PanelExclusion }[] = [];
  for (const person of people) {
    const employed = person.employedDays > 0;
    const excluded = employed ? await exclusionOf(organisation, about, person) : 'not-employed';
    candidates.push({ subject: person.subject, department: person.department, ...(excluded ? { excluded } : {}) });
  }
  return { candidates, entropy };
}

/** Conflicts of people whom the general manager names: the same rules. */
export async function conflictsOf(
  organisation: OrganisationReader,
  appeal: Appeal,
  appraisal: AppraisalView,
  { now, subjects }: { readonly now: Instant; readonly subjects: readonly SubjectId[] },
): Promise<{
  readonly members: { subject: SubjectId; department: string }[];
  readonly conflicts: { subject: SubjectId; reason: PanelExclusion }[];
}> {
  const about = await caseOf(organisation, appeal, appraisal, now);
  const members: { subject: SubjectId; department: string }[] = [];
  const conflicts: { subject: SubjectId; reason: PanelExclusion }[] = [];
  for (const subject of subjects) {
    const person = await organisation.person(subject, about.day);
    const reason = person ? await exclusionOf(organisation, about, person) : 'not-employed';
    if (reason) conflicts.push({ subject, reason });
    members.push({ subject, department: person?.department ?? '' });
  }
  return { members, conflicts };
}

async function caseOf(organisation: OrganisationReader, appeal: Appeal, appraisal: AppraisalView, now: Instant): Promise<Case> {
  const day = dayAt(now, appeal.calendar.zone);
  const above = new Set(await organisation.lineAbove(appeal.subject, day));
  const reviewers = appraisal.steps.flatMap(({ reviewer }) => (reviewer === null ? [] : [reviewer]));
  const raters = new Set(appraisal.manager === null ? reviewers : [...reviewers, appraisal.manager]);
  return { appeal, appraisal, day, above, raters };
}

async function exclusionOf(organisation: OrganisationReader, about: Case, person: PersonUnit): Promise<PanelExclusion | undefined> {
  const { appeal, appraisal, day, above, raters } = about;
  const { subject } = person;
  if (subject === appeal.subject) return 'appellant';
  if (appeal.former.includes(subject)) return 'refused';
  if (raters.has(subject)) return person.roles.includes('hr') ? 'hr-who-scored' : 'rater';
  if (appeal.factOwner === subject) return 'fact-owner';
  if (above.has(subject)) return 'same-line';
  if (person.department === appraisal.unit.department) return 'same-department';
  const aboveThem = await organisation.lineAbove(subject, day);
  return aboveThem.includes(appeal.subject) ? 'same-line' : undefined;
}
