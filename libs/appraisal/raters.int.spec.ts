import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant, period, PersonalText, type SubjectId } from '#kernel';
import { timelineReader } from '#libs/audit';
import { createPersonalTexts, divideTenantKey, openKeyFile, type SubjectKeyStore } from '#libs/privacy';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { templateText } from '#libs/scheme';
import { eventually } from '#libs/testing';
import { appraisalIdOf, type GivenRatings } from './contracts';
import { advance, inputFor, publish, sweep } from './cycle-run.test-kit';
import { type CycleWorld, GENERAL_MANAGER, HR, MANAGER, openCycleWorld, rep } from './cycle.test-kit';
import { appraisalDetail, explainAppraisal, groupMeans, todosOf } from './index';

const LINES = ['amount', 'profit', 'customers', 'efficiency', 'ability', 'teamwork'];
const answersOf = (group: string, values: readonly number[]): Record<string, string> =>
  Object.fromEntries(LINES.map((line, index) => [`${group}.${line}`, String(values[index])]));
const managerOf = (values: readonly number[]): GivenRatings => answersOf('manager', values);

const SUBJECT = rep(1);
const PEERS = [rep(2), rep(3), rep(4), rep(5)];

async function todo(world: CycleWorld, person: SubjectId, roles: readonly string[] = []) {
  await world.settled();
  const parts = { read: world.read, cycles: world.cycles };
  const { items } = await todosOf(parts, { person, roles, now: instant('2026-11-03T00:00:00.000Z'), limit: 50 });
  return items.map(({ kind, subject, department }) => ({ kind, subject, ...(department === null ? {} : { department }) }));
}

async function start(world: CycleWorld, schemeId: string, of: string, subjects: readonly SubjectId[]): Promise<string> {
  const input = { ...inputFor(schemeId, period(of)), scope: { subjects: [...subjects] } };
  const { cycleId } = await world.start.start(input, world.as(HR));
  await world.settled();
  await sweep(world, cycleId, 'self-review', 'open');
  await world.phases.open(cycleId, 'self-review', world.as(HR));
  await world.settled();
  return cycleId;
}

async function openNext(
  world: CycleWorld,
  cycleId: string,
  closed: 'self-review' | 'manager-review',
  next: 'manager-review' | 'second-review',
) {
  await sweep(world, cycleId, closed, 'close');
  await advance(world, cycleId, closed);
  await world.phases.open(cycleId, next, world.as(HR));
  await world.settled();
}

async function detailOf(world: CycleWorld, id: string) {
  const detail = await appraisalDetail(world.runner, id);
  if (!detail) throw new Error('no appraisal');
  return detail.appraisal;
}

