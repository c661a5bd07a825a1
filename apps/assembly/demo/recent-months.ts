import { type Instant, Rejection } from '#kernel';
import { type DemoDates, at, workingDaysAgo } from './demo-dates';
import { STAFF } from './company';
import { publish } from './closed-month';
import {
  closePhase,
  confirmations,
  key,
  managerScores,
  membersOf,
  type Month,
  openPhase,
  phaseOf,
  secondReviews,
  selfReviews,
  startMonth,
  sweep,
} from './cycle-steps';
import type { DemoWorld } from './demo-world';
import { draw } from './opinions';

/** Whose appeal is before a panel: rated lower than the months before, without a word of explanation. */
export const APPELLANT = 'R313';

/**
 * HR was late with this month and closed each phase as soon as it could, so that results came out a few working days before the
 * first start: people may still confirm, object and appeal, and the workflow takes the cycle up from there.
 */
export async function publishedMonth(world: DemoWorld, dates: DemoDates, number: number): Promise<void> {
  const on = (daysAgo: number, hour: number): Instant => at(workingDaysAgo(dates, daysAgo), hour);
  const month = await startMonth(world, dates.published, number, on(13, 8.5));
  await sweep(month, 'self-review', 'open', on(12, 8));
  await openPhase(month, 'self-review', on(12, 8));
  await selfReviews(month, { from: on(12, 8), until: on(10, 0) }, ({ employeeNo }) => employeeNo === 'R221');
  await sweep(month, 'self-review', 'close', on(10, 8));
  await closePhase(month, 'self-review', on(10, 8));
  await openPhase(month, 'manager-review', on(10, 8));
  await managerScores(month, { from: on(10, 8), until: on(7, 0) });
  await sweep(month, 'manager-review', 'close', on(7, 8));
  await closePhase(month, 'manager-review', on(7, 8));
  await openPhase(month, 'second-review', on(7, 8));
  await secondReviews(month, { from: on(7, 8), until: on(5, 0) });
  await sweep(month, 'second-review', 'close', on(4, 8));
  await closePhase(month, 'second-review', on(4, 8));
  await publish(month, on(4, 9));
  await confirmations(month, { from: on(4, 9), until: at(dates.startDay, 0) });
  await world.settled();
  await appealInPanel(month, on);
}

/** Filed, admitted, a panel drawn by rule, the appellant heard, one vote cast: two are missing. */
async function appealInPanel(month: Month, on: (daysAgo: number, hour: number) => Instant): Promise<void> {
  const { world } = month;
  const { appealDesk, appealWork } = world.features.services;
  const { privacy } = world.core;
  const member = (await membersOf(month)).find(({ employeeNo }) => employeeNo === APPELLANT);
  if (!member) throw new Error('the appellant is not in the cycle');
  const { subject, appraisal } = member;
  const { appealId } = await appealDesk.file(
    {
      appraisalId: appraisal.appraisalId,
      grounds: ['unfair-rating'],
      lines: [
        { line: 'communication', kind: 'rating', key: 'communication', rightValue: '90' },
        { line: 'diligence', kind: 'rating', key: 'diligence', rightValue: '92' },
      ],
      statement: privacy.make(subject, '与前两个月相比，沟通与责任心评分大幅下降，但本月客户满意且无投诉，评分没有说明理由。'),
      evidence: [],
    },
    world.as(subject, key(month, 'appeal', 'file'), on(3, 10)),
  );
  await world.settled();
  const hr = world.as(world.person(STAFF.hr), key(month, 'appeal', 'accept'), on(2, 9.5));
  await appealDesk.act(appealId, { act: 'accept' }, hr);
  await world.settled();
  world.setNow(on(2, 9.6));
  const seated = await appealWork.doDuty({ appealId, duty: 'seat-panel', requestKey: `demo/${key(month, 'appeal', 'seat')}` });
  if (!seated.done && seated.refused !== 'appeal.nothing-owed')
    throw new Rejection('appeal.demo-panel-not-seated', { code: seated.refused });
  await world.settled();
  const appeal = await world.features.readers.appeals.appeal(appealId);
  const [chair, , third] = appeal?.panel ?? [];
  if (!chair || !third) throw new Error('the panel of the demo has three seats');
  const notes = privacy.make(subject, '申诉人说明：本月主持两次客户培训；经理未参加回访。');
  await appealDesk.act(
    appealId,
    { act: 'note-hearing', notes, how: 'remote' },
    world.as(chair.subject, key(month, 'appeal', 'hearing'), on(1, 10)),
  );
  const reason = privacy.make(subject, '无投诉且有客户书面感谢，评分缺少依据。');
  await appealDesk.act(
    appealId,
    { act: 'vote', verdict: 'uphold', values: [], reason },
    world.as(third.subject, key(month, 'appeal', 'vote'), on(1, 15)),
  );
  await world.settled();
}

/** Self-review is open; some have done it on the working day before the first start. */
export async function runningMonth(world: DemoWorld, dates: DemoDates, number: number): Promise<void> {
  const on = (daysAgo: number, hour: number): Instant => at(workingDaysAgo(dates, daysAgo), hour);
  const month = await startMonth(world, dates.running, number, on(2, 16));
  const { opensAt } = await phaseOf(month, 'self-review');
  const opened = opensAt < on(1, 8) ? opensAt : on(1, 8);
  await sweep(month, 'self-review', 'open', opened);
  await openPhase(month, 'self-review', opened);
  // The person whom the welcome names has it still before them.
  await selfReviews(
    month,
    { from: on(1, 8), until: on(1, 19) },
    ({ employeeNo }) => employeeNo === 'R121' || draw(2, employeeNo, 'waits') === 0,
  );
  await world.settled();
}
