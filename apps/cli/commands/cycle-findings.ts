import type { Command } from 'commander';
import { z } from 'zod';
import type { ApiClient } from '../client';
import { say, sayJson } from '../output';
import { explained, remote, type RemoteOptions } from '../remote';
import { defaultLanguage } from '../scheme-files';

const PAGE = 200;
/** People named one by one on the screen; with --json all of them. */
const SHOWN = 50;

const zText = z.object({ 'zh-CN': z.string(), en: z.string() });
const zError = z.object({
  code: z.string(),
  key: z.string(),
  sentence: zText,
  concerns: z.array(z.object({ key: z.string(), title: zText })),
});
const zFindings = z.object({
  members: z.number(),
  waiting: z.number(),
  withErrors: z.number(),
  errors: z.array(zError.extend({ people: z.number() })),
  groups: z.array(z.looseObject({ code: z.string(), sentence: zText })),
});
const zPerson = { subject: z.string(), name: z.string().nullable() };
const zWithErrors = z.object({ ...zPerson, errors: z.array(zError) });
const zWaiting = z.object({ ...zPerson, reason: z.string(), step: z.string().nullable() });

interface FindingsOptions extends RemoteOptions {
  readonly language: string;
  readonly people?: boolean;
}

/** `centum cycle findings`. */
export function registerCycleFindings(cycle: Command): void {
  cycle
    .command('findings')
    .description('what HR has to know before publication: errors, who has no score and why, groups over limits / 发布前的问题')
    .argument('<cycle id>')
    .option('--people', 'person by person, too')
    .option('--language <language>', 'zh-CN or en', defaultLanguage())
    .option('--url <address>')
    .option('--json', 'print JSON')
    .action((cycleId: string, options: FindingsOptions) => explained(() => findings(cycleId, options)));
}

async function findings(cycleId: string, options: FindingsOptions): Promise<void> {
  const api = await remote(options);
  const route = `/cycles/${cycleId}/findings`;
  const found = await api.get(route, zFindings);
  const named = options.people === true;
  const most = options.json === true ? Number.POSITIVE_INFINITY : SHOWN;
  const errors = named ? await all(api, `${route}/errors`, zWithErrors, most) : [];
  const waiting = named ? await all(api, `${route}/waiting`, zWaiting, most) : [];
  if (options.json === true) return sayJson(named ? { ...found, people: { errors, waiting } } : found);
  const language = options.language === 'en' ? 'en' : 'zh-CN';
  say(summary(found, language));
  for (const { sentence, people, concerns } of found.errors) {
    const stopped = concerns.map(({ title }) => title[language]).join(language === 'en' ? ', ' : '、');
    say(`  ${people} × ${sentence[language]}${stopped === '' ? '' : ` (${stopped})`}`);
  }
  for (const { sentence } of found.groups) say(`  ${sentence[language]}`);
  for (const { subject, name, errors: own } of errors)
    say(`  ${name ?? subject}: ${own.map(({ sentence }) => sentence[language]).join(' ')}`);
  for (const { subject, name, reason, step } of waiting) say(`  ${name ?? subject}: ${reason}${step === null ? '' : ` ${step}`}`);
}

function summary({ members, withErrors, waiting, groups }: z.infer<typeof zFindings>, language: 'zh-CN' | 'en'): string {
  return language === 'en'
    ? `${members} people: ${withErrors} with errors, ${waiting} without a score yet; ${groups.length} findings about groups`
    : `共 ${members} 人：${withErrors} 人有错误，${waiting} 人尚无得分；群体问题 ${groups.length} 项`;
}

/** Page by page, up to so many. */
async function all<T>(api: ApiClient, route: string, item: z.ZodType<T>, most: number): Promise<readonly T[]> {
  const zItems = z.object({ items: z.array(item), next: z.string().optional() });
  const found: T[] = [];
  for (let after: string | undefined; ;) {
    const page = await api.get(route, zItems, { limit: Math.min(PAGE, most), ...(after === undefined ? {} : { after }) });
    found.push(...page.items);
    if (page.next === undefined || found.length >= most) return found.slice(0, most);
    after = page.next;
  }
}
