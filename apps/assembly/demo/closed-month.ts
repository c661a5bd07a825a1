import { type Instant, instantPlusMs, type Period, plainDay } from '#kernel';
import { addMonths } from '#libs/calendar';
import { STAFF } from './company';
import {
  closePhase,
  confirmations,
  type Days,
  isClosed,
  key,
  managerScores,
  type Month,
  openPhase,
  phaseOf,
  secondReviews,
  selfReviews,
  startMonth,
  sweep,
  WORKFLOW,
} from './cycle-steps';
import { at } from './demo-dates';
import type { DemoWorld } from './demo-world';
import { draw } from './opinions';

const DAY_MS = 86_400_000;

/** A whole month as its workflow would have driven it: every window at its planned time, early where all were done. */
export async function closedMonth(world: DemoWorld, period: Period, number: number): Promise<void> {
  const month = await startMonth(world, period, number, at(addMonths(plainDay(`${period}-01`), 1), 8));
  if (await isClosed(month)) return;
  await reviews(month);
  await publish(month, (await phaseOf(month, 'publication')).opensAt);
  await answers(month);
  await payout(month);
}

async function reviews(month: Month): Promise<void> {
  const self = await phaseOf(month, 'self-review');
  await sweep(month, 'self-review', 'open', self.opensAt);
  await openPhase(month, 'self-review', self.opensAt);
  // Two forget it, and go on with facts alone.
  await selfReviews(month, windowOf(self), ({ employeeNo }) => draw(14, employeeNo, month.number, 'forgets') === 0);
  await sweep(month, 'self-review', 'close', self.closesAt);
  await closePhase(month, 'self-review', self.closesAt);

  const manager = await phaseOf(month, 'manager-review');
  await openPhase(month, 'manager-review', manager.opensAt);
  await managerScores(month, windowOf(manager));
  await sweep(month, 'manager-review', 'close', manager.closesAt);
  await closePhase(month, 'manager-review', manager.closesAt);

  const second = await phaseOf(month, 'second-review');
  await openPhase(month, 'second-review', second.opensAt);
  await secondReviews(month, windowOf(second));
  await sweep(month, 'second-review', 'close', second.closesAt);
  await closePhase(month, 'second-review', second.closesAt);
}

export async function publish(month: Month, now: Instant): Promise<void> {
  const { world, cycleId } = month;
  await openPhase(month, 'publication', now);
  await sweep(month, 'publication', 'publish', now);
  await world.features.services.cyclePhases.publish(cycleId, world.as(WORKFLOW, key(month, 'publication', 'done')));
  await closePhase(month, 'publication', now);
  await openPhase(month, 'confirmation', now);
  await openPhase(month, 'appeals', now);
}

async function answers(month: Month): Promise<void> {
  const confirmation = await phaseOf(month, 'confirmation');
  await confirmations(month, windowOf(confirmation), month.number === 0 ? 'R312' : undefined);
  await sweep(month, 'confirmation', 'close', confirmation.closesAt);
  await closePhase(month, 'confirmation', confirmation.closesAt);
  const { closesAt } = await phaseOf(month, 'appeals');
  await closePhase(month, 'appeals', later(closesAt, confirmation.closesAt));
}

/** Computed by the system, checked by the accountant, approved by the general manager, released by finance. */
async function payout(month: Month): Promise<void> {
  const { world, cycleId } = month;
  const { payoutWork, payoutDesk } = world.features.services;
  const planned = await phaseOf(month, 'payout');
  const opensAt = later(planned.opensAt, (await phaseOf(month, 'appeals')).closesAt);
  await openPhase(month, 'payout', opensAt);
  const { batchId } = await payoutWork.startRegular({ cycleId, requestKey: `demo/${key(month, 'payout', 'start')}` });
  await world.settled();
  await payoutWork.compute({ batchId }, () => undefined);
  await world.settled();
  const on = (days: number): Instant => instantPlusMs(opensAt, days * DAY_MS + 10 * 3_600_000);
  const as = (employeeNo: string, act: string, days: number) => world.as(world.person(employeeNo), key(month, 'payout', act), on(days));
  await payoutDesk.act(batchId, { act: 'check', passed: true, findings: [] }, as(STAFF.accountant, 'check', 1));
  await payoutDesk.act(batchId, { act: 'approve', actorRoles: ['general-manager'] }, as(STAFF.generalManager, 'approve', 2));
  await payoutDesk.act(batchId, { act: 'release' }, as(STAFF.finance, 'release', 3));
  await world.settled();
  world.setNow(on(4));
  const reference = `PAY-${month.period}`;
  await payoutDesk.act(batchId, { act: 'acknowledge', reference }, as(STAFF.finance, 'acknowledge', 4));
  const end = later(planned.closesAt, on(4));
  await closePhase(month, 'payout', end);
  await sweep(month, 'payout', 'finalise', end);
  await world.features.services.cyclePhases.close(cycleId, world.as(WORKFLOW, key(month, 'close')));
  await world.settled();
}

function windowOf({ opensAt, closesAt }: { readonly opensAt: Instant; readonly closesAt: Instant }): Days {
  return { from: opensAt, until: closesAt };
}

function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other;
}
