import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { openTemporal } from '#apps/cli/up';
import { BenchChild } from './cycle/child-process';
import { type CycleHistory, cycleHistory } from './cycle/history';
import { processorSeconds } from './cycle/processor-time';
import { accountOf, checkpointOf, type CycleAccount, headPosition, isSweepRecorded, progressOf, rowsOf } from './cycle/record';
import { type Servers, startServers } from './cycle/servers';

/*
 * From the command that starts a cycle to every appraisal opened and visible, on durable PostgreSQL and a real Temporal
 * server, with the product as one process; with --kill that process is killed when 40 % are opened and another one started.
 * node dist/test/bench/cycle.bench.js [--people 10000] [--kill] [--dir .data] [--profile FOLDER]
 *   [--company FOLDER: the imported company is kept there, and taken from there the next time]
 */

const POLL_MS = 25;
const GIVE_UP_MS = 15 * 60_000;
const KILL_SHARE = 0.4;
const GOAL = { people: 100_000, seconds: 12, secondsWithKill: 20 } as const;
const PUBLIC_FIGURE = { people: 10_000, seconds: 90 } as const;
const STATE_GOAL = 1 / 20;
/** What the smallest child workflow costs: three events of its parent's history and five of its own. */
const EVENTS_PER_CHILD = 8;

interface Plan {
  readonly people: number;
  readonly kill: boolean;
  readonly dir: string;
  readonly profile: string | undefined;
  readonly company: string | undefined;
}

interface World {
  readonly plan: Plan;
  readonly servers: Servers;
}

/** Seconds; undefined where the system does not say. */
interface ProcessorTime {
  readonly product: number;
  readonly postgres: number | undefined;
  readonly temporal: number | undefined;
}

interface Outcome {
  readonly cycleId: string;
  readonly startedMs: number;
  readonly openedMs: number;
  readonly recordedMs: number;
  readonly visibleMs: number;
  readonly used: ProcessorTime;
  readonly killed: { readonly opened: number; readonly atMs: number; readonly runningMs: number } | undefined;
}

function readPlan(args: readonly string[]): Plan {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  return {
    people: Number(option('people') ?? '10000'),
    kill: args.includes('--kill'),
    dir: path.resolve(option('dir') ?? '.data'),
    profile: option('profile'),
    company: option('company'),
  };
}

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2).padStart(7)} s`;
}

function load(): string {
  const averages = loadavg().map((value) => value.toFixed(1));
  return `load ${averages.join(' ')} on ${cpus().length} cores`;
}

/** Servers whose log holds the company and a scheme in force, all read models caught up. */
async function prepare(plan: Plan, folder: string): Promise<Servers> {
  const kept = plan.company === undefined ? undefined : path.resolve(plan.company);
  if (kept !== undefined && existsSync(kept)) {
    copyFolder(kept, folder);
    return startServers(folder, say);
  }
  const servers = await startServers(folder, say);
  await importCompany(plan, servers);
  if (kept === undefined) return servers;
  await servers.stop();
  copyFolder(folder, kept);
  return startServers(folder, say);
}

/** With owners and modes: the server's files may belong to a user of its own. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const { status } = spawnSync('cp', ['-a', `${from}/.`, to], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${from} could not be copied to ${to}`);
}

async function importCompany(plan: Plan, { configuration }: Servers): Promise<void> {
  const start = performance.now();
  const child = new BenchChild();
  child.tell({ kind: 'import', configuration, people: plan.people });
  const { head } = await child.hear('imported');
  await child.ended();
  say(`  imported ${plan.people + 1} people, all read models at position ${head}: ${seconds(performance.now() - start)}`);
}

/** Asks until it is so. Thrown when it takes too long: Error. */
async function until(what: string, condition: () => Promise<boolean>): Promise<number> {
  const deadline = performance.now() + GIVE_UP_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`gave up waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return performance.now();
}

async function launch({ servers, plan }: World, name: string): Promise<BenchChild> {
  const profiled = plan.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${plan.profile}`, `--cpu-prof-name=${name}.cpuprofile`];
  const child = new BenchChild(profiled);
  child.tell({ kind: 'run', configuration: servers.configuration });
  await child.hear('running');
  return child;
}

async function measure(world: World): Promise<Outcome> {
  const { plan, servers } = world;
  const { client } = servers;
  let child = await launch(world, 'first');
  const before = await headPosition(client);
  const [postgres, temporal] = serverSeconds(servers);
  const start = performance.now();
  const since = (): number => performance.now() - start;
  child.tell({ kind: 'start-cycle' });
  const { cycleId, members } = await child.hear('started');
  const startedMs = since();
  if (members !== plan.people) throw new Error(`${members} members were counted for ${plan.people} people`);
  let killed: Outcome['killed'];
  if (plan.kill) {
    const share = Math.floor(members * KILL_SHARE);
    await until('enough are opened', async () => (await headPosition(client)) - before >= share);
    await child.kill();
    const [opened, atMs] = [(await headPosition(client)) - before, since()];
    child = await launch(world, 'second');
    killed = { opened, atMs, runningMs: since() };
  }
  // One after another, since that is the order in which they come about: nothing is counted while it is measured.
  await until('all are opened', async () => (await headPosition(client)) - before > members);
  const openedMs = since();
  await until('the sweep is recorded', () => isSweepRecorded(client, cycleId));
  const recordedMs = since();
  await until('all are visible', () => isVisible(client, cycleId, members));
  const visibleMs = since();
  const [postgresAfter, temporalAfter] = serverSeconds(servers);
  child.tell({ kind: 'stop' });
  const { cpuSeconds: product } = await child.hear('stopped');
  await child.ended();
  const used = { product, postgres: minus(postgresAfter, postgres), temporal: minus(temporalAfter, temporal) };
  return { cycleId, startedMs, openedMs, recordedMs, visibleMs, used, killed };
}

