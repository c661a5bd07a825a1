import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

type Texts = { readonly [key: string]: string | Texts };

const folder = path.resolve(__dirname, '../../apps/web/texts');
const areas = readdirSync(path.join(folder, 'zh-CN')).map((file) => path.basename(file, '.ts'));

async function textsOf(language: string, area: string): Promise<ReadonlyMap<string, string>> {
  const { texts } = (await import(path.join(folder, language, area))) as { readonly texts: Texts };
  return new Map(flat(texts, []));
}

function flat(texts: Texts, above: readonly string[]): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    const place = [...above, key];
    return typeof value === 'string' ? [[place.join(' › '), value]] : flat(value, place);
  });
}

/** What is filled in, by name: `{{count}}`. */
const fillings = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name = '']) => name))].sort();

describe('the words of the pages', () => {
  it('have the same areas in both languages', () => {
    expect(readdirSync(path.join(folder, 'en')).map((file) => path.basename(file, '.ts'))).toEqual(areas);
  });

  it.each(areas)('say the same in Chinese and in English: %s', async (area) => {
    const [chinese, english] = await Promise.all([textsOf('zh-CN', area), textsOf('en', area)]);
    // English has a singular where Chinese has none.
    const plain = [...english.keys()].filter((key) => !key.endsWith('_one') || chinese.has(key));
    expect(plain.sort()).toEqual([...chinese.keys()].sort());
    const differing = [...chinese].filter(([key, text]) => fillings(text).join() !== fillings(english.get(key) ?? '').join());
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it.each(areas)('leave no text empty and none in the other language: %s', async (area) => {
    const [chinese, english] = await Promise.all([textsOf('zh-CN', area), textsOf('en', area)]);
    // A unit may be one that is not said.
    expect(
      [...chinese].filter(([key, text]) => text.trim() === '' && !key.startsWith('unit › ') && english.get(key)?.trim() !== ''),
    ).toEqual([]);
    expect(
      [...english].filter(([key, text]) => text.trim() === '' && !key.startsWith('unit › ') && chinese.get(key)?.trim() !== ''),
    ).toEqual([]);
    // The switch names the other language in that language; a country's own word for itself is a name.
    const inChinese = [...english].filter(([key, text]) => /\p{Script=Han}/u.test(text) && key !== 'language › other');
    expect(inChinese.map(([key]) => key)).toEqual([]);
  });

  it.each(areas)('use the words of the trade: %s', async (area) => {
    const all = [...(await textsOf('zh-CN', area))];
    const wrong = all.filter(([, text]) => /KPI|PIP|打分|投诉/i.test(text));
    expect(wrong).toEqual([]);
  });
});

/** Raised by what workflows and sweeps do alone: an alarm for whoever runs the product, never an answer to somebody at a page. */
const NEVER_AT_A_PAGE = [
  'appeal.pool-too-large',
  'appeal.unknown',
  'appraisal.already-amended-for-this-cause',
  'appraisal.already-published',
  'appraisal.answers-moved-on',
  'appraisal.confirmation-open',
  'appraisal.not-ranked',
  'appraisal.not-scored',
  'appraisal.only-the-system',
  'appraisal.peers-still-answer',
  'appraisal.published-score-is-frozen',
  'appraisal.score-has-errors',
  'appraisal.steps-open',
  'coaching.gates-differ-from-stages',
  'coaching.no-stages',
  'coaching.not-due-yet',
  'coaching.stage-days',
  'cycle.deadline-not-reached',
  'cycle.not-cancelled',
  'cycle.publish-sweep-missing',
  'cycle.sweep-does-not-add-up',
  'cycle.sweep-recorded-otherwise',
  'payout.chunk-differs',
  'payout.chunk-refused',
  'payout.chunk-size',
  'payout.line-id',
  'payout.line-twice',
  'payout.not-all-acknowledged',
  'payout.unknown-chunk',
];
/** Faults of the client itself: a page that causes one has a defect, and its title says which. */
const FAULTS_OF_A_CLIENT = [
  'facts.request-key-too-long',
  'http.idempotency-key-malformed',
  'http.idempotency-key-missing',
  'http.if-match-malformed',
  'organisation.request-key-too-long',
  'targets.request-key-too-long',
];

/** The codes that the sources refuse something with, found where they are raised. */
function codesRaised(): readonly string[] {
  const root = path.resolve(__dirname, '../..');
  const sources = ['libs', 'apps'].flatMap((top) =>
    readdirSync(path.join(root, top), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /(?<!\.spec)\.ts$/.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !/apps\/web|libs\/testing|assembly\/demo|apps\/cli/.test(path.relative(root, file).replaceAll(path.sep, '/'))),
  );
  const raised = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/new (?:Rejection|ProblemException)\(([^;]*?)(?:;|\n\s*\}\))/g)].flatMap(([, given = '']) =>
      [...given.matchAll(/'([a-z-]+\.[a-z0-9-]+)'/g)].map(([, code = '']) => code),
    ),
  );
  return [...new Set(raised)].sort();
}

describe('the words of a problem', () => {
  const raised = codesRaised();
  const wordless = new Set([...NEVER_AT_A_PAGE, ...FAULTS_OF_A_CLIENT]);

  it.each(['zh-CN', 'en'])('are there for every code that somebody at a page can be answered with: %s', async (language) => {
    expect(raised.length).toBeGreaterThan(250);
    const texts = await textsOf(language, 'problems');
    expect(raised.filter((code) => !wordless.has(code) && !texts.has(`code › ${code}`))).toEqual([]);
  });

  it('are left out for none that is not raised any more', () => {
    expect([...wordless].filter((code) => !raised.includes(code))).toEqual([]);
  });
});
