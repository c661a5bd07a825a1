import type { Instant } from '#kernel';
import { accountDecider } from '#libs/identity';
import type { Core } from '../core';
import { assembleFeatures } from '../features';
import { closedMonth } from './closed-month';
import { declareSites, importMonth, importPeople, openDemoAccounts, putSchemeInForce, STAFF } from './company';
import { demoDates } from './demo-dates';
import { demoPeople } from './demo-files';
import { type DemoWorld, openDemoWorld } from './demo-world';
import { followPlans } from './plans';
import { publishedMonth, runningMonth } from './recent-months';

/** Published in the documentation and printed at every start: of the embedded demo on loopback only. */
export const DEMO_PASSWORD = 'centum-demo';

/**
 * What became of it: seeded now, seeded at an earlier start, or left alone, because the log holds somebody's company.
 */
export type DemoSeeding = 'seeded' | 'seeded-before' | 'other-company';

/**
 * The demo company, once. Every act has a request key of its own, so that what a crash cut short is taken up at the next
 * start and nothing happens twice. Runs before the bridge follows the log.
 */
export async function seedDemo(core: Core): Promise<DemoSeeding> {
  const [origin] = await core.log.readAll(0, { maxEvents: 1 });
  if (origin && !origin.eventId.startsWith('demo/')) return 'other-company';
  if (origin && (await isComplete(core))) return 'seeded-before';
  const world = openDemoWorld(core, await lastMoment(core));
  try {
    await seed(world);
  } finally {
    await world.close();
  }
  return 'seeded';
}

/** When the last thing happened: reactors that a crash stopped go on at that moment of the history, not today. */
async function lastMoment({ log, registry, clock }: Core): Promise<Instant> {
  const { position } = await log.head();
  const [last] = position === 0 ? [] : await log.readAll(position - 1, { maxEvents: 1 });
  return last ? registry.decode(last).metadata.occurredAt : clock.now();
}

async function isComplete(core: Core): Promise<boolean> {
  const { organisation } = assembleFeatures(core).readers;
  const admin = demoPeople().find(({ employeeNo }) => employeeNo === STAFF.admin);
  const subject = admin && (await organisation.findByLogin(core.privacy.lookupKey('login', admin.login)));
  return subject !== undefined && (await core.runner.load(accountDecider, subject)).state.active;
}

async function seed(world: DemoWorld): Promise<void> {
  await declareSites(world);
  const [origin] = await world.core.log.readAll(0, { maxEvents: 1 });
  if (!origin) throw new Error('the log is empty after a command was recorded');
  const dates = demoDates(origin.recordedAt);
  await importPeople(world, dates);
  await putSchemeInForce(world, dates);
  for (const month of [...dates.closed, dates.published, dates.running]) await importMonth(world, month, dates);
  for (const [number, month] of dates.closed.entries()) await closedMonth(world, month, number);
  await publishedMonth(world, dates, 2);
  await runningMonth(world, dates, 3);
  await followPlans(world, dates);
  await openDemoAccounts(world, DEMO_PASSWORD);
  await world.settled();
}
