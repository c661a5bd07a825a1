import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { ApiClient } from '#apps/cli/client';
import { actorId, subjectId } from '#kernel';
import { accountDecider } from '#libs/identity';
import { eventually } from '#libs/testing';
import type { TestProduct } from './product';

export const PASSWORD = 'centum-test-password';
export const DATA = path.resolve(__dirname, '../../apps/assembly/demo/data');
export const FILES = {
  people: path.join(DATA, 'people.csv'),
  targets: path.join(DATA, 'targets-2026-10.csv'),
  facts: path.join(DATA, 'facts-2026-10.csv'),
};

/** A company's people (the sample company's) imported over HTTP by a first HR account, each able to sign in with PASSWORD. */
export async function peopleWithAccounts({ core, features, url }: TestProduct, peopleFile = FILES.people): Promise<ApiClient> {
  const first = subjectId(core.ids.uuid());
  const context = { now: core.clock.now(), actor: actorId('system:test'), requestKey: 'test/first-hr' };
  await core.runner.run(
    accountDecider,
    first,
    { type: 'GrantRoles', data: { subject: first, roles: ['hr', 'admin', 'auditor'] } },
    context,
  );
  await core.identity.setDemoPassword([{ subject: first, loginKey: core.privacy.lookupKey('login', 'first-hr') }], PASSWORD);
  const anonymous = new ApiClient({ url, token: undefined });
  const { token } = await anonymous.post('/session', z.object({ token: z.string() }), { body: { login: 'first-hr', password: PASSWORD } });
  const api = anonymous.as(token);
  await api.post('/imports/people', z.object({ rows: z.number() }), { file: { path: peopleFile, type: 'text/csv' } });
  const keys = loginsOf(peopleFile).map((login) => core.privacy.lookupKey('login', login));
  const found = await eventually(async () => {
    const people = await features.readers.organisation.find('login', keys);
    expect(people.size).toBe(keys.length);
    return people;
  });
  await core.identity.setDemoPassword(
    [...found].flatMap(([loginKey, subjects]) => subjects.map((subject) => ({ subject, loginKey }))),
    PASSWORD,
  );
  return api;
}

function loginsOf(file: string): readonly string[] {
  const rows = z.array(z.looseObject({ login: z.string() })).parse(parse(readFileSync(file), { columns: true, bom: true }));
  return [...new Set(rows.map(({ login }) => login).filter((login) => login !== ''))];
}
