import type { Command } from 'commander';
import { z } from 'zod';
import { isSubjectId } from '#kernel';
import { CliError, EXIT, say, sayJson } from '../output';
import { explained, remote, type RemoteOptions } from '../remote';
import { readText } from '../scheme-files';
import { sayReview, zReview } from './scheme-review-text';

const zReceipt = z.object({ id: z.string(), version: z.number(), repeated: z.boolean() });
const zTitle = z.object({ 'zh-CN': z.string(), en: z.string() });
const zVersions = z.object({
  items: z.array(
    z.object({ schemeId: z.string(), version: z.number(), status: z.string(), title: zTitle, reviewOn: z.string().nullable() }),
  ),
});
const zComment = z.object({
  commentId: z.string(),
  name: z.string().nullable(),
  about: z.string().nullable(),
  text: z.string().nullable(),
  editedAt: z.string().nullable(),
});
const zDiscussion = z.object({
  status: z.string(),
  until: z.string().nullable(),
  summary: z.string().nullable(),
  silent: z.array(z.string()),
  invited: z.array(z.object({ name: z.string().nullable(), subject: z.string(), sides: z.array(z.string()), commented: z.boolean() })),
  comments: z.array(zComment),
});
const zToAcknowledge = z.object({ items: z.array(z.object({ schemeId: z.string(), version: z.number() })) });
const zDue = z.object({ items: z.array(z.object({ schemeId: z.string(), version: z.number(), reviewOn: z.string().nullable() })) });

/** One command on one version: what every one of them takes. */
function onVersion(scheme: Command, name: string, description: string): Command {
  return scheme
    .command(name)
    .description(description)
    .argument('<scheme>')
    .argument('<version>')
    .option('--url <address>')
    .option('--json', 'print JSON');
}

/** What becomes of a scheme, over HTTP, each as whoever signed in: `centum scheme list|draft|discuss|…`. */
export function registerSchemeLife(scheme: Command): void {
  registerDrafts(scheme);
  registerDiscussion(scheme);
  onVersion(scheme, 'approve', 'as general manager: approve and put in force / 批准并生效')
    .option('--only', 'approve, and put in force later')
    .action((schemeId: string, version: string, options: RemoteOptions & { readonly only?: boolean }) =>
      act(options, [schemeId, version, options.only === true ? 'approve' : 'put-in-force']),
    );
  scheme
    .command('acknowledge')
    .description('say that you have read a scheme you are scored by; without arguments: which / 确认已阅')
    .argument('[scheme]')
    .argument('[version]')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((schemeId: string | undefined, version: string | undefined, options: RemoteOptions) =>
      explained(() => acknowledge(options, schemeId, version)),
    );
  onVersion(scheme, 'retire', 'no new cycle may use it / 停用').action((schemeId: string, version: string, options: RemoteOptions) =>
    act(options, [schemeId, version, 'retire']),
  );
  registerReview(scheme);
}

function registerDrafts(scheme: Command): void {
  scheme
    .command('list')
    .description('versions and where each stands / 考核方案列表')
    .option('--status <status>', 'draft, in-discussion, discussed, approved, in-force, superseded or retired')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((options: RemoteOptions & { readonly status?: string }) => explained(() => list(options)));
  scheme
    .command('draft')
    .description('the next version from a YAML file / 起草')
    .argument('<file>')
    .option('--scheme <id>', 'the id as the file says it is what counts')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((file: string, options: RemoteOptions & { readonly scheme?: string }) => explained(() => draft(file, options)));
}

function registerDiscussion(scheme: Command): void {
  onVersion(scheme, 'discuss', 'as HR: name who comments; without --people: what was said / 征求意见')
    .option('--people <list>', 'logins or ids, comma separated; HR, sales, finance and reps')
    .option('--until <day>', 'asked for by this day')
    .action((schemeId: string, version: string, options: RemoteOptions & { readonly people?: string; readonly until?: string }) =>
      explained(() => discuss(options, schemeId, version)),
    );
  onVersion(scheme, 'comment', 'say what you think of it; with --edit or --withdraw: of what you said / 提意见')
    .option('--text <text>')
    .option('--about <place>', 'a place in the document: sections.results')
    .option('--edit <comment id>')
    .option('--withdraw <comment id>')
    .action((schemeId: string, version: string, options: CommentOptions) => comment(options, schemeId, version));
  onVersion(scheme, 'close-discussion', 'as HR: what came of it / 结束讨论')
    .requiredOption('--summary <text>')
    .action((schemeId: string, version: string, options: RemoteOptions & { readonly summary: string }) =>
      act(options, [schemeId, version, 'discussion/close'], { summary: options.summary }),
    );
}

function registerReview(scheme: Command): void {
  scheme
    .command('review')
    .description('what a version did so far; with --conclusion: keep, change or retire it; without a version: which are due / 复审')
    .argument('[scheme]')
    .argument('[version]')
    .option('--conclusion <word>', 'keep, change or retire')
    .option('--reason <text>')
    .option('--next <day>', 'when it is looked at again')
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((schemeId: string | undefined, version: string | undefined, options: ReviewOptions) =>
      explained(() => review(options, schemeId, version)),
    );
}

async function act(options: RemoteOptions, [schemeId, version, what]: readonly [string, string, string], body: object = {}): Promise<void> {
  await explained(async () => {
    const api = await remote(options);
    const done = await api.post(`/schemes/${schemeId}/versions/${version}/${what}`, zReceipt, Object.keys(body).length > 0 ? { body } : {});
    if (options.json === true) return sayJson(done);
    say(`${schemeId} version ${version}: ${what}${what === 'comments' ? ` ${done.id}` : ''}${done.repeated ? ' (already)' : ''}`);
  });
}

