import type { MessageEvent } from '@nestjs/common';
import { LIVE_LIMITS, liveAnswer, liveRoom } from './live';

const sent = (look: Parameters<typeof liveAnswer>[0], lastSeen?: string): Promise<{ events: MessageEvent[]; failures: unknown[] }> =>
  new Promise((resolve) => {
    const events: MessageEvent[] = [];
    const failures: unknown[] = [];
    liveAnswer(look, { lastSeen, failed: (error) => failures.push(error) }).subscribe({
      next: (event) => events.push(event),
      complete: () => {
        resolve({ events, failures });
      },
    });
  });

describe('a live answer', () => {
  it('sends a state once, and nothing that was seen already', async () => {
    const look = () => Promise.resolve({ id: '7', data: { done: 1 }, last: true });
    expect((await sent(look)).events).toEqual([{ id: '7', data: { done: 1 } }]);
    expect((await sent(look, '7')).events).toEqual([{ id: '7', type: 'beat', data: 'ok' }]);
  });

  it('says now and then that the state sent last still holds, and nothing in between', async () => {
    jest.useFakeTimers();
    try {
      let looks = 0;
      const most = (2 * LIVE_LIMITS.beatMs) / LIVE_LIMITS.lookMs + 1;
      const told = sent(() => Promise.resolve({ id: '7', data: { done: 1 }, last: (looks += 1) >= most }));
      await jest.advanceTimersByTimeAsync(2 * LIVE_LIMITS.beatMs);
      const beat = { id: '7', type: 'beat', data: 'ok' };
      expect((await told).events).toEqual([{ id: '7', data: { done: 1 } }, beat, beat]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('ends without a word when looking fails, gives its place back and says why to whoever runs it', async () => {
    const room = liveRoom();
    const { events, failures } = await sent(() => Promise.reject(new Error('the database is gone')));
    expect(events).toEqual([]);
    expect(failures).toEqual([new Error('the database is gone')]);
    expect(liveRoom()).toBe(room);
  });
});
