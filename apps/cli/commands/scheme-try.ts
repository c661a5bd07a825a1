import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import type { ApiClient } from '../client';
import { CliError, EXIT, say, sayJson, tell } from '../output';
import { explained, remote, type RemoteOptions } from '../remote';
import { readText } from '../scheme-files';

interface TryOptions extends RemoteOptions {
  readonly scheme: string;
  readonly version?: string;
  readonly against?: string;
  readonly periods: string;
  readonly scope?: string;
  readonly carry?: string;
  readonly default?: string;
  readonly defaultShare?: string;
  readonly reevaluate?: boolean;
  readonly csv?: string;
  readonly people?: string;
}

const zAmounts = z.object({ published: z.string(), again: z.string().nullable(), draft: z.string(), difference: z.string() });
const zPeriod = z.object({
  period: z.string(),
  people: z.number(),
  published: z.number(),
  scored: z.number(),
  notScored: z.number(),
  defaulted: z.number(),
  meanScore: z.object({ published: z.string().nullable(), draft: z.string().nullable() }),
  grades: z.array(z.object({ grade: z.string(), published: z.number(), draft: z.number() })),
  score: z.object({ higher: z.number(), lower: z.number(), same: z.number() }),
  pay: zAmounts.extend({ ofNotScored: z.string(), higher: z.number(), lower: z.number(), same: z.number() }).nullable(),
  errors: z.array(z.object({ code: z.string(), key: z.string(), people: z.number() })),
});
const zSummary = z.looseObject({
  draft: z.object({ schemeId: z.string(), version: z.number().nullable() }),
  against: z.object({ schemeId: z.string(), version: z.number() }),
  asOf: z.number(),
  log: z.object({ before: z.number(), after: z.number() }),
  periods: z.array(zPeriod),
  cost: zAmounts.nullable(),
});
const zStanding = z.object({
  score: z.string().nullable(),
  grade: z.string().nullable(),
  rank: z.number().nullable(),
  pay: z.string().nullable(),
});
const zRows = z.object({
  items: z.array(
    z.looseObject({
      period: z.string(),
      subject: z.string(),
      published: zStanding.nullable(),
      draft: zStanding.extend({ errors: z.array(z.object({ code: z.string(), key: z.string() })) }),
      difference: z.object({ score: z.string().nullable(), pay: z.string().nullable(), places: z.number().nullable() }),
    }),
  ),
  next: z.string().optional(),
});
const zProgress = z.object({ period: z.string(), step: z.string(), done: z.number(), of: z.number() });

/** `centum scheme try`: a draft on past periods, over HTTP; nothing is recorded. */
export function registerSchemeTry(scheme: Command): void {
  scheme
    .command('try')
    .description('what a draft would have come to on past periods; records nothing / 试算')
    .requiredOption('--scheme <id|file.yaml>', 'a scheme with --version, or a file')
    .option('--version <number>', 'which version of it')
    .option('--against <id/version>', 'whose results it is compared with (default: the version in force)')
    .requiredOption('--periods <list>', '2026-08..2026-10 or 2026-08,2026-Q3')
    .option('--scope <list>', 'everyone of it instead of those with a result: roles=rep;regions=华东,华南')
    .option('--carry <list>', "new=old: the draft's rating is taken from another one")
    .option('--default <list>', 'rating=value for everyone who has none')
    .option('--default-share <percent>', 'for every points line that somebody has no rating for')
    .option('--reevaluate', 'also evaluate the scheme it is compared with on the facts of today')
    .option('--people <count>', 'print that many people')
    .option('--csv <file>', 'all differences by person')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((options: TryOptions) => explained(() => tryScheme(options)));
}

async function tryScheme(options: TryOptions): Promise<void> {
  const api = await remote(options);
  const body = await questionOf(options);
  const summary = await withProgress(api, body);
  const people = Math.min(Number(options.people ?? '0'), 200);
  const rows = people > 0 ? await api.post('/schemes/rehearsals/people', zRows, { body, query: { limit: people } }) : { items: [] };
  if (options.csv !== undefined) await saveCsv(api, body, options.csv);
  if (options.json === true) return sayJson(people > 0 ? { ...summary, people: rows.items } : summary);
  print(summary);
  for (const { period, subject, published, draft, difference } of rows.items) {
    const score = `${published?.score ?? '–'} → ${draft.score ?? draft.errors.map(({ code, key }) => `${code} ${key}`).join(', ')}`;
    const grade = `${published?.grade ?? '–'} → ${draft.grade ?? '–'}`;
    const rank = `${published?.rank ?? '–'} → ${draft.rank ?? '–'}`;
    say(`  ${period} ${subject}  ${score} (${difference.score ?? '–'})  ${grade}  place ${rank}  pay ${difference.pay ?? '–'}`);
  }
}

