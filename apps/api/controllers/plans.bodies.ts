import { isSubjectId, type PersonalText, type SubjectId } from '#kernel';
import type { DailyLog, PlanRow } from '#libs/coaching/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import type { NameBook } from '../http/name-book';
import type { LogBody, PlanBody } from './plans.shapes';

export interface PlanWords {
  readonly names: NameBook;
  readonly privacy: PersonalTexts;
}

/** Plans as they are answered: names and personal texts opened, null for whoever was erased. */
export async function planBodies({ names, privacy }: PlanWords, plans: readonly PlanRow[]): Promise<PlanBody[]> {
  const known = await names.of(plans.flatMap(peopleOf));
  const read = await opened(
    privacy,
    plans.flatMap(({ notes, reviews }) => [
      ...notes.map(({ text }) => text),
      ...reviews.flatMap(({ talk, actions }) => [talk, ...actions.map(({ what }) => what)]),
    ]),
  );
  const nameOf = (who: string | null): string | null => (isSubject(who) ? (known.get(who) ?? null) : null);
  return plans.map((plan) => planBody(plan, nameOf, read));
}

function planBody(
  { position: _, ...plan }: PlanRow,
  nameOf: (who: string | null) => string | null,
  read: (text: PersonalText) => string | null,
): PlanBody {
  const noteOf = (evidenceId: string): string | null => {
    const note = plan.notes.find((one) => one.evidenceId === evidenceId);
    return note ? read(note.text) : null;
  };
  return {
    ...plan,
    name: nameOf(plan.subject),
    coachName: nameOf(plan.coach),
    mentorName: nameOf(plan.mentor),
    stages: [...plan.stages],
    gates: plan.gates.map((gate) => ({ ...gate, missing: [...gate.missing] })),
    evidence: plan.evidence.map((item) => ({
      ...item,
      decomposition: item.decomposition && { target: item.decomposition.target, parts: [...item.decomposition.parts] },
      byName: nameOf(item.by),
      note: noteOf(item.evidenceId),
    })),
    assessmentDays: [...plan.assessmentDays],
    assessments: [...plan.assessments],
    notes: plan.notes.map(({ what, by, at, text, stage }) => ({ what, by, byName: nameOf(by), at, text: read(text), stage })),
    reviews: plan.reviews.map(({ week, by, at, talk, actions }) => ({
      week,
      by,
      byName: nameOf(by),
      at,
      talk: read(talk),
      actions: actions.map(({ what, due }) => ({ what: read(what), due })),
    })),
    happenings: plan.happenings.map((step) => ({ ...step, byName: nameOf(step.by), missing: [...step.missing] })),
    status: statusBody(plan),
  };
}

export async function logBodies(privacy: PersonalTexts, logs: readonly DailyLog[]): Promise<LogBody[]> {
  const read = await opened(
    privacy,
    logs.flatMap(({ note }) => note ?? []),
  );
  return logs.map((log) => ({ ...log, note: log.note && read(log.note) }));
}

async function opened(privacy: PersonalTexts, texts: readonly PersonalText[]): Promise<(text: PersonalText) => string | null> {
  const found = await privacy.open(texts);
  const plain = new Map(texts.map((text, index) => [text, found[index]]));
  return (text) => {
    const one = plain.get(text);
    return one?.kind === 'text' ? one.text : null;
  };
}

function peopleOf({ subject, coach, mentor, evidence, notes, reviews, happenings }: PlanRow): readonly SubjectId[] {
  const acting = [...notes, ...reviews, ...happenings].map(({ by }) => by);
  return [subject, coach, ...(mentor === null ? [] : [mentor]), ...evidence.map(({ by }) => by), ...acting.filter(isSubject)];
}

/** The system acts, too, and has no name. */
function isSubject(who: string | null): who is SubjectId {
  return who !== null && isSubjectId(who);
}

function statusBody({ status: { missing, ...status } }: Pick<PlanRow, 'status'>): PlanBody['status'] {
  return missing === undefined ? status : { ...status, missing: [...missing] };
}
