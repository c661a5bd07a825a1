import type { SignedIn } from './company';
import { RATED, type Walk, waitForPhase } from './cycle-walk';
import * as shape from './shapes';
import { until } from './wait';

export interface AppealInPanel {
  readonly appealId: string;
  readonly appraisalId: string;
  readonly rep: SignedIn;
}

/** Filed by the person, accepted by HR, the panel drawn by rule. */
export async function appealIsSeated(walk: Walk, appraisalId: string, rep: SignedIn): Promise<AppealInPanel> {
  const { hr, say } = walk;
  const body = {
    appraisalId,
    grounds: ['unfair-rating'],
    lines: RATED.map((key) => ({ line: key, kind: 'rating', key, rightValue: '85' })),
    statement: '产品考试 92 分，评分与事实不符。',
  };
  const { id: appealId } = await rep.api.post('/appeals', shape.zReceipt, { body });
  const look = async () => hr.api.get(`/appeals/${appealId}`, shape.zAppeal);
  await until('the appeal is seen', 10_000, async () => look().catch(() => undefined));
  await hr.api.post(`/appeals/${appealId}/acts`, shape.zReceipt, { body: { act: 'accept' } });
  const seated = await until('the panel is seated', 20_000, async () => {
    const appeal = await look();
    return appeal.stage === 'hearing' && appeal.panel.length >= 3 ? appeal : undefined;
  });
  say(`appeal: ${appealId} by ${rep.login}, ground unfair-rating on ${RATED.length} lines (20 → 85); holds pay: ${String(seated.holds)}`);
  for (const { name, department, chair } of seated.panel) say(`  panel: ${name ?? '–'}, ${department}${chair ? ' (chair)' : ''}`);
  return { appealId, appraisalId, rep };
}

/** The batch of that kind through check, approval by another, release, acknowledgement; the lines of an open appeal stay held. */
export async function payBatch(
  walk: Pick<Walk, 'company' | 'dayLengthMs' | 'tag' | 'say'>,
  cycleId: string,
  kind: 'regular' | 'supplementary',
): Promise<void> {
  const finance = walk.company.withRole('finance').api;
  const manager = walk.company.withRole('general-manager').api;
  const find = async (stage: readonly string[]) => {
    const { items } = await finance.get('/payouts', shape.zBatches, { cycleId });
    return items.find((batch) => batch.kind === kind && stage.includes(batch.stage));
  };
  const batch = await until(`the ${kind} batch is computed`, 60 * walk.dayLengthMs + 60_000, () => find(['computed']));
  const act = (body: object, who = finance) => who.post(`/payouts/${batch.batchId}/acts`, shape.zReceipt, { body });
  await act({ act: 'check', passed: true });
  const refused = await act({ act: 'approve' }).then(
    () => 'approved',
    (error: unknown) => (error instanceof Error ? error.message : 'refused'),
  );
  await act({ act: 'approve' }, manager);
  await act({ act: 'release' });
  await until(`the release of the ${kind} batch is seen`, 10_000, () => find(['released']));
  await act({ act: 'acknowledge', reference: `payroll-${walk.tag}` });
  const done = await until(`the ${kind} batch is acknowledged`, 20_000, () => find(['acknowledged']));
  walk.say(
    `payout (${kind}): ${done.lines} lines, total ${done.total}, released ${done.releasedTotal ?? '–'}, held ${done.heldTotal ?? '–'}; approval by finance itself: ${refused}`,
  );
  const file = await finance.text(`/payouts/${batch.batchId}/file`);
  walk.say(`  file: ${file.split('\n').length - 2} lines, e.g. ${file.split('\n')[1]?.trim() ?? ''}`);
}

