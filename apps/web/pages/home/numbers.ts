import type { components, paths } from '#api-schema';
import { isSameLength } from '../../pieces/period-length';

type Cycle = Pick<components['schemas']['Cycle'], 'period' | 'status' | 'published' | 'publishedAt'>;
type Import = paths['/api/v1/imports']['get']['responses']['200']['content']['application/json']['items'][number];
interface Progress {
  readonly members: number;
  readonly done: number;
}

const SHOWN_IN_TREND = 6;
const SHARES = 1000;

/** The last published cycles of one length, the one published last and those before it; oldest first. */
export function lastPublished<C extends Cycle>(cycles: readonly C[]): readonly C[] {
  const published = cycles
    .filter((one) => one.published && one.status !== 'cancelled')
    .sort((one, other) => publishedAt(one) - publishedAt(other));
  const newest = published.at(-1);
  return newest ? published.filter(({ period }) => isSameLength(period, newest.period)).slice(-SHOWN_IN_TREND) : [];
}

function publishedAt({ publishedAt: at }: Cycle): number {
  return at === null ? 0 : Date.parse(at);
}

/** How much of what is to be done in running cycles is done: counts of steps. `share` is their ratio to a tenth of a percent. */
export function stepsDone(
  progress: readonly Progress[],
): { readonly done: number; readonly members: number; readonly share: string } | undefined {
  const done = progress.reduce((sum, one) => sum + one.done, 0);
  const members = progress.reduce((sum, one) => sum + one.members, 0);
  return members === 0 ? undefined : { done, members, share: String(Math.floor((done * SHARES) / members) / SHARES) };
}

/**
 * How many facts came in with imports that were complete for a month, by month, oldest first. Where there are more imports than
 * were asked for, the oldest month may lack some and is left out.
 */
export function factsByMonth(imports: readonly Import[], hasMore: boolean): readonly { readonly period: string; readonly facts: number }[] {
  const months = new Map<string, number>();
  for (const one of imports) {
    if (one.kind !== 'facts' || one.completePeriod === null || !isSameLength(one.completePeriod, '2000-01')) continue;
    months.set(one.completePeriod, (months.get(one.completePeriod) ?? 0) + one.facts);
  }
  const all = [...months].map(([period, facts]) => ({ period, facts })).sort((one, other) => (one.period < other.period ? -1 : 1));
  return (hasMore ? all.slice(1) : all).slice(-SHOWN_IN_TREND);
}
