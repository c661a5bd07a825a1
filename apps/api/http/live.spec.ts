import type { MessageEvent } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { SubjectId } from '#kernel';
import type { Role } from '#libs/organisation/contracts';
import type { Caller } from './caller';
import { LIVE_LIMITS, LiveAnswers, type LiveState } from './live';

const HR: Caller = { subject: '0190f000-0000-7000-8000-000000000001' as SubjectId, roles: ['hr'], token: 'of-hr' };
const REP: Caller = { subject: '0190f000-0000-7000-8000-000000000009' as SubjectId, roles: ['rep'], token: 'of-rep' };

/** A house in which two people are signed in and HR may look at cycles. */
function house() {
  const signedIn = new Map<string, SubjectId>([HR, REP].map(({ token, subject }) => [token, subject]));
  const roles = new Map<SubjectId, readonly Role[]>([HR, REP].map((caller) => [caller.subject, caller.roles]));
  const failures: unknown[] = [];
  const live = new LiveAnswers(
    {
      require: () => Promise.resolve(),
      allows: (caller) => Promise.resolve(caller.roles.length > 0),
      rolesOf: (subject) => Promise.resolve(roles.get(subject) ?? []),
    },
    { subjectOf: (token) => Promise.resolve(signedIn.get(token)) },
    { error: ({ err }: { err: unknown }) => failures.push(err) },
  );
  const ask = (look: () => Promise<LiveState<object>>, { caller = HR, lastSeen }: { caller?: Caller; lastSeen?: string } = {}) =>
    live.answer({ caller, operation: 'cycle.read', lastSeen }, look);
  return { live, ask, signedIn, roles, failures };
}

function heard(answer: Observable<MessageEvent>): {
  readonly events: MessageEvent[];
  readonly over: Promise<void>;
  readonly leave: () => void;
} {
  const events: MessageEvent[] = [];
  let leave = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    const subscription = answer.subscribe({ next: (event) => events.push(event), complete: resolve });
    leave = () => subscription.unsubscribe();
  });
  return { events, over, leave };
}

const lasting = (): Promise<LiveState<object>> => Promise.resolve({ id: '7', data: { done: 1 }, last: false });
const ended = (): Promise<LiveState<object>> => Promise.resolve({ id: '7', data: { done: 1 }, last: true });
const beat = { id: '7', type: 'beat', data: 'ok' };
const end = { id: '7', type: 'end', data: 'ok' };

describe('a live answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('sends a state once, nothing that was seen already, and says when nothing comes after', async () => {
    const { ask } = house();
    const first = heard(await ask(ended));
    await first.over;
    expect(first.events).toEqual([{ id: '7', data: { done: 1 } }, end]);
    const again = heard(await ask(ended, { lastSeen: '7' }));
    await again.over;
    expect(again.events).toEqual([beat, end]);
  });

  it('says now and then that the state sent last still holds, and nothing in between', async () => {
    const { ask } = house();
    const { events, leave } = heard(await ask(lasting));
    await jest.advanceTimersByTimeAsync(2 * LIVE_LIMITS.beatMs + LIVE_LIMITS.lookMs);
    leave();
    expect(events).toEqual([{ id: '7', data: { done: 1 } }, beat, beat]);
  });

  it('ends without a word when looking fails, gives its place back and says why to whoever runs it', async () => {
    const { ask, live, failures } = house();
    const { events, over } = heard(await ask(() => Promise.reject(new Error('the database is gone'))));
    await over;
    expect(events).toEqual([]);
    expect(failures).toEqual([new Error('the database is gone')]);
    expect(live.open).toBe(0);
  });

  it('ends when its reader signs out', async () => {
    const { ask, live, signedIn } = house();
    const { over } = heard(await ask(lasting));
    signedIn.delete(HR.token);
    await jest.advanceTimersByTimeAsync(LIVE_LIMITS.beatMs + LIVE_LIMITS.lookMs);
    await over;
    expect(live.open).toBe(0);
  });

  it.each([[[]], [['hr', 'auditor']], [['manager']]] as const)('ends when its reader, HR, has other roles: %j', async (now) => {
    const { ask, live, roles } = house();
    const { over } = heard(await ask(lasting));
    roles.set(HR.subject, now);
    await jest.advanceTimersByTimeAsync(LIVE_LIMITS.beatMs + LIVE_LIMITS.lookMs);
    await over;
    expect(live.open).toBe(0);
  });

  it('leaves room for others however many one account asks for, also at the same moment', async () => {
    const { ask, live } = house();
    const asked = await Promise.all(Array.from({ length: LIVE_LIMITS.openPerAccount + 5 }, () => ask(lasting, { caller: REP })));
    const all = asked.map(heard);
    expect(live.open).toBe(LIVE_LIMITS.openPerAccount);
    await expect(ask(lasting, { caller: REP })).rejects.toMatchObject({ code: 'http.too-many-live-answers' });
    const ofHr = heard(await ask(lasting));
    await jest.advanceTimersByTimeAsync(0);
    expect(ofHr.events).toEqual([{ id: '7', data: { done: 1 } }]);
    for (const { leave } of [...all, ofHr]) leave();
    expect(live.open).toBe(0);
  });
});
