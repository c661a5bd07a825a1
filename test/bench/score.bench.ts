import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { ratios, type Spread, spreadOf } from './append/stats';
import type { Answer, Asked, Contender, Share } from './score/thread';

/*
 * Goal P8: people scored with the template `weighted-70-20-10`, explanation trees in full, against the same arithmetic
 * written by hand with decimal.js; results compared person by person first.
 * node dist/test/bench/score.bench.js [--people 100000] [--rounds 5]
 */

const GOAL = { seconds: 10, people: 100_000, ratio: 5 } as const;
const CORES = 2;

const CONTENDERS: readonly (readonly [Contender, string])[] = [
  ['product', 'product, with explanation trees'],
  ['recorded', 'product, trees hashed as they are recorded'],
  ['by-hand-with-trees', 'decimal.js by hand, trees of the same nodes'],
  ['by-hand', 'decimal.js by hand, no trees'],
];

class Thread {
  private constructor(private readonly worker: Worker) {}

  static async start(share: Share): Promise<{ readonly thread: Thread; readonly nodes: number }> {
    const thread = new Thread(new Worker(path.join(__dirname, 'score', 'thread.js'), { workerData: share }));
    const answer = await thread.next();
    if (answer.kind !== 'ready') throw new Error('a thread began with something else');
    return { thread, nodes: answer.nodes };
  }

  async ask(asked: Asked): Promise<Answer> {
    this.worker.postMessage(asked);
    return this.next();
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private async next(): Promise<Answer> {
    const [answer]: Answer[] = await once(this.worker, 'message');
    if (!answer) throw new Error('a thread said nothing');
    return answer;
  }
}

/** Until the last thread is done, and what all of them used, collecting garbage included. */
interface Timing {
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** Thrown when a person was not scored. */
async function timed(threads: readonly Thread[], contender: Contender, people: number): Promise<Timing> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  const answers = await Promise.all(threads.map((thread) => thread.ask({ kind: 'run', contender })));
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(used);
  const scored = answers.reduce((sum, answer) => sum + (answer.kind === 'ran' ? answer.scored : 0), 0);
  if (scored !== people) throw new Error(`${contender}: ${scored} of ${people} people were scored`);
  return { seconds, processorSeconds: (user + system) / 1_000_000 };
}

async function identical(threads: readonly Thread[], people: number): Promise<boolean> {
  const answers = await Promise.all(threads.map((thread) => thread.ask({ kind: 'compare' })));
  let different = 0;
  for (const answer of answers) {
    if (answer.kind !== 'compared') continue;
    different += answer.different;
    if (answer.first !== undefined) say(answer.first);
  }
  say(
    different === 0
      ? `the same for each of ${count(people)} people: score, grade, points, pay lines, outcome, actions and every node`
      : `DIFFERENT for ${count(different)} of ${count(people)} people`,
  );
  return different === 0;
}

async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  const people = option('people', GOAL.people);
  const rounds = option('rounds', 5);
  say(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load before ${(loadavg()[0] ?? 0).toFixed(2)}`);
  const shares = Array.from({ length: CORES }, (_, index) => ({
    from: Math.floor((people * index) / CORES),
    to: Math.floor((people * (index + 1)) / CORES),
  }));
  const started = await Promise.all(shares.map((share) => Thread.start(share)));
  const threads = started.map(({ thread }) => thread);
  say(`${count(people)} people on ${CORES} threads, ${started[0]?.nodes ?? 0} nodes in the first tree; one of the product's processes`);
  say('scores its cohorts in one thread, so two threads stand for two worker processes');
  const same = await identical(threads, people);
  const measured = new Map<Contender, Timing[]>(CONTENDERS.map(([contender]) => [contender, []]));
  // The first round warms up and is not counted; each round runs all of them, one after the other.
  for (let round = 0; round <= rounds; round += 1)
    for (const [contender] of CONTENDERS) {
      const timing = await timed(threads, contender, people);
      if (round > 0) measured.get(contender)?.push(timing);
    }
  const alone = await oneThread(threads, shares, rounds);
  await Promise.all(threads.map((thread) => thread.stop()));
  process.exitCode = report({ people, measured, alone, same }) ? 0 : 1;
}

/** People a second of one thread while the other rests. */
async function oneThread(threads: readonly Thread[], shares: readonly Share[], rounds: number): Promise<Spread> {
  const [thread, share] = [threads[0], shares[0]];
  if (!thread || !share) throw new Error('no thread');
  const speeds: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    speeds.push((share.to - share.from) / (await timed([thread], 'product', share.to - share.from)).seconds);
  return spreadOf(speeds);
}

interface Measured {
  readonly people: number;
  readonly measured: ReadonlyMap<Contender, readonly Timing[]>;
  readonly alone: Spread;
  readonly same: boolean;
}

function report({ people, measured, alone, same }: Measured): boolean {
  const of = (contender: Contender, what: keyof Timing = 'seconds'): readonly number[] =>
    (measured.get(contender) ?? []).map((timing) => timing[what]);
  say();
  say(`${'median (lowest – highest) of the rounds'.padEnd(46)}${'seconds'.padEnd(24)}${'processor seconds'.padEnd(24)}people/s`);
  for (const [contender, title] of CONTENDERS) {
    const [wall, used] = [spreadOf(of(contender)), spreadOf(of(contender, 'processorSeconds'))];
    say(`${title.padEnd(46)}${spread(wall).padEnd(24)}${spread(used).padEnd(24)}${count(people / wall.median)}`);
  }
  say(`${'product, one thread alone'.padEnd(94)}${count(alone.median)}`);
  say();
  const seconds = (spreadOf(of('product')).median * GOAL.people) / people;
  const against = (contender: Contender, what: keyof Timing): Spread => spreadOf(ratios(of(contender, what), of('product', what)));
  const withTrees = against('by-hand-with-trees', 'seconds');
  const goals = [
    met(same, 'results identical', same ? 'yes' : 'no'),
    met(seconds <= GOAL.seconds, `${count(GOAL.people)} people with trees ≤ ${GOAL.seconds} s`, `${fixed(seconds)} s`),
    met(withTrees.median >= GOAL.ratio, `≥ ${GOAL.ratio} × decimal.js by hand, both with trees`, spread(withTrees)),
  ];
  say(`        ${'the same by processor seconds'.padEnd(46)}${spread(against('by-hand-with-trees', 'processorSeconds'))}`);
  say(`        ${'× decimal.js without trees, ours with'.padEnd(46)}${spread(against('by-hand', 'seconds'))}`);
  say(`        ${'the same by processor seconds'.padEnd(46)}${spread(against('by-hand', 'processorSeconds'))}`);
  return goals.every(Boolean);
}

function met(holds: boolean, goal: string, found: string): boolean {
  say(`${holds ? 'met   ' : 'MISSED'}  ${goal.padEnd(46)}${found}`);
  return holds;
}

function spread({ median, low, high }: Spread): string {
  return `${fixed(median)} (${fixed(low)} – ${fixed(high)})`;
}

function fixed(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
