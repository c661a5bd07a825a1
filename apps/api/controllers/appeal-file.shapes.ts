import { z } from 'zod';
import {
  APPEAL_ACTS,
  APPEAL_STAGES,
  PANEL_EXCLUSIONS,
  zAmendment,
  zAppealGround,
  zDeadline,
  zLineValue,
  zVerdict,
} from '#libs/appeal/contracts';
import type { ContestableLine } from '#libs/appraisal';
import { zStep } from '#libs/appraisal/contracts';
import { zHash, zInstant, zSubjectId, zUuid } from '#libs/kernel/schema';
import { zTitle } from '#libs/scheme/contracts';

const zPerson = z.strictObject({ subject: zSubjectId, name: z.string().nullable() });
export type PersonBody = z.infer<typeof zPerson>;

/** What another value may be. `number` is a fact; the others are as raters fill them in. */
const zForm = z.strictObject({
  type: z.enum(['number', 'points', 'occurrences', 'word', 'list', 'numbers']),
  unit: z.enum(['money', 'count', 'days', 'percent', 'number']).nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  whole: z.boolean(),
  options: z.array(z.string()),
  optionTitles: z.record(z.string(), zTitle),
});
const zOf = z.strictObject({ key: z.string(), title: zTitle, value: z.string().nullable(), points: z.string().nullable() });

export const zContestable = z
  .strictObject({
    appraisalId: z.string(),
    cycleId: zUuid,
    cycleName: z.string(),
    period: z.string(),
    score: z.string().nullable(),
    grade: z.string().nullable(),
    publishedAt: zInstant,
    appealUntil: zInstant,
    /** After the window: it counts only if HR admits it, and holds nothing until then. */
    late: z.boolean(),
    /** The appeal that stands already: then no other can be filed. */
    filed: zUuid.nullable(),
    triageBy: zDeadline,
    /** When it is accepted on the last day of triage. */
    decideBy: zDeadline,
    /** Steps that can be done again when an appeal on procedure is upheld. */
    steps: z.array(zStep),
    lines: z.array(
      z.strictObject({
        line: z.string(),
        kind: z.enum(['rating', 'fact']),
        key: z.string(),
        title: zTitle,
        value: zLineValue.nullable(),
        form: zForm,
        of: zOf,
        /** Keys of the pay lines that filing holds. */
        holds: z.array(z.string()),
      }),
    ),
    pay: z.array(z.strictObject({ key: z.string(), title: zTitle, amount: z.string() })),
  })
  .meta({ id: 'ContestableResult' });
export type ContestableBody = z.infer<typeof zContestable>;

const zCaseLine = z.strictObject({
  line: z.string(),
  kind: z.enum(['rating', 'fact']),
  key: z.string(),
  /** Null where the published result does not tell. */
  title: zTitle.nullable(),
  form: zForm.nullable(),
  of: zOf.nullable(),
  /** What the line of the result is worth now that the appeal changed it; null until then. */
  amendedTo: z.string().nullable(),
  published: zLineValue.nullable(),
  right: zLineValue,
  corrected: zLineValue.nullable(),
  decided: zLineValue.nullable(),
  /** How the published value came about, in words. */
  sentences: z.array(z.string()),
});

const zMoment = z.strictObject({
  what: z.string(),
  at: zInstant,
  /** Null for what the system did by itself. */
  by: zPerson.nullable(),
  how: z.string().nullable(),
  people: z.array(zPerson),
  text: z.string().nullable(),
});

const zDrawBody = z.strictObject({
  at: zInstant,
  outcome: z.enum(['seated', 'not-seatable', 'replaced']),
  seed: zHash,
  entropy: z.string(),
  poolHash: zHash,
  poolSize: z.int(),
  drawn: z.array(zPerson.extend({ department: z.string() })),
  eligible: z.int().nullable(),
  departments: z.int().nullable(),
  /** Absent for the appellant and for those who are only named on the case. */
  excluded: z.array(zPerson.extend({ reason: z.enum(PANEL_EXCLUSIONS) })).optional(),
});

const zOutcome = z.strictObject({
  score: z.string().nullable(),
  grade: z.string().nullable(),
  /** Absent for those who may not see pay. */
  pay: z.string().nullable().optional(),
});

/** The file of one case, as far as the viewer may see it, with what they may do. */
export const zAppealFile = z
  .strictObject({
    appealId: zUuid,
    version: z.int(),
    cycleId: zUuid,
    cycleName: z.string().nullable(),
    period: z.string().nullable(),
    appraisalId: z.string(),
    appellant: zPerson.extend({ department: z.string().nullable(), team: z.string().nullable(), region: z.string().nullable() }),
    stage: z.enum(APPEAL_STAGES),
    grounds: z.array(zAppealGround),
    step: z.string().nullable(),
    late: z.boolean(),
    holds: z.boolean(),
    escalated: z.boolean(),
    heard: z.boolean(),
    overdue: z.boolean(),
    filedAt: zInstant,
    due: zDeadline.nullable(),
    decideBy: zDeadline.nullable(),
    /** Working days left while the clock of triage or decision is stopped. */
    stopped: z.int().nullable(),
    panelSize: z.int(),
    contact: zPerson.nullable(),
    factOwner: zPerson.nullable(),
    lines: z.array(zCaseLine),
    evidence: z.array(z.strictObject({ hash: zHash, mediaType: z.string(), bytes: z.int(), name: z.string().nullable() })),
    moments: z.array(zMoment),
    panel: z.array(zPerson.extend({ department: z.string(), chair: z.boolean(), voted: z.boolean().nullable() })),
    votes: z.array(
      z.strictObject({
        member: zPerson,
        verdict: zVerdict,
        values: z.array(z.strictObject({ line: z.string(), value: zLineValue })),
        reason: z.string().nullable(),
      }),
    ),
    draws: z.array(zDrawBody),
    offer: z.strictObject({ amendments: z.array(zAmendment), score: z.string().nullable() }).nullable(),
    decision: z
      .strictObject({
        verdict: z.enum(['upheld', 'partly', 'dismissed']),
        how: z.enum(['panel', 'offer']),
        settledBy: z.enum(['majority', 'three-different', 'chair', 'offer']),
        redoStep: z.string().nullable(),
        decidedAt: zInstant,
      })
      .nullable(),
    closing: z.strictObject({ schemeAtFault: z.boolean().nullable(), closedAt: zInstant }).nullable(),
    published: zOutcome,
    /** Beside the original; null while nothing has changed. */
    amended: zOutcome.nullable(),
    /** Whether the viewer may open the explanation of the whole result. */
    explains: z.boolean(),
    acts: z.array(z.strictObject({ act: z.enum(APPEAL_ACTS), blocked: z.string().nullable() })),
  })
  .meta({ id: 'AppealFile' });
export type AppealFileBody = z.infer<typeof zAppealFile>;

export function formBody(form: ContestableLine['form']): z.infer<typeof zForm> {
  return { ...form, options: [...form.options], optionTitles: { ...form.optionTitles } };
}

export function valueBody(value: string | readonly string[]): string | string[] {
  return typeof value === 'string' ? value : [...value];
}
