import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { SCHEME_TEMPLATES } from '#libs/scheme';
import { register } from './score';

/* Every worked example of the templates, through the command as an auditor runs it. */

const EXAMPLES = join(__dirname, '..', '..', '..', 'test', 'scheme-examples');

interface Example {
  readonly about: string;
  readonly scheme: string;
  readonly input: object;
  readonly expected: object;
}

const examples = readdirSync(EXAMPLES).map((name): [string, Example] => {
  const example: Example = JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8'));
  return [`${name}: ${example.about}`, example];
});

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centum-examples-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function score(scheme: string, input: object): Promise<{ readonly out: string; readonly exitCode: number }> {
  const file = join(folder, 'input.json');
  await writeFile(file, JSON.stringify(input));
  const written: string[] = [];
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  process.exitCode = 0;
  try {
    const program = new Command('centum').exitOverride();
    register(program);
    await program.parseAsync(['node', 'centum', 'score', '--scheme', scheme, '--input', file, '--json']);
    return { out: written.join(''), exitCode: Number(process.exitCode) };
  } finally {
    process.exitCode = 0;
    out.mockRestore();
  }
}

describe('centum score gives the worked examples', () => {
  it.each(examples)('%s', async (_name, { scheme, input, expected }) => {
    const { out, exitCode } = await score(scheme, input);
    const result: unknown = JSON.parse(out);
    expect(result).toMatchObject(expected);
    expect(exitCode).toBe(0);
    // Numbers may be written as JSON numbers or as texts; the result is the same to the byte.
    expect((await score(scheme, asNumbers(input))).out).toBe(out);
  });

  it('and there is one for every template', () => {
    expect(new Set(examples.map(([, { scheme }]) => scheme))).toEqual(new Set(SCHEME_TEMPLATES));
  });
});

/** The input with every short number given as a JSON number; periods and history scores stay as they are. */
function asNumbers(value: unknown, key = ''): object {
  const read = (member: unknown, name: string): unknown => {
    if (typeof member === 'string')
      return /^-?\d{1,9}(\.\d{1,4}[1-9]|\.[1-9])?$/.test(member) && name !== 'period' ? Number(member) : member;
    return typeof member === 'object' && member !== null ? asNumbers(member, name) : member;
  };
  if (Array.isArray(value)) return value.map((item: unknown) => read(item, key));
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, member]) => [name, read(member, name)]));
}
