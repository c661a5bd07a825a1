import { Command } from 'commander';
import { SCHEME_TEMPLATES, schemeJsonSchema, templateText } from '#libs/scheme';
import { register } from './scheme';

async function centum(...args: readonly string[]): Promise<{ readonly out: string; readonly told: string; readonly exitCode: number }> {
  const [written, told]: [string[], string[]] = [[], []];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  process.exitCode = 0;
  try {
    const program = new Command('centum').exitOverride();
    register(program);
    await program.parseAsync(['node', 'centum', 'scheme', ...args]);
    return { out: written.join(''), told: told.join(''), exitCode: Number(process.exitCode) };
  } finally {
    process.exitCode = 0;
    out.mockRestore();
    err.mockRestore();
  }
}

describe('centum scheme, without a server', () => {
  it('prints a template to start from, or names them all', async () => {
    expect((await centum('template', 'four-grade')).out).toBe(templateText('four-grade'));
    expect((await centum('template')).out.trim().split('\n')).toHaveLength(SCHEME_TEMPLATES.length);
    expect(await centum('template', 'no-such')).toMatchObject({ out: '', told: expect.stringContaining('unknown-scheme'), exitCode: 2 });
  });

  it('checks in the language of the reader: warnings are no failure', async () => {
    const chinese = await centum('check', 'weighted-70-20-10', '--language', 'zh-CN');
    expect(chinese).toMatchObject({ out: expect.stringContaining('第九条'), exitCode: 0 });
    expect(chinese.out.trim().endsWith('0 个错误，1 个提醒')).toBe(true);
    const english = await centum('check', 'weighted-70-20-10', '--language', 'en');
    expect(english.out.trim().split('\n').at(-1)).toBe('0 errors, 1 warning');
    expect(await centum('check', 'no-such.yaml')).toMatchObject({ out: '', told: expect.stringContaining('unknown-scheme'), exitCode: 2 });
  });

  it('lists the library and prints the schema for editors', async () => {
    const { out } = await centum('library', '--json');
    const ids = (JSON.parse(out) as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['completion', 'repurchase', 'contract_signing']));
    expect(JSON.parse((await centum('json-schema')).out)).toEqual(schemeJsonSchema());
  });
});
