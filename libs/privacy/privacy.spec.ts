import { appendFile, type FileHandle, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonalText, subjectId } from '#kernel';
import { createFileVault, createPersonalTexts, divideTenantKey, openKeyFile, type SubjectKeyStore } from '#libs/privacy';

const ANNA = subjectId('0190f000-0000-7000-8000-000000000001');
const BO = subjectId('0190f000-0000-7000-8000-000000000002');
const tenant = divideTenantKey(Buffer.alloc(32, 7));
let folder = '';
let keys: SubjectKeyStore | undefined;

async function texts() {
  keys = await openKeyFile(join(folder, 'subject-keys'), tenant.wrapping);
  return createPersonalTexts(keys, tenant);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centum-privacy-'));
});
afterEach(async () => {
  await keys?.close();
  keys = undefined;
  await rm(folder, { recursive: true, force: true });
});

describe('personal texts', () => {
  it('given a sealed name, when it is opened after a restart, then it reads as written and no store holds it', async () => {
    const before = await texts();
    const [sealed] = await before.sealAll([{ text: before.make(ANNA, '王小明'), eventId: 'import-1#0', field: '/name' }]);
    await keys?.close();
    const after = await texts();
    expect(sealed).toBeDefined();
    if (!sealed) return;
    expect(await after.open([PersonalText.fromStored(sealed)])).toEqual([{ kind: 'text', text: '王小明' }]);
    expect(JSON.stringify(sealed)).not.toContain('王小明');
    expect(await readFile(join(folder, 'subject-keys'), 'utf8')).not.toContain('王小明');
  });

  it('given a sealed text, when any part of its binding is another, then it does not open', async () => {
    const privacy = await texts();
    const [sealed] = await privacy.sealAll([{ text: privacy.make(ANNA, 'reason'), eventId: 'a#0', field: '/reason' }]);
    if (!sealed) throw new Error('nothing sealed');
    await privacy.sealAll([{ text: privacy.make(BO, 'x'), eventId: 'b#0', field: '/x' }]);
    for (const moved of [
      { ...sealed, at: 'b#0/reason' },
      { ...sealed, subject: BO },
      { ...sealed, keyVersion: 2 },
    ]) {
      await expect(privacy.open([PersonalText.fromStored(moved)])).rejects.toMatchObject({ code: 'text-damaged' });
    }
  });

  it('equal texts of one person compare equal, of two people never', async () => {
    const privacy = await texts();
    expect(privacy.make(ANNA, 'same').equals(privacy.make(ANNA, 'same'))).toBe(true);
    expect(privacy.make(ANNA, 'same').tag).not.toBe(privacy.make(BO, 'same').tag);
    expect(privacy.lookupKey('login', ' ＡＢＣ ')).toBe(privacy.lookupKey('login', 'abc'));
  });

  it('a text that was never sealed refuses to become JSON', async () => {
    const privacy = await texts();
    expect(() => JSON.stringify(privacy.make(ANNA, 'secret'))).toThrow('sealed');
  });

  it('given no key for a person, then the text reads as erased, and a key is made once however many ask at once', async () => {
    const privacy = await texts();
    const sealing = [1, 2, 3].map((n) => privacy.sealAll([{ text: privacy.make(ANNA, `t${n}`), eventId: `e${n}#0`, field: '/t' }]));
    await Promise.all(sealing);
    expect((await readFile(join(folder, 'subject-keys'), 'utf8')).trim().split('\n')).toHaveLength(1);
    const stranger = PersonalText.fromStored({ subject: BO, keyVersion: 1, tag: 't', at: 'x', sealed: 'AAAA' });
    expect(await privacy.open([stranger])).toEqual([{ kind: 'erased' }]);
  });
});

describe('a key that is thrown away', () => {
  it('leaves nothing to open what was sealed with it, now or after a restart, and other keys as they were', async () => {
    const privacy = await texts();
    const path = join(folder, 'subject-keys');
    const items = [ANNA, BO].map((subject) => ({ text: privacy.make(subject, 'sealed'), eventId: `${subject}#0`, field: '/t' }));
    const sealed = (await privacy.sealAll(items)).map((text) => PersonalText.fromStored(text));
    await Promise.all([privacy.forget([ANNA]), privacy.forget([ANNA])]);
    expect(await privacy.open(sealed)).toEqual([{ kind: 'erased' }, { kind: 'text', text: 'sealed' }]);
    expect(await readFile(path, 'utf8')).not.toContain(ANNA);
    // The file goes on: new keys stand behind the old ones.
    const third = subjectId('0190f000-0000-7000-8000-000000000003');
    await privacy.sealAll([{ text: privacy.make(third, 'x'), eventId: 'c#0', field: '/t' }]);
    await keys?.close();
    keys = await openKeyFile(path, tenant.wrapping);
    expect([...(await keys.find([ANNA, BO, third])).keys()]).toEqual([BO, third]);
  });
});

