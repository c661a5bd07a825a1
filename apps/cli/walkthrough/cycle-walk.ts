import type { ApiClient } from '../client';
import type { Company, SignedIn } from './company';
import * as shape from './shapes';
import { until } from './wait';

/** Files of the sample company and what the walk is told. */
export interface WalkInput {
  readonly files: { readonly people: string; readonly targets: string; readonly facts: string };
  readonly period: string;
  /** Milliseconds that stand for one working day. */
  readonly dayLengthMs: number;
  /** Makes this walk's scheme and keys its own, so that it can be walked again. */
  readonly tag: string;
  readonly say: (line: string) => void;
}

export interface Walk extends WalkInput {
  readonly company: Company;
  readonly hr: SignedIn;
}

export const RATED = ['knowledge', 'analysis', 'communication', 'adaptability', 'diligence'] as const;

/** People, targets and facts from their files; said twice, since the second time must change nothing. */
export async function importFiles(walk: Walk): Promise<void> {
  const { files, say, period } = walk;
  const planning = walk.company.withRole('planning').api;
  const csv = (path: string) => ({ path, type: 'text/csv' as const });
  const people = await walk.hr.api.post('/imports/people', shape.zPeopleImport, { file: csv(files.people) });
  say(`people: ${people.rows} rows, ${people.newPeople} new, ${people.changedPeople} changed, ${people.unchangedPeople} unchanged`);
  const targets = await planning.post('/imports/targets', shape.zTargetImport, { file: csv(files.targets) });
  say(`targets: ${targets.rows} rows, ${targets.newTargets} new, ${targets.unchanged} unchanged`);
  const query = { source: 'crm', completePeriod: period, completeMetrics: 'complaints.filed,absences.days,customers.new' };
  const facts = await planning.post('/imports/facts', shape.zFactImport, { file: csv(files.facts), query });
  say(`facts: ${facts.rows} rows, ${facts.facts} recorded, ${facts.repeated} known already`);
}

const OPINIONS: Readonly<Record<string, string>> = {
  hr: '条款清楚,按月公示得分依据。',
  'second-reviewer': '业绩权重合适,同意。',
  finance: '提成预算可控,同意。',
  rep: '能力评分的标准已经写明,没有意见。',
};

/** HR drafts a scheme from a template, every side is heard, the general manager approves it and puts it in force. */
export async function makeScheme(
  { hr, company, say }: Pick<Walk, 'hr' | 'company' | 'say'>,
  schemeId: string,
  templateId: string,
): Promise<string> {
  const { items } = await hr.api.get('/schemes/templates', shape.zTemplates);
  const template = items.find(({ id }) => id === templateId);
  if (!template) throw new Error(`the template ${templateId} does not ship`);
  const yaml = template.yaml.replace(`id: ${templateId}`, `id: ${schemeId}`);
  await hr.api.post(`/schemes/${schemeId}/versions`, shape.zReceipt, { body: { yaml, template: template.id } });
  const version = `/schemes/${schemeId}/versions/1`;
  await until('the draft is seen', 10_000, async () => (await isThere(hr.api, version)) || undefined);
  const commenters = Object.entries(OPINIONS).map(([role, text]) => ({ person: lastWithRole(company, role, hr), text }));
  await hr.api.post(`${version}/discussion`, shape.zReceipt, { body: { people: commenters.map(({ person }) => person.subject) } });
  await until('the discussion is seen', 10_000, async () => (await isThere(hr.api, `${version}/discussion`)) || undefined);
  for (const { person, text } of commenters) await person.api.post(`${version}/comments`, shape.zReceipt, { body: { text } });
  await hr.api.post(`${version}/discussion/close`, shape.zReceipt, { body: { summary: '各方同意,按草案执行。' } });
  await company.withRole('general-manager').api.post(`${version}/put-in-force`, shape.zReceipt);
  await until('the scheme is in force', 10_000, async () =>
    (await hr.api.text(`/schemes?status=in-force`)).includes(schemeId) ? true : undefined,
  );
  const heard = commenters.length;
  say(
    `scheme: ${schemeId} version 1 in force (drafted by HR, discussed by ${heard} with ${heard} comments, approved by the general manager)`,
  );
  return schemeId;
}

