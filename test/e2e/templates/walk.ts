import { z } from 'zod';
import { type Company, makeScheme, payBatch, type SignedIn } from '#apps/cli/walkthrough';
import type { CycleCase, TemplateCase } from './people-of-cases';
import type { Office } from './office';

/** Beyond the plan, for a machine that does much else; a quiet one needs next to nothing of it. */
const SPARE_MS = 240_000;
/** A working day: long enough for everyone to do their part of all cycles that run beside each other. */
const DAY_MS = 5_000;
const zReceipt = z.object({ id: z.string() });
const zPreview = z.object({
  members: z.number(),
  phases: z.array(z.object({ phase: z.string(), closesAt: z.string() })),
  errors: z.array(z.object({ code: z.string(), detail: z.string().optional() })),
});
const zAmounts = z.array(z.object({ key: z.string(), amount: z.string() }));
const zResult = z.looseObject({ score: z.string().nullable(), pay: z.object({ lines: zAmounts, total: z.string().nullable() }) });
const zExplained = z.looseObject({
  result: zResult,
  explanationHash: z.string(),
  sentences: z.array(z.object({ title: z.string(), sentence: z.string() })),
  whyNot: z.array(z.object({ key: z.string(), sentence: z.string() })),
});
const zMine = z.looseObject({ status: z.string(), response: z.string() });
const zStatement = z.object({
  lines: z.array(z.object({ key: z.string(), entitled: z.string(), settled: z.string() })),
  settledTotal: z.string(),
});

export interface PublishedPerson {
  readonly who: string;
  readonly appraisalId: string;
  readonly result: z.infer<typeof zResult>;
  /** By language. */
  readonly explained: Readonly<Record<'zh-CN' | 'en', z.infer<typeof zExplained>>>;
  /** Once the cycle is closed: what was paid, line by line; null where nothing was to pay. */
  readonly settled: z.infer<typeof zStatement> | null;
  readonly mine: z.infer<typeof zMine>;
}

export interface WalkedCycle {
  readonly cycleId: string;
  readonly cycle: CycleCase;
  /** Its plan has a payout phase. */
  readonly paysOut: boolean;
  readonly people: readonly PublishedPerson[];
  readonly refused: readonly string[];
}

export interface Stage {
  readonly company: Company;
  readonly office: Office;
}

/**
 * Each template from its draft to the close of its last cycle. They begin one after another, so that nobody is asked for
 * everything at once, and go on beside each other.
 */
export function walkTemplates(stage: Stage, templates: readonly TemplateCase[]): ReadonlyMap<string, Promise<readonly WalkedCycle[]>> {
  const walks = new Map<string, Promise<readonly WalkedCycle[]>>();
  let before: Promise<unknown> = Promise.resolve();
  for (const template of templates) {
    const begun = before.then(() => begin(stage, template));
    const walk = begun.then((first) => finish(stage, template, first));
    walk.catch(() => undefined);
    walks.set(template.template, walk);
    before = begun.catch(() => undefined);
  }
  return walks;
}

interface Begun {
  readonly schemeId: string;
  readonly walks: readonly Walk[];
}

/** The scheme in force, and the first cycles begun. */
async function begin(stage: Stage, { template, stages: [first = []] }: TemplateCase): Promise<Begun> {
  const { company } = stage;
  const say = (): void => undefined;
  const schemeId = await makeScheme({ company, hr: company.withRole('hr'), say }, `e2e-${template}`, template);
  const walks = await Promise.all(first.map((cycle) => startCycle(stage, schemeId, cycle)));
  await Promise.all(walks.map(({ opened }) => opened));
  return { schemeId, walks };
}

/** The cycles of a stage start when those of the one before are published. */
async function finish(stage: Stage, { stages }: TemplateCase, { schemeId, walks }: Begun): Promise<readonly WalkedCycle[]> {
  const all = [...walks];
  let last = walks;
  for (const cycles of stages.slice(1)) {
    await Promise.all(last.map(({ published }) => published));
    last = await Promise.all(cycles.map((cycle) => startCycle(stage, schemeId, cycle)));
    all.push(...last);
  }
  return Promise.all(all.map(({ closed }) => closed));
}