describe('the key file', () => {
  it('given a torn last line from a crash, when it is opened, then the whole lines are there and the torn one is gone', async () => {
    const privacy = await texts();
    await privacy.sealAll([{ text: privacy.make(ANNA, 'a'), eventId: 'e#0', field: '/a' }]);
    await keys?.close();
    await appendFile(join(folder, 'subject-keys'), `${BO} 1 half`);
    keys = await openKeyFile(join(folder, 'subject-keys'), tenant.wrapping);
    expect([...(await keys.find([ANNA, BO])).keys()]).toEqual([ANNA]);
  });

  it('given the wrong tenant key, when a key is asked for, then it is refused by name', async () => {
    const privacy = await texts();
    await privacy.sealAll([{ text: privacy.make(ANNA, 'a'), eventId: 'e#0', field: '/a' }]);
    await keys?.close();
    keys = await openKeyFile(join(folder, 'subject-keys'), divideTenantKey(Buffer.alloc(32, 8)).wrapping);
    await expect(keys.find([ANNA])).rejects.toMatchObject({ code: 'wrong-tenant-key' });
  });
});

describe('a key file on a full disk', () => {
  it('given an append that stopped in mid-line, when a later key is made, then it is there after a restart', async () => {
    await texts();
    const files = await handles();
    const append = jest.spyOn(files, 'appendFile').mockImplementationOnce(tornAppend);
    await expect(keys?.ensure([ANNA])).rejects.toMatchObject({ code: 'keys-unavailable' });
    append.mockRestore();
    const made = await keys?.ensure([BO]);
    await keys?.close();
    await texts();
    expect((await keys?.find([BO]))?.get(BO)?.key).toEqual(made?.get(BO)?.key);
  });

  it('given half a line that can not be cut off, then no further key is made', async () => {
    await texts();
    const files = await handles();
    const append = jest.spyOn(files, 'appendFile').mockImplementationOnce(tornAppend);
    const truncate = jest.spyOn(files, 'truncate').mockRejectedValueOnce(new Error('EIO'));
    await expect(keys?.ensure([ANNA])).rejects.toMatchObject({ code: 'keys-unavailable' });
    append.mockRestore();
    truncate.mockRestore();
    await expect(keys?.ensure([BO])).rejects.toMatchObject({ code: 'keys-unavailable' });
  });

  it('given a line with a fourth field, when it is opened, then it is refused as damaged', async () => {
    await writeFile(join(folder, 'subject-keys'), `${ANNA} 1 half${BO} 1 whole\n`);
    await expect(texts()).rejects.toMatchObject({ code: 'keys-damaged', details: { line: 1 } });
  });
});

describe('the lock of the key file', () => {
  const lock = () => join(folder, 'subject-keys.lock');

  it('given a living process that started at another time than the lock says, then the lock is taken over', async () => {
    await writeFile(lock(), `${process.ppid} 1`);
    await texts();
    expect(await readFile(lock(), 'utf8')).toMatch(new RegExp(`^${process.pid} \\d*$`));
  });

  it('given an old lock with a bare pid, then its owner is trusted to live', async () => {
    await writeFile(lock(), String(process.ppid));
    await expect(texts()).rejects.toMatchObject({ code: 'keys-owned-by-another-process' });
  });
});

/** What all open files share, so that a disk can fail under the store. */
async function handles(): Promise<FileHandle> {
  const probe = await open(folder, 'r');
  await probe.close();
  const shared: unknown = Object.getPrototypeOf(probe);
  if (!isHandle(shared)) throw new Error('no file handle');
  return shared;
}

function isHandle(value: unknown): value is FileHandle {
  return typeof value === 'object' && value !== null && 'appendFile' in value;
}

async function tornAppend(): Promise<void> {
  await appendFile(join(folder, 'subject-keys'), `${ANNA} 1 ha`);
  throw new Error('ENOSPC');
}

describe('the file vault', () => {
  it('given evidence, when it is put and got, then it is whole, encrypted at rest and named by its ciphertext', async () => {
    await texts();
    if (!keys) throw new Error('no keys');
    const vault = createFileVault(join(folder, 'files'), keys);
    const content = Buffer.from('%PDF-1.7 evidence');
    const { hash, bytes } = await vault.put(ANNA, content);
    expect(bytes).toBe(content.length);
    expect(Buffer.from(await vault.get(ANNA, hash))).toEqual(content);
    expect((await readFile(join(folder, 'files', hash.slice(0, 2), hash))).includes('evidence')).toBe(false);
    await expect(vault.get(ANNA, 'f'.repeat(64))).rejects.toMatchObject({ code: 'file-not-found' });
    await expect(vault.put(ANNA, new Uint8Array(10 * 1024 * 1024 + 1))).rejects.toMatchObject({ code: 'file-too-large' });
  });
});