/** Somebody of that role who is not the one drafting. */
function lastWithRole(company: Company, role: string, drafter: SignedIn): SignedIn {
  return company.people.findLast(({ roles, subject }) => roles[0] === role && subject !== drafter.subject) ?? company.withRole(role);
}

async function isThere(api: ApiClient, route: string): Promise<boolean> {
  return api.text(route).then(
    () => true,
    () => false,
  );
}

/** Preview, then start; gives the cycle's id once every appraisal is open and visible. */
export async function startCycle(walk: Walk, schemeId: string): Promise<string> {
  const { hr, say, period, dayLengthMs, tag } = walk;
  const body = { name: `Walk ${tag}`, period, schemeId, scope: { roles: ['rep'] }, dayLengthMs };
  const preview = await hr.api.post('/cycles/preview', shape.zPreview, { body });
  if (preview.errors.length > 0) throw new Error(`the cycle can't start: ${preview.errors.map(({ code }) => code).join(', ')}`);
  say(
    `preview: ${preview.members} people are in; out: ${preview.excluded.map(({ reason, count }) => `${count} ${reason}`).join(', ') || 'nobody'}`,
  );
  for (const { phase, opensAt, closesAt } of preview.phases) say(`  ${phase.padEnd(15)} ${opensAt} – ${closesAt}`);
  const { id: cycleId } = await hr.api.post('/cycles', shape.zReceipt, { body, idempotencyKey: `walk-${tag}-start` });
  const again = await hr.api.post('/cycles', shape.zReceipt, { body, idempotencyKey: `walk-${tag}-start` });
  say(
    `cycle: ${cycleId} started; the same key again is answered with the first receipt: ${String(again.repeated && again.id === cycleId)}`,
  );
  await until('all appraisals are open', 30_000, async () => {
    const count = await countAppraisals(hr.api, cycleId);
    return count >= preview.members ? count : undefined;
  });
  return cycleId;
}

async function countAppraisals(api: ApiClient, cycleId: string): Promise<number> {
  return (await api.get('/appraisals', shape.zAppraisals, { cycleId, limit: 200 })).items.length;
}

export async function waitForPhase(walk: Walk, cycleId: string, phase: string, states: readonly string[]): Promise<void> {
  const waitMs = 40 * walk.dayLengthMs + 60_000;
  await until(`phase ${phase} is ${states.join(' or ')}`, waitMs, async () => {
    const cycle = await walk.hr.api.get(`/cycles/${cycleId}`, shape.zCycle);
    const found = cycle.phases.find((planned) => planned.phase === phase);
    return found && states.includes(found.state) ? true : undefined;
  });
}

/** Every rep but the last two: those show what a deadline does. */
export async function selfReviews(walk: Walk, cycleId: string): Promise<void> {
  const reps = walk.company.people.filter(({ roles }) => roles.includes('rep'));
  await waitForPhase(walk, cycleId, 'self-review', ['open']);
  let done = 0;
  for (const [index, rep] of reps.slice(0, -2).entries()) {
    const [todo] = (await rep.api.get('/me/todo', shape.zTodos)).items.filter(
      (item) => item.kind === 'self-review' && item.cycleId === cycleId,
    );
    if (!todo) continue;
    const input = {
      ratings: Object.fromEntries(RATED.map((key, place) => [key, String(70 + ((index * 7 + place * 3) % 30))])),
      comment: '本月完成了重点客户的跟进。',
    };
    await rep.api.post(`/appraisals/${todo.appraisalId}/acts`, shape.zReceipt, { body: { kind: 'submit-self-review', input } });
    done += 1;
  }
  walk.say(`self-review: ${done} of ${reps.length} submitted; the others meet the deadline`);
  await waitForPhase(walk, cycleId, 'self-review', ['closed']);
}

