import { factsByMonth, lastPublished, stepsDone } from './numbers';

const cycle = (period: string, publishedAt: string | null, status: 'closed' | 'cancelled' = 'closed') => ({
  period,
  publishedAt,
  published: publishedAt !== null,
  status,
});

describe('numbers of home', () => {
  it('are of published cycles as long as the newest, oldest first', () => {
    const cycles = [
      cycle('2026-10', null),
      cycle('2026-09', '2026-10-20T00:00:00Z'),
      cycle('2026-Q3', '2026-10-15T00:00:00Z'),
      cycle('2026-07', '2026-08-20T00:00:00Z', 'cancelled'),
      cycle('2026-08', '2026-09-20T00:00:00Z'),
    ];
    expect(lastPublished(cycles).map(({ period }) => period)).toEqual(['2026-08', '2026-09']);
    expect(lastPublished([])).toEqual([]);
  });

  it('say how many steps are done, and nothing where there is nothing to do', () => {
    const progress = [
      { members: 2, done: 2 },
      { members: 1, done: 0 },
    ];
    expect(stepsDone(progress)).toEqual({ done: 2, members: 3, share: '0.666' });
    expect(stepsDone([])).toBeUndefined();
  });

  it('count facts by the month that was complete; a month of which there may be more is left out', () => {
    const file = (completePeriod: string | null, facts: number) => ({
      kind: 'facts' as const,
      importId: 'i',
      position: 1,
      completedAt: '2026-10-01T00:00:00Z',
      source: 'crm',
      facts,
      repeated: 0,
      filtered: 0,
      setAsideTotal: 0,
      completePeriod,
      completeMetrics: [],
    });
    const files = [file('2026-09', 3), file('2026-08', 2), file('2026-09', 4), file(null, 9), file('2026-Q3', 9)];
    expect(factsByMonth(files, false)).toEqual([
      { period: '2026-08', facts: 2 },
      { period: '2026-09', facts: 7 },
    ]);
    expect(factsByMonth(files, true)).toEqual([{ period: '2026-09', facts: 7 }]);
  });
});
