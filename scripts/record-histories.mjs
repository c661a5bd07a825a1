// Records one history of each workflow with the present code on Temporal's time-skipping server, for test/replay.
// Run once per released version: node scripts/record-histories.mjs. A version's histories never change afterwards.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';

const root = path.resolve(import.meta.dirname, '..');
const histories = path.join(root, 'test', 'replay', 'histories');
const bundle = path.join(root, '.cache', 'test-workflow-bundle.js');
const server = process.env.CENTUM_TEST_TEMPORAL_SERVER ?? path.join(root, '.cache', 'temporal', 'bin', 'temporal-test-server');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

const DAY_MS = 24 * 60 * 60 * 1000;
const DONE = { kind: 'done' };
const KEYWORD = 2;

execFileSync(process.execPath, [path.join(root, 'scripts', 'bundle-workflows.mjs'), bundle], { stdio: 'inherit' });
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });
const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: server } } });
await environment.connection.operatorService.addSearchAttributes({
  namespace: 'default',
  searchAttributes: Object.fromEntries(['CentumCycle', 'CentumPhase', 'CentumRegion', 'CentumKind'].map((name) => [name, KEYWORD])),
});
try {
  const start = await environment.currentTimeMs();
  for (const record of [recordCycle, recordRankedCycle, recordAppeal, recordPayout, recordPlan])
    await record(instants(await environment.currentTimeMs()));
  console.log(`recorded in ${Math.round(((await environment.currentTimeMs()) - start) / DAY_MS)} days of the server's time`);
} finally {
  await environment.teardown();
}

function instants(startMs) {
  return (day) => new Date(startMs + day * DAY_MS).toISOString();
}

async function recordCycle(at) {
  const cycleId = randomUUID();
  const phase = (name, from, to, remindAt = []) => ({
    phase: name,
    opensAt: at(from),
    closesAt: at(to),
    remindAt: remindAt.map(at),
    opened: false,
    completed: false,
    closed: null,
  });
  let cycle = {
    status: 'running',
    region: 'CN',
    sweeps: [],
    published: false,
    payoutStarted: false,
    unsettled: null,
    dayLengthMs: null,
    phases: [
      phase('self-review', 0, 3, [2]),
      phase('manager-review', 3, 6, [5]),
      phase('publication', 8, 9),
      phase('confirmation', 8, 13),
      phase('appeals', 8, 13),
      phase('payout', 8, 18),
    ],
  };
  const change = (name, what) => {
    cycle = { ...cycle, phases: cycle.phases.map((planned) => (planned.phase === name ? { ...planned, ...what } : planned)) };
    return DONE;
  };
  const set = (what) => {
    cycle = { ...cycle, ...what };
    return DONE;
  };
  const activities = {
    loadCycle: async () => cycle,
    openCyclePhase: async ({ phase: name }) => change(name, { opened: true }),
    // The extension is recorded a moment before the deadline: the first try to close is refused.
    closeCyclePhase: async ({ phase: name, cause }) => {
      const [first] = cycle.phases;
      if (name === 'self-review' && first.closesAt === at(3)) {
        change(name, { closesAt: at(4) });
        return { kind: 'refused', code: 'cycle.deadline-not-reached' };
      }
      return change(name, { closed: cause });
    },
    publishCycle: async () => set({ published: true, unsettled: { openAppeals: 1, heldLines: 1, unpaidBatches: 1 } }),
    startPayout: async () => set({ payoutStarted: true }),
    closeCycle: async () => set({ status: 'closed' }),
    planSweep: async () => ({ cohorts: 6, asOf: 42 }),
    sweepCohort: async () => ({ members: 1000, handled: 990, excluded: [{ reason: 'left', count: 10 }] }),
    recordSweep: async ({ phase: name, step, round }) => set({ sweeps: [...cycle.sweeps, { phase: name, step, round }] }),
  };
  await record('appraisalCycle', `cycle-${cycleId}`, { cycleId }, activities, async (tell) => {
    await environment.sleep(1.2 * DAY_MS);
    set({ status: 'paused' });
    await tell('CyclePaused');
    await environment.sleep(0.3 * DAY_MS);
    set({ status: 'running' });
    await tell('CycleResumed');
    await environment.sleep(3.6 * DAY_MS);
    change('manager-review', { completed: true });
    await tell('CyclePhaseCompleted');
    await environment.sleep(18.4 * DAY_MS);
    set({ unsettled: { openAppeals: 0, heldLines: 0, unpaidBatches: 0 } });
    await tell('AppealClosed');
  });
  await keep('cycleSweep', `cycle-${cycleId}/self-review/open`);
}

/** A cycle that places people among each other: everyone is scored, then placed, then published. */
async function recordRankedCycle(at) {
  const cycleId = randomUUID();
  const phase = (name, from, to) => ({
    phase: name,
    opensAt: at(from),
    closesAt: at(to),
    remindAt: [],
    opened: false,
    completed: false,
    closed: null,
  });
  let cycle = {
    status: 'running',
    region: 'CN',
    sweeps: [],
    published: false,
    payoutStarted: false,
    unsettled: null,
    dayLengthMs: null,
    ranked: true,
    phases: [phase('manager-review', 0, 2), phase('publication', 3, 4), phase('confirmation', 3, 5), phase('appeals', 3, 5)],
  };
  const set = (what) => {
    cycle = { ...cycle, ...what };
    return DONE;
  };
  const change = (name, what) =>
    set({ phases: cycle.phases.map((planned) => (planned.phase === name ? { ...planned, ...what } : planned)) });
  const activities = {
    loadCycle: async () => cycle,
    openCyclePhase: async ({ phase: name }) => change(name, { opened: true }),
    closeCyclePhase: async ({ phase: name, cause }) => change(name, { closed: cause }),
    publishCycle: async () => set({ published: true, unsettled: { openAppeals: 0, heldLines: 0, unpaidBatches: 0 } }),
    startPayout: async () => set({ payoutStarted: true }),
    closeCycle: async () => set({ status: 'closed' }),
    planSweep: async () => ({ cohorts: 2, asOf: 42 }),
    sweepCohort: async () => ({ members: 1000, handled: 1000, excluded: [] }),
    recordSweep: async ({ phase: name, step, round }) => set({ sweeps: [...cycle.sweeps, { phase: name, step, round }] }),
  };
  await record('appraisalCycle', `cycle-${cycleId}`, { cycleId }, activities, async () => undefined, 'ranked');
  await keep('cycleSweep', `cycle-${cycleId}/publication/rank`, 'ranked');
}