function serverSeconds({ pids }: Servers): readonly [number | undefined, number | undefined] {
  return [processorSeconds(pids.postgres), processorSeconds(pids.temporal)];
}

function minus(after: number | undefined, before: number | undefined): number | undefined {
  return after === undefined || before === undefined ? undefined : after - before;
}

async function isVisible(client: Client, cycleId: string, members: number): Promise<boolean> {
  const progress = await progressOf(client, cycleId);
  if (progress.length === 0 || progress.some((phase) => phase.members !== members)) return false;
  // Rows are counted once the projection has reached what the progress has.
  if ((await checkpointOf(client, 'appraisal')) < (await checkpointOf(client, 'cycle_progress'))) return false;
  return (await rowsOf(client, cycleId)) === members;
}

function print(world: World, outcome: Outcome, account: CycleAccount, history: CycleHistory): boolean {
  const { people } = world.plan;
  const { startedMs, openedMs, recordedMs, visibleMs, used, killed } = outcome;
  const perSecond = ((people * 1_000) / Math.max(recordedMs, visibleMs)).toFixed(0);
  const spent = (value: number | undefined): string => (value === undefined ? '?' : value.toFixed(1));
  say(`\n${people} people${killed ? ', the process killed on the way' : ''} (${load()})`);
  say(`  start command answered          ${seconds(startedMs)}`);
  if (killed) {
    say(`  ${`kill -9 at ${killed.opened} opened`.padEnd(32)}${seconds(killed.atMs)}`);
    say(`  another process runs            ${seconds(killed.runningMs)}`);
  }
  say(`  all opened                      ${seconds(openedMs)}`);
  say(`  opening sweep recorded          ${seconds(recordedMs)}`);
  say(`  all visible                     ${seconds(visibleMs)}   ${perSecond} people/s`);
  say(`  processor time: product ${spent(used.product)} s, PostgreSQL ${spent(used.postgres)} s, Temporal ${spent(used.temporal)} s`);
  return [...printGoals(people, outcome), printPromises(people, account), printHistory(people, history)].every(Boolean);
}

function printGoals(people: number, { recordedMs, visibleMs, killed }: Outcome): readonly boolean[] {
  const took = Math.max(recordedMs, visibleMs) / 1_000;
  const reference = (people * PUBLIC_FIGURE.seconds) / PUBLIC_FIGURE.people;
  say(`  best public figure (90 s per 10 000): ${reference.toFixed(0)} s; this is ${(reference / took).toFixed(1)} times as fast`);
  if (people !== GOAL.people) return [];
  const goal = killed ? GOAL.secondsWithKill : GOAL.seconds;
  const met = took <= goal;
  say(`  goal: ≤ ${goal} s${killed ? ' with one kill -9' : ''}  ${met ? 'met' : `MISSED (${took.toFixed(1)} s)`}`);
  return [met];
}

/** Whoever lost one or opened one twice has measured nothing. */
function printPromises(people: number, account: CycleAccount): boolean {
  const { opened, streams, subjects, head, holes, rows, progress, sweep } = account;
  const lost = people - subjects;
  const double = opened - subjects;
  say(`  read again: ${opened} AppraisalOpened on ${streams} streams of ${subjects} people, ${lost} lost, ${double} double;`);
  say(`    ${head} positions with ${holes} holes; ${rows} rows; members of the steps ${progress.join(', ')}`);
  say(`    recorded: members ${sweep?.members ?? '–'} = handled ${sweep?.handled ?? '–'} + excluded ${sweep?.excluded ?? '–'}`);
  const counted = progress.length > 0 && progress.every((members) => members === people);
  const accounted = sweep !== undefined && sweep.members === sweep.handled + sweep.excluded && sweep.handled === people;
  const kept = lost === 0 && double === 0 && streams === people && holes === 0 && rows === people && counted && accounted;
  say(`  goal: 0 lost, 0 double, all accounted for  ${kept ? 'met' : 'MISSED'}`);
  return kept;
}

function printHistory(people: number, { workflows, events, transitions }: CycleHistory): boolean {
  const least = people * EVENTS_PER_CHILD;
  const met = events <= least * STATE_GOAL;
  say(`  Temporal: ${workflows} workflows, ${events} history events, ${transitions} state transitions for the opening`);
  say(
    `  goal: ≤ 1/20 of one child workflow a person (at least ${least} events)  ${met ? 'met' : 'MISSED'}: 1/${(least / events).toFixed(0)}`,
  );
  return met;
}

async function main(): Promise<void> {
  const plan = readPlan(process.argv.slice(2));
  mkdirSync(plan.dir, { recursive: true });
  const folder = mkdtempSync(path.join(plan.dir, 'bench-cycle-'));
  say(`${plan.people} people, scheme weighted-70-20-10, durable PostgreSQL, Temporal dev server, one process (${load()})`);
  const servers = await prepare(plan, folder);
  try {
    const world: World = { plan, servers };
    const outcome = await measure(world);
    const account = await accountOf(servers.client, outcome.cycleId);
    const temporal = await openTemporal(servers.configuration.temporal);
    const history = await cycleHistory(temporal.client, outcome.cycleId);
    await temporal.close();
    if (!print(world, outcome, account, history)) process.exitCode = 1;
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