async function list(options: RemoteOptions & { readonly status?: string }): Promise<void> {
  const { items } = await (await remote(options)).get('/schemes', zVersions, { status: options.status });
  if (options.json === true) return sayJson(items);
  for (const { schemeId, version, status, title, reviewOn } of items)
    say(`${schemeId} ${version}  ${status.padEnd(13)} ${title['zh-CN']} / ${title.en}${reviewOn === null ? '' : `, review ${reviewOn}`}`);
}

async function draft(file: string, options: RemoteOptions & { readonly scheme?: string }): Promise<void> {
  const yaml = await readText(file);
  if (yaml === undefined) throw new CliError(`${file} is no file in UTF-8`, EXIT.usage);
  const schemeId = options.scheme ?? /^id:\s*['"]?([A-Za-z0-9._:-]+)/m.exec(yaml)?.[1];
  if (schemeId === undefined) throw new CliError(`${file} does not say which scheme it is (id: …)`, EXIT.usage);
  const done = await (await remote(options)).post(`/schemes/${schemeId}/versions`, zReceipt, { body: { yaml } });
  if (options.json === true) return sayJson(done);
  say(`${schemeId}: drafted${done.repeated ? ' (already)' : ''}; see: centum scheme list`);
}

async function discuss(
  options: RemoteOptions & { readonly people?: string; readonly until?: string },
  schemeId: string,
  version: string,
): Promise<void> {
  const api = await remote(options);
  const route = `/schemes/${schemeId}/versions/${version}/discussion`;
  if (options.people !== undefined) {
    const named = options.people.split(',').map((text) => text.trim());
    const people = named.filter((text) => isSubjectId(text));
    const logins = named.filter((text) => text !== '' && !isSubjectId(text));
    const until = options.until === undefined ? {} : { until: options.until };
    const opened = await api.post(route, zReceipt, { body: { people, logins, ...until } });
    if (options.json === true) return sayJson(opened);
    return say(`${schemeId} version ${version}: open to ${people.length + logins.length} people`);
  }
  const discussion = await api.get(route, zDiscussion);
  if (options.json === true) return sayJson(discussion);
  say(`${schemeId} version ${version}: ${discussion.status}${discussion.until === null ? '' : `, asked for by ${discussion.until}`}`);
  for (const { name, subject, sides, commented } of discussion.invited)
    say(`  ${commented ? '+' : '-'} ${name ?? subject} (${sides.join(', ') || 'no side'})`);
  for (const { commentId, name, about, text, editedAt } of discussion.comments)
    say(`  ${commentId} ${name ?? '–'}${about === null ? '' : ` on ${about}`}: ${text ?? '(withdrawn)'}${editedAt === null ? '' : ' *'}`);
  if (discussion.summary !== null)
    say(`  summary: ${discussion.summary}${discussion.silent.length > 0 ? ` (silent: ${discussion.silent.join(', ')})` : ''}`);
}

interface CommentOptions extends RemoteOptions {
  readonly text?: string;
  readonly about?: string;
  readonly edit?: string;
  readonly withdraw?: string;
}

async function comment(options: CommentOptions, schemeId: string, version: string): Promise<void> {
  if (options.withdraw !== undefined) return act(options, [schemeId, version, `comments/${options.withdraw}/withdraw`]);
  const { text, about } = options;
  if (text === undefined) throw new CliError('--text is missing', EXIT.usage);
  if (options.edit !== undefined) return act(options, [schemeId, version, `comments/${options.edit}/edit`], { text });
  return act(options, [schemeId, version, 'comments'], { text, ...(about === undefined ? {} : { about }) });
}

async function acknowledge(options: RemoteOptions, schemeId: string | undefined, version: string | undefined): Promise<void> {
  if (schemeId !== undefined && version !== undefined) return act(options, [schemeId, version, 'acknowledge']);
  const { items } = await (await remote(options)).get('/schemes/to-acknowledge', zToAcknowledge);
  if (options.json === true) return sayJson(items);
  if (items.length === 0) say('nothing to acknowledge');
  for (const item of items) say(`centum scheme acknowledge ${item.schemeId} ${item.version}`);
}

interface ReviewOptions extends RemoteOptions {
  readonly conclusion?: string;
  readonly reason?: string;
  readonly next?: string;
}

async function review(options: ReviewOptions, schemeId: string | undefined, version: string | undefined): Promise<void> {
  const { conclusion, reason, next } = options;
  if (schemeId === undefined || version === undefined) {
    const { items } = await (await remote(options)).get('/schemes/reviews-due', zDue);
    if (options.json === true) return sayJson(items);
    if (items.length === 0) say('no review is due');
    for (const item of items) say(`${item.schemeId} ${item.version}  due ${item.reviewOn ?? '–'}`);
    return;
  }
  if (conclusion !== undefined) {
    if (reason === undefined) throw new CliError('--reason is missing', EXIT.usage);
    return act(options, [schemeId, version, 'review'], { conclusion, reason, ...(next === undefined ? {} : { nextReviewOn: next }) });
  }
  const report = await (await remote(options)).get(`/schemes/${schemeId}/versions/${version}/review`, zReview);
  if (options.json === true) return sayJson(report);
  sayReview(report);
}
