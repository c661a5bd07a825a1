import { createHash } from 'node:crypto';
import type { Ratings } from '#libs/appraisal/contracts';

const KEYS = ['knowledge', 'analysis', 'communication', 'adaptability', 'diligence'] as const;

/** Ratings that lead somewhere: who they are about, in which month of the history (0 is the oldest), on average. */
const AGREED: Readonly<Record<string, number>> = {
  'R111/1': 78,
  'R115/1': 84,
  'R212/0': 97,
  'R223/1': 97,
  'R315/0': 97,
  'R322/2': 83,
  'R313/2': 74,
};
const LOWEST_AVERAGE = 89;
const AVERAGES = 8;

/** The same on every machine: whole numbers from 0 to `below` − 1. */
export function draw(below: number, ...of: readonly (string | number)[]): number {
  return createHash('sha256').update(of.join('/')).digest().readUInt32BE(0) % below;
}

export function managerRatings(employeeNo: string, month: number): Ratings {
  const average = AGREED[`${employeeNo}/${month}`] ?? LOWEST_AVERAGE + draw(AVERAGES, employeeNo, month);
  return ratingsAround(average, 3, [employeeNo, month, 'manager']);
}

/** People see themselves a little better than their manager does, most of them. */
export function selfRatings(employeeNo: string, month: number): Ratings {
  return ratingsAround(LOWEST_AVERAGE + 2 + draw(AVERAGES, employeeNo, month, 'self'), 4, [employeeNo, month, 'self']);
}

function ratingsAround(average: number, spread: number, of: readonly (string | number)[]): Ratings {
  const ratings: Ratings = {};
  for (const key of KEYS) ratings[key] = String(Math.min(100, average - spread + draw(2 * spread + 1, ...of, key)));
  return ratings;
}

const SELF_COMMENTS = [
  '本月重点跟进老客户回款，新客户开发略慢，下月加强拜访。',
  '完成了两个重点项目的报价，正在等待客户确认。',
  '产品知识有进步，希望多参加技术培训。',
  'Focused on two key accounts; follow-up on quotes was quicker than last month.',
] as const;
const MANAGER_COMMENTS = [
  '客户沟通及时，回款情况良好，继续保持。',
  '新客户开发不足，建议每周增加两次陌生拜访。',
  '专业知识扎实，带动组内同事进步明显。',
  'Steady month; plan the larger accounts earlier.',
] as const;

export function selfComment(employeeNo: string, month: number): string | undefined {
  return draw(3, employeeNo, month, 'speaks') === 0 ? pick(SELF_COMMENTS, employeeNo, month) : undefined;
}

export function managerComment(employeeNo: string, month: number): string | undefined {
  return draw(2, employeeNo, month, 'explains') === 0 ? pick(MANAGER_COMMENTS, employeeNo, month) : undefined;
}

function pick(from: readonly string[], ...of: readonly (string | number)[]): string | undefined {
  return from[draw(from.length, ...of)];
}