/** Hearing and three votes; what follows by itself: score, place and pay, with the original beside. */
export async function decide(walk: Walk, cycleId: string, { appealId, appraisalId, rep }: AppealInPanel): Promise<void> {
  const { hr, company, say } = walk;
  const before = await mine(rep, appraisalId);
  const look = async () => hr.api.get(`/appeals/${appealId}`, shape.zAppeal);
  await hr.api.post(`/appeals/${appealId}/acts`, shape.zReceipt, {
    body: { act: 'note-hearing', notes: '双方到场，核对了考试记录。', how: 'in-person' },
  });
  await until('the appeal is decided', 40 * walk.dayLengthMs + 30_000, async () => {
    const appeal = await look();
    if (appeal.verdict !== null) return appeal;
    const voted = new Set(appeal.votes.map(({ member }) => member));
    for (const { subject } of appeal.panel) {
      if (voted.has(subject)) continue;
      const body = { act: 'vote', verdict: 'uphold', values: [], reason: '考试记录与自评一致。' };
      // The deadline may have replaced the member a moment before.
      await company
        .who(subject)
        .api.post(`/appeals/${appealId}/acts`, shape.zReceipt, { body })
        .catch(() => undefined);
    }
    return undefined;
  });
  const after = await until('the score is amended', 20_000, async () => {
    const now = await mine(rep, appraisalId);
    return now.amended ? now : undefined;
  });
  const { own } = await rep.api.get('/leaderboard', shape.zBoard, { cycleId, limit: 1 });
  say(
    `decided: upheld; ${rep.login} ${before.score ?? '–'} (${before.grade ?? '–'}) → ${after.score ?? '–'} (${after.grade ?? '–'}), place ${own?.place ?? '–'}, published place of all others unchanged`,
  );
}

export async function statement(walk: Walk, cycleId: string, rep: SignedIn): Promise<void> {
  const seen = await rep.api.get('/statements', shape.zStatement, { cycleId });
  for (const { key, entitled, settled } of seen.lines)
    walk.say(`  ${key.padEnd(14)} entitled ${entitled.padStart(10)}  settled ${settled.padStart(10)}`);
  walk.say(
    `  total          entitled ${seen.entitledTotal.padStart(10)}  settled ${seen.settledTotal.padStart(10)}  held ${seen.heldTotal}`,
  );
}

/** A plan that HR starts for one, beside those that results started. */
export async function plans(walk: Walk, rep: SignedIn): Promise<void> {
  const coach = walk.company.withRole('coach');
  const live = await walk.hr.api.get('/plans', shape.zPlans, { live: true });
  walk.say(`100-day plans started by results: ${live.items.filter(({ cause }) => cause.kind === 'grade').length}`);
  const body = { subject: rep.subject, coach: coach.subject, cause: { kind: 'hr', reason: 'growth' } };
  const started = await walk.hr.api.post('/plans', shape.zReceipt, { body }).catch(() => undefined);
  if (!started) return walk.say(`100-day plan of ${rep.login}: one runs already`);
  const plan = await until('the plan is seen', 10_000, async () => {
    const { items } = await coach.api.get('/plans', shape.zPlans, { coach: coach.subject });
    return items.find(({ planId }) => planId === started.id);
  });
  walk.say(
    `100-day plan of ${plan.name ?? rep.login} with ${plan.coachName ?? 'the coach'}: ${plan.status.status} (${plan.status.reason})`,
  );
}

/** A cycle closes by itself when nothing is held and no appeal is open. */
export async function settled(walk: Walk, cycleId: string, { appealId }: AppealInPanel): Promise<void> {
  await walk.hr.api.post(`/appeals/${appealId}/acts`, shape.zReceipt, { body: { act: 'close', schemeAtFault: false } });
  await waitForPhase(walk, cycleId, 'appeals', ['closed', 'complete']);
  const status = await until('the cycle is closed', 60 * walk.dayLengthMs + 90_000, async () => {
    const cycle = await walk.hr.api.get(`/cycles/${cycleId}`, shape.zCycle);
    return cycle.status === 'closed' ? cycle.status : undefined;
  });
  walk.say(`cycle: ${status}; nothing is held and no appeal is open`);
}

async function mine(rep: SignedIn, appraisalId: string) {
  return rep.api.get(`/appraisals/${appraisalId}`, shape.zAppraisal);
}