async function recordAppeal(at) {
  const appealId = randomUUID();
  let appeal = {
    cycleId: randomUUID(),
    region: 'CN',
    stage: 'triage',
    terminal: false,
    round: 1,
    dueAt: at(2),
    decideBy: null,
    decisionOverdueRecorded: false,
    duty: null,
  };
  const set = (what) => {
    appeal = { ...appeal, ...what };
    return DONE;
  };
  const activities = {
    loadAppeal: async () => appeal,
    doAppealDuty: async () => set({ stage: 'hearing', duty: null, round: 4, dueAt: at(9) }),
    passAppealDeadline: async ({ stage }) => set(stage === 'hearing' && appeal.round === 4 ? { round: 5, dueAt: at(11) } : { dueAt: null }),
    recordDecisionOverdue: async () => set({ decisionOverdueRecorded: true }),
  };
  await record('appeal', `appeal-${appealId}`, { appealId }, activities, async (tell) => {
    await environment.sleep(2.3 * DAY_MS);
    set({ stage: 'more-asked', round: 2 });
    await tell('AppealMoreAsked');
    await environment.sleep(2.2 * DAY_MS);
    set({ stage: 'to-panel', round: 3, duty: 'seat-panel', decideBy: at(14) });
    await tell('AppealAccepted');
    await environment.sleep(12.2 * DAY_MS);
    set({ stage: 'closed', terminal: true });
    await tell('AppealClosed');
  });
}

async function recordPayout(at) {
  const batchId = randomUUID();
  let batch = { cycleId: randomUUID(), region: 'CN', stage: 'computing', terminal: false, round: 1, duty: 'compute', remindAt: null };
  const set = (what) => {
    batch = { ...batch, ...what };
    return DONE;
  };
  const activities = {
    loadPayout: async () => batch,
    computePayout: async () => set({ stage: 'computed', duty: null, round: 2, remindAt: at(2) }),
    remindPayout: async () => DONE,
  };
  await record('payoutBatch', `payout-${batchId}`, { batchId }, activities, async (tell) => {
    await environment.sleep(3.3 * DAY_MS);
    for (const stage of ['checked', 'approved', 'released']) {
      set({ stage, round: batch.round + 1, remindAt: at(5) });
      await tell(`Payout ${stage}`);
    }
    await environment.sleep(2.4 * DAY_MS);
    set({ stage: 'acknowledged', terminal: true, remindAt: null });
    await tell('PayoutAcknowledged');
  });
}

async function recordPlan(at) {
  const planId = randomUUID();
  let plan = { cycleId: null, region: 'CN', terminal: false, paused: false, round: 1, next: { stage: 1, dueAt: at(12) } };
  const set = (what) => {
    plan = { ...plan, ...what };
    return DONE;
  };
  const activities = {
    loadPlan: async () => plan,
    recordGateOverdue: async () => set({ round: 2, next: { stage: 2, dueAt: at(28) } }),
  };
  await record('coachingPlan', `plan-${planId}`, { planId }, activities, async (tell) => {
    await environment.sleep(14.3 * DAY_MS);
    set({ paused: true });
    await tell('PlanPaused');
    await environment.sleep(3.3 * DAY_MS);
    set({ paused: false, round: 3, next: { stage: 2, dueAt: at(31) } });
    await tell('PlanResumed');
    await environment.sleep(9.2 * DAY_MS);
    set({ next: null });
    await tell('GatePassed');
    await environment.sleep(1.3 * DAY_MS);
    set({ terminal: true });
    await tell('PlanGraduated');
  });
}

async function record(type, workflowId, input, activities, acts, variant) {
  const taskQueue = workflowId;
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: 'default',
    taskQueue,
    workflowBundle: { codePath: bundle },
    activities,
    workflowThreadPoolSize: 1,
  });
  await worker.runUntil(async () => {
    const handle = await environment.client.workflow.start(type, { taskQueue, workflowId, workflowTaskTimeout: 2000, args: [input] });
    let position = 0;
    await acts(async (what) => {
      position += 1;
      await handle.signal('recorded', { epoch: 1, position, type: what, data: {} });
    });
    await handle.result();
  });
  await keep(type, workflowId, variant);
}

/** `variant`: another life of the same workflow and version. */
async function keep(type, workflowId, variant) {
  const file = path.join(histories, type, `${version}${variant === undefined ? '' : `-${variant}`}.json`);
  if (existsSync(file) && !process.argv.includes('--replace')) {
    console.log(`${type} ${version}: kept as it is (--replace records it anew)`);
    return;
  }
  const history = await environment.client.workflow.getHandle(workflowId).fetchHistory();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(plain(history))}\n`);
  console.log(`${type} ${version}: ${history.events.length} events`);
}

/** A message as JSON holds it: bytes as `{ "$bytes": base64 }`, 64-bit numbers as their two halves, enumerations as numbers. */
function plain(value) {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}