interface Walk {
  /** Its first phase has begun. */
  readonly opened: Promise<true>;
  readonly published: Promise<true>;
  readonly closed: Promise<WalkedCycle>;
}

async function startCycle(stage: Stage, schemeId: string, cycle: CycleCase): Promise<Walk> {
  const { company, office } = stage;
  const hr = company.withRole('hr').api;
  const { period, people, dayLengthMs = DAY_MS } = cycle;
  const subjects = people.map(({ who }) => company.employee(who).subject);
  const body = { name: `${schemeId} ${period}`, period, schemeId, scope: { subjects }, dayLengthMs };
  const { members, phases, errors } = await hr.post('/cycles/preview', zPreview, { body });
  if (members !== people.length || errors.length > 0)
    throw new Error(`${schemeId} ${period} can't start with ${members} of ${people.length}: ${JSON.stringify(errors)}`);
  const { id: cycleId } = await hr.post('/cycles', zReceipt, { body });
  office.takeOn(cycleId, cycle);
  const paysOut = phases.some(({ phase }) => phase === 'payout');
  const planned = Math.max(...phases.map(({ closesAt }) => Date.parse(closesAt))) - Date.now();
  const withinMs = Math.max(planned, 0) + SPARE_MS;
  const opened = office.sees(cycleId, `${body.name} has begun`, withinMs, ({ cycles }) => {
    const [first] = cycles.get(cycleId)?.phases ?? [];
    return first !== undefined && first.state !== 'planned' ? true : undefined;
  });
  const published = office.sees(
    cycleId,
    `${body.name} is published`,
    withinMs,
    ({ cycles }) => cycles.get(cycleId)?.published || undefined,
  );
  const closed = published.then(() => endOf(stage, { cycleId, cycle, paysOut, withinMs, dayLengthMs }));
  for (const one of [opened, published, closed]) one.catch(() => undefined);
  return { opened, published, closed };
}

interface Running {
  readonly cycleId: string;
  readonly cycle: CycleCase;
  readonly paysOut: boolean;
  readonly withinMs: number;
  readonly dayLengthMs: number;
}

/** What was published, then pay and confirmation until nothing is owed. */
async function endOf({ company, office }: Stage, { cycleId, cycle, paysOut, withinMs, dayLengthMs }: Running): Promise<WalkedCycle> {
  if (paysOut) {
    await office.sees(cycleId, 'the batch is computed', withinMs, ({ batches }) =>
      batches.find((batch) => batch.cycleId === cycleId && batch.stage === 'computed'),
    );
    await payBatch({ company, dayLengthMs, tag: cycleId, say: () => undefined }, cycleId, 'regular');
  }
  await office.sees(cycleId, 'the cycle is closed', withinMs, ({ cycles }) => cycles.get(cycleId)?.status === 'closed' || undefined);
  const people: PublishedPerson[] = [];
  for (const { who } of cycle.people) people.push(await resultOf(company.employee(who), cycleId));
  return { cycleId, cycle, paysOut, people, refused: office.refused(cycleId) };
}

/** As the person sees it. */
async function resultOf(person: SignedIn, cycleId: string): Promise<PublishedPerson> {
  const appraisalId = `${cycleId}.${person.subject}`;
  const explain = (language: string) => person.api.get(`/appraisals/${appraisalId}/explanation`, zExplained, { language });
  const [zh, en] = [await explain('zh-CN'), await explain('en')];
  const mine = await person.api.get(`/appraisals/${appraisalId}`, zMine);
  const hasPay = zh.result.pay.lines.length > 0;
  const settled = hasPay ? await person.api.get('/statements', zStatement, { cycleId }) : null;
  return { who: person.employeeNo, appraisalId, result: zh.result, explained: { 'zh-CN': zh, en }, settled, mine };
}
