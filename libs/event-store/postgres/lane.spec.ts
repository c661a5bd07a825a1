import type { AppendRequest } from '../port';
import { Lane, LANE_LIMITS, type LaneItem, type LaneResult } from './lane';

function item(key: string, streamId = `a-${key}`, bytes = 100): LaneItem {
  const request: AppendRequest = {
    requestKey: key,
    fingerprint: Buffer.alloc(32),
    streams: [{ streamId, expectedVersion: 0, events: [] }],
  };
  return { request, size: { events: 1, bytes } };
}

function done({ request }: LaneItem): LaneResult {
  return { outcome: { kind: 'appended', receipt: { requestKey: request.requestKey, versions: [], token: null } } };
}

/** A lane whose batches are noted and answered one turn later. */
function notingLane(): { readonly lane: Lane; readonly batches: string[][] } {
  const batches: string[][] = [];
  const lane = new Lane(async (batch) => {
    batches.push(batch.map(({ request }) => request.requestKey));
    await new Promise((resolve) => setImmediate(resolve));
    return batch.map(done);
  });
  return { lane, batches };
}

describe('the lane', () => {
  it('writes the first at once and what arrives meanwhile as one batch', async () => {
    const { lane, batches } = notingLane();
    await Promise.all(['1', '2', '3', '4'].map((key) => lane.push(item(key))));
    expect(batches).toEqual([['1'], ['2', '3', '4']]);
  });

  it('takes those that come back at once together', async () => {
    const { lane, batches } = notingLane();
    const client = async (_: unknown, number: number): Promise<void> => {
      for (let index = 0; index < 3; index += 1) await lane.push(item(`${number}/${index}`));
    };
    await Promise.all(Array.from({ length: 5 }, client));
    expect(batches.map(({ length }) => length)).toEqual([1, 4, 5, 5]);
  });

  it('puts no stream and no key twice into a batch, and keeps their order', async () => {
    const { lane, batches } = notingLane();
    const pushes = [item('0'), item('1', 'a-x'), item('2', 'a-x'), item('3', 'a-y'), item('3', 'a-z'), item('4', 'a-x')].map((one) =>
      lane.push(one),
    );
    await Promise.all(pushes);
    expect(batches).toEqual([['0'], ['1', '3'], ['2', '3'], ['4']]);
  });

  it('bounds a batch by bytes and by requests', async () => {
    const { lane, batches } = notingLane();
    const half = LANE_LIMITS.batchBytes / 2;
    await Promise.all([item('0'), item('1', 'a-1', half), item('2', 'a-2', half), item('3', 'a-3', half)].map((one) => lane.push(one)));
    expect(batches).toEqual([['0'], ['1', '2'], ['3']]);
    batches.length = 0;
    await Promise.all(Array.from({ length: LANE_LIMITS.batchRequests + 2 }, (_, index) => lane.push(item(`n${index}`))));
    expect(batches.map(({ length }) => length)).toEqual([1, LANE_LIMITS.batchRequests, 1]);
  });

  it('refuses what its queue has no room for', async () => {
    const { lane } = notingLane();
    const big = LANE_LIMITS.queuedBytes / 2 + 1;
    const first = lane.push(item('0'));
    const second = lane.push(item('1', 'a-1', big));
    await expect(lane.push(item('2', 'a-2', big))).rejects.toMatchObject({ code: 'store-unavailable', details: { reason: 'lane-full' } });
    await Promise.all([first, second]);
  });

  it('gives each its own error', async () => {
    const lane = new Lane(async (batch) =>
      Promise.resolve(batch.map((one) => (one.request.requestKey === '2' ? { error: new Error('two') } : done(one)))),
    );
    const outcomes = await Promise.allSettled(['1', '2', '3'].map((key) => lane.push(item(key))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('finishes what it took when it is closed, and takes nothing more', async () => {
    const { lane, batches } = notingLane();
    const pushes = Promise.all(['1', '2', '3'].map((key) => lane.push(item(key))));
    await lane.close();
    await pushes;
    expect(batches.flat()).toEqual(['1', '2', '3']);
    await expect(lane.push(item('4'))).rejects.toMatchObject({ code: 'closed' });
  });
});
