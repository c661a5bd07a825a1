import { readdirSync } from 'node:fs';
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