async function questionOf(options: TryOptions): Promise<object> {
  const { scheme, version, against, periods, scope, reevaluate } = options;
  return {
    scheme: version === undefined ? { yaml: await yamlOf(scheme) } : { schemeId: scheme, version: Number(version) },
    ...(against === undefined ? {} : { against: versionOf(against) }),
    periods: periods.split(','),
    ...(scope === undefined ? {} : { scope: scopeOf(scope) }),
    ratings: {
      carry: pairsOf(options.carry),
      defaults: pairsOf(options.default),
      ...(options.defaultShare === undefined ? {} : { defaultShare: options.defaultShare }),
    },
    reevaluate: reevaluate === true,
  };
}

async function yamlOf(file: string): Promise<string> {
  const text = await readText(file);
  if (text === undefined) throw new CliError(`${file} is no file in UTF-8; a scheme of the server needs --version`, EXIT.usage);
  return text;
}

function versionOf(text: string): object {
  const found = /^(.+)[/@](\d{1,6})$/.exec(text);
  if (!found) throw new CliError(`--against ${text} is not <id>/<version>`, EXIT.usage);
  return { schemeId: found[1], version: Number(found[2]) };
}

function scopeOf(text: string): object {
  const entries = text.split(';').map((part) => part.split('='));
  return Object.fromEntries(entries.map(([key = '', values = '']) => [key.trim(), values.split(',').map((value) => value.trim())]));
}

function pairsOf(text: string | undefined): object {
  const entries = (text ?? '').split(',').filter((part) => part !== '');
  return Object.fromEntries(
    entries.map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key.trim(), value.join('=').trim()];
    }),
  );
}

async function withProgress(api: ApiClient, body: object): Promise<z.infer<typeof zSummary>> {
  for await (const { event, data } of api.events('/schemes/rehearsals', { body })) {
    if (event === 'summary') return zSummary.parse(data);
    if (event === 'problem') throw api.problem(data);
    const { period, step, done, of } = zProgress.parse(data);
    tell(`${period} ${step} ${done} of ${of}`);
  }
  throw new CliError('the rehearsal ended without an answer');
}

async function saveCsv(api: ApiClient, body: object, file: string): Promise<void> {
  const out = createWriteStream(file, { flags: 'w' });
  for await (const piece of api.pieces('/schemes/rehearsals/csv', { body })) if (!out.write(piece)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  tell(`differences by person: ${file}`);
}

function print({ draft, against, asOf, log, periods, cost }: z.infer<typeof zSummary>): void {
  const version = draft.version === null ? 'as the file has it' : `version ${draft.version}`;
  say(`${draft.schemeId} ${version} against ${against.schemeId} version ${against.version}, as recorded up to ${asOf}`);
  for (const { period, people, notScored, defaulted, meanScore, grades, score, pay, errors } of periods) {
    say(`${period}: ${people} people, ${notScored} can't be scored, ${defaulted} with stated ratings`);
    say(
      `  score: mean ${meanScore.published ?? '–'} → ${meanScore.draft ?? '–'}; ${score.higher} higher, ${score.lower} lower, ${score.same} the same`,
    );
    say(`  grades: ${grades.map(({ grade, published, draft: now }) => `${grade} ${published} → ${now}`).join(', ') || '–'}`);
    if (pay) {
      const again = pay.again === null ? '' : ` (evaluated again ${pay.again})`;
      say(`  pay: ${pay.published}${again} → ${pay.draft} (${pay.difference}); ${pay.higher} higher, ${pay.lower} lower`);
    }
    if (pay && notScored > 0) say(`  not scored: paid ${pay.ofNotScored} then`);
    for (const { code, key, people: count } of errors) say(`    ${code} ${key}: ${count} people`);
  }
  say(cost ? `cost: ${cost.published} → ${cost.draft} (${cost.difference})` : 'cost: for whoever may read pay, or of everyone there is');
  say(`log: last position ${log.before} before, ${log.after} after`);
}
