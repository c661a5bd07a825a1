import type { MessageEvent } from '@nestjs/common';
import { liveAnswer, liveRoom } from './live';

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
    expect((await sent(look, '7')).events).toEqual([]);
  });

  it('ends without a word when looking fails, gives its place back and says why to whoever runs it', async () => {
    const room = liveRoom();
    const { events, failures } = await sent(() => Promise.reject(new Error('the database is gone')));
    expect(events).toEqual([]);
    expect(failures).toEqual([new Error('the database is gone')]);
    expect(liveRoom()).toBe(room);
  });
});
