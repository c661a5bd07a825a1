import { instant, instantPlusMs, type SubjectId } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import { AuditLooks, LOOK_LIMITS } from './audit-looks';

const FANG = { subject: '0190f000-0000-7000-8000-000000000001' as SubjectId };
const LI = '0190f000-0000-7000-8000-000000000002';

/** Where looks are written, unless the log is gone. */
function desk() {
  let now = instant('2026-11-02T01:00:00.000Z');
  let ids = 0;
  let isGone = false;
  let inside = 0;
  let most = 0;
  const written: { id: string; data: unknown; at: string }[] = [];
  const looks = new AuditLooks(
    {
      async run(_decider, id, command, context: CommandContext) {
        inside += 1;
        most = Math.max(most, inside);
        await Promise.resolve();
        inside -= 1;
        if (isGone) throw new Error('the log is gone');
        written.push({ id, data: 'data' in command ? command.data : undefined, at: context.now });
        return { streamId: id, version: written.length, token: null, repeated: false };
      },
    },
    { now: () => now },
    { uuid: () => `id-${(ids += 1)}` },
  );
  return {
    looks,
    written,
    later: (ms: number) => (now = instantPlusMs(now, ms)),
    logGone: (gone: boolean) => (isGone = gone),
    mostAtOnce: () => most,
  };
}

describe('what an auditor reads', () => {
  it('is recorded before it is shown: who, what, about whom; on the stream of that day', async () => {
    const { looks, written } = desk();
    await looks.recordRead(FANG, 'appraisal.read', LI);
    expect(written).toEqual([
      {
        id: `${FANG.subject}.2026-11-02`,
        data: { auditor: FANG.subject, question: 'read', operation: 'appraisal.read', about: LI, reason: null },
        at: '2026-11-02T01:00:00.000Z',
      },
    ]);
  });

  it('is one look while a page asks again, and another one later, about somebody else or of another kind', async () => {
    const { looks, written, later } = desk();
    await looks.recordRead(FANG, 'appraisal.read', LI);
    await looks.recordRead(FANG, 'appraisal.read', LI);
    expect(written).toHaveLength(1);
    await looks.recordRead(FANG, 'statement.read', LI);
    await looks.recordRead(FANG, 'appraisal.read', FANG.subject);
    later(LOOK_LIMITS.sameMs);
    await looks.recordRead(FANG, 'appraisal.read', LI);
    expect(written).toHaveLength(4);
  });

  it('is one look, too, when a page asks for everything at once', async () => {
    const { looks, written } = desk();
    await Promise.all([1, 2, 3].map(() => looks.recordRead(FANG, 'appraisal.read', LI)));
    expect(written).toHaveLength(1);
  });

  it('is written one after another, however many are asked for at once', async () => {
    const { looks, written, mostAtOnce } = desk();
    await Promise.all(['a', 'b', 'c'].map((about) => looks.record(FANG, { question: 'timeline', about })));
    expect(written.map(({ data }) => data)).toMatchObject([{ about: 'a' }, { about: 'b' }, { about: 'c' }]);
    expect(mostAtOnce()).toBe(1);
  });

  it('is refused when it can’t be recorded, each time anew, and had as soon as it can', async () => {
    const { looks, written, logGone } = desk();
    logGone(true);
    await expect(looks.recordRead(FANG, 'appraisal.read', LI)).rejects.toThrow('the log is gone');
    await expect(looks.recordRead(FANG, 'appraisal.read', LI)).rejects.toThrow('the log is gone');
    logGone(false);
    await looks.recordRead(FANG, 'appraisal.read', LI);
    expect(written).toHaveLength(1);
  });
});
