import type { Standing } from '../contracts';

/** Facts of an earlier period that the product itself knows: the place that was published, and among how many. */
export const placeFacts: ReadonlyMap<string, (standing: Standing) => string> = new Map([
  ['rank.place', ({ ahead }: Standing) => String(ahead + 1)],
  ['rank.of', ({ of }: Standing) => String(of + 1)],
]);
