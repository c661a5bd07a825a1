import type { Command } from 'commander';
import { z } from 'zod';
import type { ApiClient } from '../client';
import { say, sayJson } from '../output';
import { explained, remote, type RemoteOptions } from '../remote';
import { registerCycleFindings } from './cycle-findings';

interface StartOptions extends RemoteOptions {
  readonly name: string;
  readonly period: string;
  readonly scheme: string;
  readonly roles?: string;
  readonly preview?: boolean;
  readonly key?: string;
}

const zCount = z.object({ reason: z.string(), count: z.number() });
const zPreview = z.object({
  members: z.number(),
  excluded: z.array(zCount),
  errors: z.array(z.object({ code: z.string(), detail: z.string().optional() })),
  phases: z.array(z.object({ phase: z.string(), opensAt: z.string(), closesAt: z.string() })),
});
const zCycle = z.object({
  name: z.string(),
  status: z.string(),
  members: z.number(),
  phases: z.array(z.object({ phase: z.string(), state: z.string(), closesAt: z.string() })),
});
const zProgress = z.object({
  items: z.array(z.object({ phase: z.string(), members: z.number(), done: z.number(), late: z.number(), skipped: z.number() })),
});

/** `centum cycle start|status|findings`. */
export function register(program: Command): void {
  const cycle = program.command('cycle').description('appraisal cycles / 考核周期');
  cycle
    .command('start')
    .description('start a cycle, or with --preview say who is in, who is not and why')
    .requiredOption('--name <text>')
    .requiredOption('--period <period>', 'YYYY-MM, YYYY-Qn or YYYY')
    .requiredOption('--scheme <id>', 'a scheme in force')
    .option('--roles <list>', 'only these roles, comma separated')
    .option('--preview', 'record nothing')
    .option('--key <text>', 'idempotency key: the same again starts nothing twice')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((options: StartOptions) => explained(() => start(options)));
  cycle
    .command('status')
    .description('phases of a cycle and how far each is')
    .argument('<cycle id>')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((cycleId: string, options: RemoteOptions) => explained(() => status(cycleId, options)));
  registerCycleFindings(cycle);
}

async function start(options: StartOptions): Promise<void> {
  const api = await remote(options);
  const scope = options.roles === undefined ? {} : { roles: options.roles.split(',') };
  const body = { name: options.name, period: options.period, schemeId: options.scheme, scope };
  const preview = await api.post('/cycles/preview', zPreview, { body });
  if (options.preview === true || preview.errors.length > 0) {
    if (options.json === true) return sayJson(preview);
    say(
      `${preview.members} people are in; out: ${preview.excluded.map(({ reason, count }) => `${count} ${reason}`).join(', ') || 'nobody'}`,
    );
    await namePaidElsewhere(api, body, preview);
    for (const { phase, opensAt, closesAt } of preview.phases) say(`  ${phase.padEnd(15)} ${opensAt} – ${closesAt}`);
    for (const { code, detail } of preview.errors) say(`  can't start: ${code}${detail === undefined ? '' : ` (${detail})`}`);
    if (preview.errors.length > 0) process.exitCode = 1;
    return;
  }
  const started = await api.post('/cycles', z.object({ id: z.string(), repeated: z.boolean() }), {
    body,
    ...(options.key === undefined ? {} : { idempotencyKey: options.key }),
  });
  if (options.json === true) return sayJson(started);
  await namePaidElsewhere(api, body, preview);
  say(`started ${started.id}${started.repeated ? ' (already, with this key)' : ''}`);
}

const NAMED = 50;
const PAID_ELSEWHERE = 'paid-in-other-period';
const zPeople = z.object({ items: z.array(z.object({ subject: z.string(), name: z.string().nullable() })), next: z.string().optional() });

/** Those whom the scheme pays for the same results in another kind of period, each by name. */
async function namePaidElsewhere(api: ApiClient, body: object, { excluded }: z.infer<typeof zPreview>): Promise<void> {
  const left = excluded.find(({ reason }) => reason === PAID_ELSEWHERE)?.count ?? 0;
  if (left === 0) return;
  const { items } = await api.post('/cycles/preview/people', zPeople, {
    body: { ...body, which: 'out', reason: PAID_ELSEWHERE, limit: NAMED },
  });
  const names = items.map(({ subject, name }) => name ?? subject).join(', ');
  say(`  on another period that pays the same, left out of this: ${names}${left > items.length ? ` and ${left - items.length} more` : ''}`);
}

async function status(cycleId: string, options: RemoteOptions): Promise<void> {
  const api = await remote(options);
  const [cycle, progress] = await Promise.all([api.get(`/cycles/${cycleId}`, zCycle), api.get(`/cycles/${cycleId}/progress`, zProgress)]);
  if (options.json === true) return sayJson({ ...cycle, progress: progress.items });
  say(`${cycle.name}: ${cycle.status}, ${cycle.members} people`);
  for (const { phase, state, closesAt } of cycle.phases) {
    const counts = progress.items.find((item) => item.phase === phase);
    const done = counts ? `${counts.done} of ${counts.members} done, ${counts.late} late, ${counts.skipped} without` : '';
    say(`  ${phase.padEnd(15)} ${state.padEnd(9)} until ${closesAt}  ${done}`.trimEnd());
  }
}
