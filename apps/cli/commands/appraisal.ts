import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { CliError, EXIT, say, sayJson } from '../output';
import { explained, remote, type RemoteOptions } from '../remote';

const zTitle = z.object({ 'zh-CN': z.string(), en: z.string() });
const zLine = z.object({
  key: z.string(),
  title: zTitle,
  type: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  options: z.array(z.string()),
});
const zTasks = z.object({
  items: z.array(
    z.object({
      step: z.string(),
      level: z.number().nullable(),
      part: z.number().nullable(),
      department: z.string().nullable(),
      group: z.string().nullable(),
      lines: z.array(zLine),
    }),
  ),
});
const zTodo = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      appraisalId: z.string(),
      period: z.string(),
      name: z.string().nullable(),
      department: z.string().nullable(),
      part: z.number().nullable(),
      dueAt: z.string().nullable(),
      begun: z.boolean(),
    }),
  ),
});
const zPeers = z.object({
  peers: z.array(z.object({ subject: z.string(), name: z.string().nullable() })),
  answered: z.number(),
  least: z.number(),
  most: z.number().nullable(),
  open: z.boolean(),
});
const zReceipt = z.object({ id: z.string(), version: z.number(), repeated: z.boolean() });

const AS = ['self', 'manager', 'second', 'peer', 'customers'] as const;
interface RateOptions extends RemoteOptions {
  readonly as: (typeof AS)[number];
  readonly file: string;
  readonly department?: string;
  readonly part?: string;
  readonly key?: string;
}
interface PeersOptions extends RemoteOptions {
  readonly name?: string;
  readonly key?: string;
}

/** `centum appraisal todo|lines|rate|peers`: what people give to an appraisal, as whoever signed in. */
export function register(program: Command): void {
  const appraisal = program.command('appraisal').description('who rates whom, and ratings / 评分');
  withAddress(appraisal.command('todo').description('what there is to do, and by when')).action((options: RemoteOptions) =>
    explained(() => todo(options)),
  );
  withAddress(appraisal.command('lines').description('the lines to fill in, task by task').argument('<appraisal id>')).action(
    (id: string, options: RemoteOptions) => explained(() => lines(id, options)),
  );
  withAddress(appraisal.command('rate').description('submits ratings: all lines of a task at once').argument('<appraisal id>'))
    .addOption(new Option('--as <rater>', 'whose task').choices(AS).makeOptionMandatory())
    .requiredOption('--file <json>', 'ratings by line; for customers a list of them, one a customer')
    .option('--department <name>', 'manager: the lines of that department')
    .option('--part <number>', 'manager: that part of a period that a transfer split')
    .option('--key <text>', 'idempotency key')
    .action((id: string, options: RateOptions) => explained(() => rate(id, options)));
  withAddress(appraisal.command('peers').description('colleagues who are asked, and how many have answered').argument('<appraisal id>'))
    .option('--name <ids>', 'asks these from now on: subject ids, comma separated')
    .option('--key <text>', 'idempotency key')
    .action((id: string, options: PeersOptions) => explained(() => peers(id, options)));
}

function withAddress(command: Command): Command {
  return command.option('--url <address>').option('--json', 'print JSON');
}

async function todo(options: RemoteOptions): Promise<void> {
  const found = await (await remote(options)).get('/me/todo', zTodo, { limit: 200 });
  if (options.json === true) return sayJson(found);
  for (const { kind, appraisalId, period, name, department, part, dueAt, begun } of found.items) {
    const about = [name ?? 'someone erased', department, part === null ? null : `part ${part}`].filter((text) => text !== null).join(', ');
    say(`${kind.padEnd(18)} ${period.padEnd(8)} ${dueAt ?? '-'}${begun ? '' : ' (not yet)'}  ${about}  ${appraisalId}`);
  }
  if (found.items.length === 0) say('nothing to do');
}

async function lines(id: string, options: RemoteOptions): Promise<void> {
  const found = await (await remote(options)).get(`/appraisals/${id}/rating-lines`, zTasks);
  if (options.json === true) return sayJson(found);
  for (const { step, level, part, department, group, lines: asked } of found.items) {
    const of = [level === null ? null : `level ${level}`, part === null ? null : `part ${part}`, department, group].filter(
      (text) => text !== null,
    );
    say(`${step}${of.length === 0 ? '' : ` (${of.join(', ')})`}: ${asked.length} lines`);
    for (const { key, title, type, from, to, options: words } of asked) {
      const range = from === null || to === null ? words.join(' | ') : `${from} … ${to}`;
      say(`  ${key.padEnd(24)} ${type.padEnd(12)} ${range.padEnd(24)} ${title['zh-CN']} / ${title.en}`);
    }
  }
}

async function rate(id: string, options: RateOptions): Promise<void> {
  const given = await jsonFile(options.file);
  const { route, body } = request(id, options, given);
  const done = await (
    await remote(options)
  ).post(route, zReceipt, {
    body,
    ...(options.key === undefined ? {} : { idempotencyKey: options.key }),
  });
  if (options.json === true) return sayJson(done);
  say(`submitted${done.repeated ? ' (already, with this key)' : ''}`);
}

function request(id: string, { as, department, part }: RateOptions, given: unknown): { readonly route: string; readonly body: object } {
  const route = `/appraisals/${id}`;
  const input = {
    ratings: given,
    ...(department === undefined ? {} : { department }),
    ...(part === undefined ? {} : { part: Number(part) }),
  };
  switch (as) {
    case 'self':
      return { route: `${route}/acts`, body: { kind: 'submit-self-review', input: { ratings: given } } };
    case 'manager':
      return { route: `${route}/acts`, body: { kind: 'submit-manager-score', input } };
    case 'second':
      return { route: `${route}/acts`, body: { kind: 'approve-second-review', input: { ratings: given } } };
    case 'peer':
      return { route: `${route}/peer-review`, body: { ratings: given } };
    case 'customers':
      return { route: `${route}/customer-answers`, body: { rows: given } };
  }
}

async function jsonFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) throw new CliError(`no such file: ${file}`, EXIT.usage);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Where it breaks is of no use to who wrote a small file; that it is none is.
    throw new CliError(`not JSON: ${file}`, EXIT.usage);
  }
}

async function peers(id: string, options: PeersOptions): Promise<void> {
  const api = await remote(options);
  if (options.name !== undefined) {
    const body = { peers: options.name.split(',').filter((subject) => subject !== '') };
    await api.post(`/appraisals/${id}/peers`, zReceipt, { body, ...(options.key === undefined ? {} : { idempotencyKey: options.key }) });
  }
  const found = await api.get(`/appraisals/${id}/peers`, zPeers);
  if (options.json === true) return sayJson(found);
  for (const { subject, name } of found.peers) say(`${subject}  ${name ?? 'someone erased'}`);
  const most = found.most === null ? '' : `, at most ${found.most}`;
  say(`${found.answered} of ${found.peers.length} have answered${found.open ? '' : '; closed'} (at least ${found.least}${most})`);
}
