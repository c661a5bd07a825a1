import { z } from 'zod';

/** As much of the API's answers as the walk reads. */
export const zReceipt = z.object({ id: z.string(), version: z.number(), repeated: z.boolean() });
export const zPeopleImport = z.object({ rows: z.number(), newPeople: z.number(), changedPeople: z.number(), unchangedPeople: z.number() });
export const zTargetImport = z.object({ rows: z.number(), newTargets: z.number(), revised: z.number(), unchanged: z.number() });
export const zFactImport = z.object({
  rows: z.number(),
  facts: z.number(),
  repeated: z.number(),
  filtered: z.number(),
  setAsideTotal: z.number(),
});
export const zTemplates = z.object({ items: z.array(z.object({ id: z.string(), yaml: z.string() })) });
const zPhase = z.object({ phase: z.string(), opensAt: z.string(), closesAt: z.string() });
export const zPreview = z.object({
  members: z.number(),
  excluded: z.array(z.object({ reason: z.string(), count: z.number() })),
  phases: z.array(zPhase),
  errors: z.array(z.object({ code: z.string() })),
});
export const zCycle = z.object({ status: z.string(), published: z.boolean(), phases: z.array(zPhase.extend({ state: z.string() })) });
export const zProgress = z.object({
  items: z.array(z.object({ phase: z.string(), members: z.number(), done: z.number(), late: z.number(), skipped: z.number() })),
});
export const zTodos = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      appraisalId: z.string(),
      cycleId: z.string(),
      subject: z.string(),
      begun: z.boolean(),
      /** Of a period that a transfer split: the part that is theirs. */
      part: z.number().nullable(),
    }),
  ),
  next: z.string().optional(),
});
export const zAppraisal = z.object({
  appraisalId: z.string(),
  cycleId: z.string(),
  status: z.string(),
  score: z.string().nullable(),
  grade: z.string().nullable(),
  amended: z.boolean(),
});
export const zAppraisals = z.object({ items: z.array(zAppraisal), next: z.string().optional() });
export const zBoard = z.object({
  ranked: z.number(),
  tieRule: z.object({ en: z.string() }),
  items: z.array(
    z.object({
      place: z.number(),
      publishedPlace: z.number(),
      name: z.string().nullable(),
      value: z.string(),
      note: z.string().nullable(),
    }),
  ),
  own: z.object({ place: z.number(), publishedPlace: z.number(), value: z.string() }).nullable(),
});
export const zExplained = z.object({
  explanationHash: z.string(),
  sentences: z.array(z.object({ depth: z.number(), title: z.string(), value: z.string().nullable(), sentence: z.string() })),
});
export const zStatement = z.object({
  lines: z.array(z.object({ key: z.string(), entitled: z.string(), settled: z.string() })),
  entitledTotal: z.string(),
  settledTotal: z.string(),
  heldTotal: z.string(),
});
export const zAppeal = z.object({
  stage: z.string(),
  holds: z.boolean(),
  verdict: z.string().nullable(),
  panel: z.array(z.object({ subject: z.string(), name: z.string().nullable(), department: z.string(), chair: z.boolean() })),
  votes: z.array(z.object({ member: z.string() })),
});
export const zBatches = z.object({
  items: z.array(
    z.object({
      batchId: z.string(),
      kind: z.string(),
      stage: z.string(),
      total: z.string(),
      lines: z.number(),
      releasedTotal: z.string().nullable(),
      heldTotal: z.string().nullable(),
    }),
  ),
});
export const zPlans = z.object({
  items: z.array(
    z.object({
      planId: z.string(),
      name: z.string().nullable(),
      coachName: z.string().nullable(),
      cause: z.object({ kind: z.string() }),
      status: z.object({ status: z.string(), reason: z.string() }),
    }),
  ),
});