/** `low` gets ratings that will be appealed. */
export async function managerScores(walk: Walk, cycleId: string, low: SignedIn): Promise<void> {
  await waitForPhase(walk, cycleId, 'manager-review', ['open']);
  let done = 0;
  for (const manager of walk.company.people.filter(({ roles }) => roles.includes('manager'))) {
    const { items } = await manager.api.get('/me/todo', shape.zTodos, { limit: 200 });
    const todos = items.filter((item) => item.kind === 'manager-review' && item.cycleId === cycleId);
    for (const [index, { appraisalId, subject, part }] of todos.entries()) {
      const rating = (place: number): string => (subject === low.subject ? '20' : String(60 + ((index * 11 + place * 5) % 40)));
      const ratings = Object.fromEntries(RATED.map((key, place) => [key, rating(place)]));
      const input = { ratings, comment: '继续保持。', ...(part === null ? {} : { part }) };
      const body = { kind: 'submit-manager-score', input };
      await manager.api.post(`/appraisals/${appraisalId}/acts`, shape.zReceipt, { body });
      done += 1;
    }
  }
  walk.say(`manager scoring: ${done} scored; all done, so the phase closes before its deadline`);
  await waitForPhase(walk, cycleId, 'manager-review', ['closed']);
}

export async function secondReview(walk: Walk, cycleId: string): Promise<void> {
  await waitForPhase(walk, cycleId, 'second-review', ['open']);
  const manager = walk.company.withRole('general-manager');
  let done = 0;
  for (let after: string | undefined; ;) {
    const page = await manager.api.get('/me/todo', shape.zTodos, { limit: 200, after });
    for (const { appraisalId, kind, cycleId: of } of page.items) {
      if (kind !== 'second-review' || of !== cycleId) continue;
      await manager.api.post(`/appraisals/${appraisalId}/acts`, shape.zReceipt, { body: { kind: 'approve-second-review', input: {} } });
      done += 1;
    }
    if (page.next === undefined) break;
    after = page.next;
  }
  walk.say(`second review: ${done} approved by the general manager`);
}

/** The board as HR sees it, and one person's own statement with its explanation. */
export async function publication(walk: Walk, cycleId: string, rep: SignedIn): Promise<string> {
  const { hr, say } = walk;
  await until('the cycle is published', 60 * walk.dayLengthMs + 60_000, async () =>
    (await hr.api.get(`/cycles/${cycleId}`, shape.zCycle)).published ? true : undefined,
  );
  const board = await until('the board shows everyone', 10_000, async () => {
    const seen = await hr.api.get('/leaderboard', shape.zBoard, { cycleId, limit: 10 });
    return seen.ranked > 0 ? seen : undefined;
  });
  say(`published: ${board.ranked} ranked; ${board.tieRule.en}`);
  for (const { place, name, value } of board.items) say(`  ${String(place).padStart(3)}  ${value.padStart(7)}  ${name ?? '–'}`);
  const mine = await rep.api.get('/appraisals/mine', shape.zAppraisals);
  const appraisal = mine.items.find((item) => item.cycleId === cycleId);
  if (!appraisal) throw new Error(`${rep.login} has no appraisal in the cycle`);
  const own = (await rep.api.get('/leaderboard', shape.zBoard, { cycleId, limit: 1 })).own;
  say(`${rep.login}: ${appraisal.score ?? '–'} (${appraisal.grade ?? '–'}), place ${own?.place ?? '–'} of ${board.ranked}`);
  const explained = await rep.api.get(`/appraisals/${appraisal.appraisalId}/explanation`, shape.zExplained, { language: 'en' });
  for (const { depth, sentence } of explained.sentences.slice(0, 14)) say(`  ${'  '.repeat(depth)}${sentence}`);
  return appraisal.appraisalId;
}