describe('360: self, manager, peers and customers (templates.md 12)', () => {
  let world: CycleWorld;
  let folder = '';
  let keys: SubjectKeyStore;
  let sealing: Pick<PersonalTexts, 'open'>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'centum-raters-'));
    const tenant = divideTenantKey(Buffer.alloc(32, 7));
    keys = await openKeyFile(join(folder, 'subject-keys'), tenant.wrapping);
    const scheme = { id: 'review-360', yaml: templateText('review-360') };
    const texts = createPersonalTexts(keys, tenant);
    sealing = texts;
    world = await openCycleWorld(8, undefined, scheme, texts);
    world.setNow('2026-10-09T01:00:00.000Z');
  });
  afterAll(async () => {
    await world.end();
    await keys.close();
    await rm(folder, { recursive: true, force: true });
  });

  const EXAMPLE = [
    [80, 75, 85, 80, 70, 90],
    [90, 80, 80, 70, 85, 95],
    [85, 85, 90, 75, 80, 85],
  ] as const;
  let cycleId = '';
  let id = '';
  let merged = '';
  let twin = '';
  const everybody = (): [string, SubjectId][] => [
    [id, SUBJECT],
    [twin, rep(7)],
    [merged, rep(6)],
  ];

  it('asks everybody for theirs: the person, the manager for colleagues, HR for customers', async () => {
    cycleId = await start(world, 'review-360', '2026-Q3', [SUBJECT, rep(6), rep(7)]);
    id = appraisalIdOf(cycleId, SUBJECT);
    merged = appraisalIdOf(cycleId, rep(6));
    twin = appraisalIdOf(cycleId, rep(7));
    expect(await todo(world, SUBJECT)).toEqual([{ kind: 'self-review', subject: SUBJECT }]);
    expect(await todo(world, MANAGER)).toEqual([SUBJECT, rep(6), rep(7)].map((subject) => ({ kind: 'nominate-peers', subject })));
    expect(await todo(world, HR, ['hr'])).toEqual([SUBJECT, rep(6), rep(7)].map((subject) => ({ kind: 'customer-answers', subject })));
    const strangers = world.raters.nominatePeers(id, { peers: [rep(99)] }, world.as(MANAGER));
    await expect(strangers).rejects.toMatchObject({ code: 'appraisal.unknown-peer' });
    await world.raters.nominatePeers(id, { peers: PEERS.slice(0, 2) }, world.as(MANAGER));
    await world.raters.nominatePeers(id, { peers: PEERS.slice(0, 3) }, world.as(HR));
    await world.raters.nominatePeers(merged, { peers: [rep(2), rep(3)] }, world.as(MANAGER));
    expect(await todo(world, MANAGER)).toEqual([{ kind: 'nominate-peers', subject: rep(7) }]);
    expect(await todo(world, rep(2))).toEqual([SUBJECT, rep(6)].map((subject) => ({ kind: 'peer-review', subject })));
  });

  it('takes each answer once; a retry changes nothing', async () => {
    const answer = (at: number) => answersOf('peers', EXAMPLE[at] ?? []);
    const [first] = PEERS as [SubjectId];
    const incomplete = world.raters.answerAsPeer(id, { ratings: { 'peers.amount': '80' } }, world.as(first));
    await expect(incomplete).rejects.toMatchObject({ code: 'appraisal.invalid-ratings' });
    const context = world.as(first);
    const receipt = await world.raters.answerAsPeer(id, { ratings: answer(0) }, context);
    expect(await world.raters.answerAsPeer(id, { ratings: answer(0) }, context)).toEqual({ ...receipt, repeated: true });
    const again = world.raters.answerAsPeer(id, { ratings: answer(1) }, world.as(first));
    await expect(again).rejects.toMatchObject({ code: 'appraisal.answered-already' });
    await world.raters.answerAsPeer(id, { ratings: answer(1) }, world.as(rep(3)));
    expect(groupMeans(await detailOf(world, id))).toEqual([]);
    await world.raters.answerAsPeer(id, { ratings: answer(2) }, world.as(rep(4)));
    // All three have answered: recorded at once, and the key of the round is gone.
    await eventually(async () => {
      const appraisal = await detailOf(world, id);
      const round = appraisal.peerRound?.round;
      expect(groupMeans(appraisal)).toMatchObject([
        { group: 'peers', raters: 3, means: expect.arrayContaining([{ line: 'peers.amount', mean: '85.00' }]) },
      ]);
      expect(round && (await keys.find([round])).size).toBe(0);
    });
    await world.raters.nominatePeers(twin, { peers: PEERS.slice(0, 2) }, world.as(MANAGER));
    await world.raters.nominatePeers(twin, { peers: PEERS.slice(0, 3) }, world.as(HR));
    // The same values, but each line handed on among the three: nobody says what anybody said of the first.
    for (const [index, peer] of PEERS.slice(0, 3).entries()) {
      const turned = LINES.map((_, line) => EXAMPLE[(index + line + 1) % 3]?.[line] ?? 0);
      await world.raters.answerAsPeer(twin, { ratings: answersOf('peers', turned) }, world.as(peer));
    }
    await eventually(async () => expect(groupMeans(await detailOf(world, twin))).toMatchObject([{ group: 'peers', raters: 3 }]));
  });

  it('scores the example of the template, and with two peers what it says then', async () => {
    for (const [one, subject] of everybody()) {
      await world.acts.submitSelfReview(one, { ratings: answersOf('self', [90, 90, 90, 90, 90, 90]) }, world.as(subject));
      const rows = [
        [88, 82, 95, 80, 78, 84],
        [92, 78, 85, 84, 82, 80],
      ].map((row) => answersOf('customers', row));
      await world.raters.recordCustomerAnswers(one, { rows }, world.as(HR));
    }
    for (const [index, peer] of [rep(2), rep(3)].entries())
      await world.raters.answerAsPeer(merged, { ratings: answersOf('peers', EXAMPLE[index] ?? []) }, world.as(peer));
    await openNext(world, cycleId, 'self-review', 'manager-review');
    for (const [one] of everybody())
      await world.acts.submitManagerScore(one, { ratings: managerOf([85, 80, 90, 75, 80, 88]) }, world.as(MANAGER));
    const [progress] = (await world.cycles.progress(cycleId)).filter(({ phase }) => phase === 'manager-review');
    await openNext(world, cycleId, 'manager-review', 'second-review');
    expect(progress).toMatchObject({ members: 3 });
    for (const [one] of everybody()) await world.acts.approveSecondReview(one, {}, world.as(GENERAL_MANAGER), ['hr']);
    await sweep(world, cycleId, 'second-review', 'close');
    await advance(world, cycleId, 'second-review');
    await publish(world, cycleId);
    const [full, two] = await Promise.all([id, merged].map((one) => world.appraisals.publishedResult(one)));
    expect(full?.current.result).toMatchObject({ score: '84.13', outcome: { merged: [] }, errors: [] });
    expect(two?.current.result).toMatchObject({ score: '84.29', outcome: { merged: ['peers'] }, errors: [] });
    expect(two?.current.basis.ratings).not.toHaveProperty(['peers.amount']);
    const [none] = groupMeans(await detailOf(world, merged));
    expect(none).toEqual({ group: 'peers', raters: 2, means: [] });
    const explained = await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id, which: 'current' });
    expect(JSON.stringify(explained?.explanation)).toContain('mean-of-raters');
  });

  it('nobody can tell who answered what: had the answers been others’, line by line, everything that is kept would be the same', async () => {
    await world.settled();
    const everything = await everythingOf(world, id, SUBJECT);
    expect(everything.filter((one) => one.includes('peers.amount'))).not.toEqual([]);
    expect(await everythingOf(world, twin, rep(7))).toEqual(everything);
  });

  it('no event, timeline or read model names a peer beside an answer, and answers appear all at once', async () => {
    const events = await eventsOf(world, id);
    const sealed = events.filter(({ type }) => type === 'PeerAnswered').map(({ data }) => JSON.stringify(data));
    expect(sealed).toHaveLength(3);
    expect(new Set(sealed.map((text) => /"sealed":"([^"]+)"/.exec(text)?.[1]?.length)).size).toBe(1);
    expect(new Set(sealed.map((text) => /"tag":"([^"]+)"/.exec(text)?.[1])).size).toBe(3);
    const told = [
      ...events.map(({ type, data, metadata }) => ({ type, text: JSON.stringify([data, metadata]) })),
      ...(await rowsOf(world)),
    ];
    const named = told.filter(({ text }) => PEERS.some((peer) => text.includes(peer)));
    expect(named.map(({ type }) => type)).toEqual(expect.arrayContaining(['PeersNominated', 'PeerAnswered', 'rater_task']));
    expect(named.filter(({ text }) => /peers\.[a-z]+"/.test(text))).toEqual([]);
    expect(events.filter(({ type }) => type === 'PeerAnswersRecorded').map(({ metadata }) => metadata.actor)).toEqual([
      'system:peer-review',
    ]);
    // Looked at before and after every event, the means are there or not: no two of them differ by one answer.
    const views = await Promise.all(
      events.map(async ({ position }) => {
        const detail = await appraisalDetail(world.runner, id, position);
        return JSON.stringify(detail ? groupMeans(detail.appraisal).filter(({ group }) => group === 'peers') : []);
      }),
    );
    expect([...new Set(views)]).toHaveLength(2);
  });

  it('what was sealed opens no more', async () => {
    const events = await eventsOf(world, id);
    const texts = events.flatMap(({ data }) =>
      'peer' in data && 'answers' in data && data.answers instanceof PersonalText ? [data.answers] : [],
    );
    expect(await sealing.open(texts)).toEqual(texts.map(() => ({ kind: 'erased' })));
  });
});

async function eventsOf(world: CycleWorld, id: string) {
  const { events } = await world.log.readStream(`appraisal-${id}`, {});
  return events.map((event) => world.registry.decode(event));
}

async function rowsOf(world: CycleWorld): Promise<readonly { readonly type: string; readonly text: string }[]> {
  const tables = ['appraisal', 'appraisal_result', 'rater_task', 'cycle_progress'];
  const rows = await Promise.all(tables.map((table) => world.read.query<Record<string, unknown>>(`SELECT * FROM read.${table}`)));
  return rows.flatMap((found, index) => found.map((row) => ({ type: tables[index] ?? '', text: JSON.stringify(row) })));
}

/** Where something stands and what only the cipher made: all else of a person has to be the same, whoever said what. */
const OF_THE_PLACE =
  /"(position|first_position|positions|at|sealed|tag|round|eventId|asOf|from_position|commandId|causationId|correlationId|causedBy)":("[^"]*"|-?[0-9]+|\[[0-9,]*\])/g;

/** Whose key sealed something: a round's. */
const SEALED_FOR = /"subject":"[^"]+","keyVersion"/g;

/** All events, the timeline, every read model at every moment, the means and the explanation of one person, without names of the person. */
async function everythingOf(world: CycleWorld, id: string, subject: SubjectId): Promise<readonly string[]> {
  const events = await eventsOf(world, id);
  const timeline = await timelineReader({ log: world.log, decoder: world.registry, readDb: world.read }).ofStream(`appraisal-${id}`, {
    language: 'en',
  });
  const moments = await Promise.all(
    events.map(async ({ position }) => {
      const detail = await appraisalDetail(world.runner, id, position);
      return [detail && groupMeans(detail.appraisal), await world.appraisals.appraisal(id, position)];
    }),
  );
  const explained = await explainAppraisal({ read: world.read, scoring: world.scoring }, { appraisalId: id, which: 'current' });
  const rows = (await rowsOf(world)).filter(({ text }) => text.includes(`"subject":"${subject}"`));
  const told = events.map(({ type, data, metadata, streamVersion }) => ({ type, data, metadata, streamVersion }));
  const entries = timeline.entries.map(({ type, what, why, data }) => ({ type, what, why, data }));
  const all = [...told, ...entries, ...moments, explained, ...rows.map((row) => JSON.parse(row.text) as unknown)];
  return all.map((one) =>
    JSON.stringify(one).replaceAll(OF_THE_PLACE, '"$1":0').replaceAll(SEALED_FOR, '"keyVersion"').replaceAll(subject, 'the person'),
  );
}
