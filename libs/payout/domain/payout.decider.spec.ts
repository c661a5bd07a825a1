import fc from 'fast-check';
import { actorId, addDecimal, decimal, fold, formatFixed, period, Rejection, subjectId, type SubjectId, sumDecimals, ZERO } from '#kernel';
import { given as givenPast, SPEC_NOW } from '#libs/testing';
import { type HoldCause, payLineId, payoutBatchId, type PayoutCommand, type PayoutEvent, type PayoutLinesCommand } from '../contracts';
import { payoutDecider } from './payout.decider';
import { payoutLinesDecider } from './payout-lines.decider';
import { type Entitlement, regularLines, settledOf, supplementaryLines } from './settlement.policy';

const person = (n: number): SubjectId => subjectId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const CYCLE = '00000000-0000-8000-8000-0000000000c1';
const BATCH = payoutBatchId(CYCLE, 1);
const APPEAL: HoldCause = { kind: 'appeal', appealId: '00000000-0000-8000-8000-0000000000a1' };
const REP = person(1);
const FINANCE = person(2);
const GM = person(3);
const HR = person(4);
const SYSTEM = actorId('system:payout');

const start: PayoutCommand = {
  type: 'StartPayout',
  data: {
    batchId: BATCH,
    cycleId: CYCLE,
    period: period('2026-10'),
    kind: 'regular',
    round: 1,
    supplements: [],
    currency: 'CNY',
    asOf: 10,
  },
};
const complete: PayoutCommand = {
  type: 'CompletePayoutComputation',
  data: { chunks: 1, statements: 2, lines: 3, total: '300.00', withoutScore: 0 },
};
const line = (key: string) => payLineId({ cycleId: CYCLE, subject: REP, key, round: 1 });
const hold = (cause: HoldCause = APPEAL, key = 'commission', amount = '100.00'): PayoutCommand => ({
  type: 'HoldPayoutLines',
  data: { subject: REP, cause, lines: [{ lineId: line(key), amount }] },
});
const lift: PayoutCommand = { type: 'LiftPayoutHold', data: { cause: APPEAL, outcome: 'upheld' } };
const check: PayoutCommand = { type: 'CheckPayout', data: { passed: true, findings: [] } };
const approve = (...actorRoles: readonly string[]): PayoutCommand => ({ type: 'ApprovePayout', data: { actorRoles } });
const release = (lines: number, total: string): PayoutCommand => ({
  type: 'ReleasePayout',
  data: { fileHash: 'a'.repeat(64), lines, total },
});

type Act = readonly [SubjectId | typeof SYSTEM, PayoutCommand];
function history(...acts: readonly Act[]): readonly PayoutEvent[] {
  const events: PayoutEvent[] = [];
  for (const [actor, command] of acts) events.push(...payoutDecider.decide(command, fold(payoutDecider, events), { actor, now: SPEC_NOW }));
  return events;
}
const COMPUTED: readonly Act[] = [
  [SYSTEM, start],
  [SYSTEM, complete],
];
const CHECKED: readonly Act[] = [...COMPUTED, [FINANCE, check]];
const APPROVED: readonly Act[] = [...CHECKED, [GM, approve('general-manager')]];
const RELEASED: readonly Act[] = [...APPROVED, [SYSTEM, hold()], [FINANCE, release(2, '200.00')]];
const given = (...acts: readonly Act[]) => givenPast(payoutDecider, history(...acts));

describe('a batch', () => {
  it('is approved neither by who computed or checked it nor by HR', () => {
    const byFinance: readonly Act[] = [
      [FINANCE, start],
      [SYSTEM, complete],
    ];
    given(...byFinance)
      .as(FINANCE)
      .when(check)
      .thenRejects('payout.own-work', { act: 'check' });
    given(...CHECKED)
      .as(FINANCE)
      .when(approve('finance'))
      .thenRejects('payout.own-work', { act: 'approve' });
    given([HR, start], [SYSTEM, complete], [FINANCE, check]).as(HR).when(approve('hr')).thenRejects('payout.own-work');
    given(...CHECKED)
      .as(HR)
      .when(approve('general-manager', 'hr'))
      .thenRejects('payout.hr-may-not-approve');
    given(...COMPUTED)
      .as(GM)
      .when(approve('general-manager'))
      .thenRejects('payout.not-at-this-stage');
    given(...APPROVED)
      .as(GM)
      .when(approve('general-manager'))
      .thenNothing();
  });
  it('is not approved after a failed check until it passes', () => {
    const failed: readonly Act[] = [
      ...COMPUTED,
      [FINANCE, { type: 'CheckPayout', data: { passed: false, findings: [{ code: 'wrong-rate', lineId: line('commission') }] } }],
    ];
    given(...failed)
      .as(GM)
      .when(approve())
      .thenRejects('payout.not-at-this-stage');
    given(...COMPUTED)
      .as(FINANCE)
      .when({ type: 'CheckPayout', data: { passed: false, findings: [] } })
      .thenRejects('payout.failed-without-finding');
  });
  it('is released only as the file says: everything that is not held', () => {
    given(...APPROVED)
      .as(FINANCE)
      .when(release(2, '200.00'))
      .thenRejects('payout.file-does-not-match', { lines: 3, total: '300.00' });
    given(...APPROVED, [SYSTEM, hold()])
      .as(FINANCE)
      .when(release(3, '300.00'))
      .thenRejects('payout.file-does-not-match', { lines: 2, total: '200.00' });
    expect(history(...RELEASED).at(-1)).toMatchObject({
      type: 'PayoutReleased',
      data: { lines: 2, total: '200.00', heldLines: 1, held: '100.00' },
    });
  });
  it('counts a line held for two causes once', () => {
    const finance: HoldCause = { kind: 'finance', holdId: BATCH };
    const both: readonly Act[] = [...APPROVED, [SYSTEM, hold()], [FINANCE, hold(finance)]];
    expect(history(...both, [FINANCE, release(2, '200.00')]).at(-1)).toMatchObject({ data: { held: '100.00' } });
    expect(history(...both, [SYSTEM, lift], [FINANCE, release(2, '200.00')]).at(-1)).toMatchObject({ data: { held: '100.00' } });
  });
  it('says whether a lifted hold is still paid in it', () => {
    expect(history(...APPROVED, [SYSTEM, hold()], [SYSTEM, lift]).at(-1)).toMatchObject({
      type: 'PayoutHoldLifted',
      data: { inBatch: true },
    });
    expect(history(...RELEASED, [SYSTEM, lift]).at(-1)).toMatchObject({
      type: 'PayoutHoldLifted',
      data: { inBatch: false, outcome: 'upheld' },
    });
    given(...RELEASED, [SYSTEM, lift])
      .as(SYSTEM)
      .when(lift)
      .thenNothing();
    given(...APPROVED, [SYSTEM, hold()])
      .as(SYSTEM)
      .when(hold())
      .thenNothing();
    given(...APPROVED, [SYSTEM, hold()], [FINANCE, { type: 'CancelPayout', data: { reason: 'r' } }])
      .as(SYSTEM)
      .when(lift)
      .thenNothing();
  });
  it('holds nothing once released; what was paid stays paid', () => {
    given(...RELEASED)
      .as(SYSTEM)
      .when(hold(APPEAL, 'bonus'))
      .thenNothing();
    given(...RELEASED)
      .as(FINANCE)
      .when({ type: 'CancelPayout', data: { reason: 'again' } })
      .thenRejects('payout.released-already');
    given(...RELEASED)
      .as(SYSTEM)
      .when(complete)
      .thenRejects('payout.not-at-this-stage');
  });
  it('ends when payroll has everything and nothing is held', () => {
    const acknowledged: readonly Act[] = [...RELEASED, [SYSTEM, { type: 'RecordPayoutAcknowledged', data: { lines: 2 } }]];
    given(...RELEASED)
      .as(SYSTEM)
      .when({ type: 'RecordPayoutAcknowledged', data: { lines: 1 } })
      .thenRejects('payout.not-all-acknowledged');
    expect(payoutDecider.isTerminal(fold(payoutDecider, history(...acknowledged)))).toBe(false);
    expect(payoutDecider.isTerminal(fold(payoutDecider, history(...acknowledged, [SYSTEM, lift])))).toBe(true);
  });
});

describe('a chunk of lines', () => {
  const lines = regularLines(
    entitled(1, [
      ['commission', '100.10'],
      ['bonus', '0.00'],
    ]),
    1,
  );
  const record = (changed = lines): PayoutLinesCommand => ({
    type: 'RecordPayoutLines',
    data: { batchId: BATCH, cycleId: CYCLE, chunk: 0, currency: 'CNY', lines: changed },
  });
  const recorded = payoutLinesDecider.decide(record(), { stage: 'none' }, { actor: SYSTEM, now: SPEC_NOW });
  it('sums its lines, leaves out what is nothing, and is written once', () => {
    expect(recorded).toMatchObject([{ data: { total: '100.10', statements: 1, lines: [{ key: 'commission' }] } }]);
    givenPast(payoutLinesDecider, recorded).when(record()).thenNothing();
    givenPast(payoutLinesDecider, recorded)
      .when(record(lines.map((pay) => ({ ...pay, amount: '1.00' }))))
      .thenRejects('payout.chunk-differs');
    givenPast(payoutLinesDecider)
      .when(record([...lines, ...lines]))
      .thenRejects('payout.line-twice');
    givenPast(payoutLinesDecider)
      .when(record(lines.map((pay) => ({ ...pay, amount: '1.001' }))))
      .thenRejects('payout.not-to-the-cent');
    givenPast(payoutLinesDecider)
      .when(record(lines.map((pay) => ({ ...pay, subject: person(9) }))))
      .thenRejects('payout.line-id');
  });
  it('is acknowledged by line, each once', () => {
    const acknowledge = (...lineIds: readonly string[]): PayoutLinesCommand => ({
      type: 'AcknowledgePayoutLines',
      data: { lineIds, reference: 'pay-7' },
    });
    givenPast(payoutLinesDecider, recorded).when(acknowledge('x.y.z.1')).thenRejects('payout.unknown-line');
    const done = payoutLinesDecider.decide(acknowledge(lines[0]!.lineId), fold(payoutLinesDecider, recorded), {
      actor: SYSTEM,
      now: SPEC_NOW,
    });
    expect(done).toHaveLength(1);
    givenPast(payoutLinesDecider, [...recorded, ...done])
      .when(acknowledge(lines[0]!.lineId))
      .thenNothing();
  });
});

function entitled(n: number, amounts: readonly (readonly [string, string])[]): Entitlement {
  const payLines = amounts.map(([key, amount]) => ({ key, amount }));
  return { cycleId: CYCLE, subject: person(n), appraisalId: `${CYCLE}.${person(n)}`, scoredAt: 5, payLines };
}

describe('settlement', () => {
  const cents = fc.integer({ min: -500_000, max: 5_000_000 }).map((units) => formatFixed({ units: BigInt(units), scale: 2 }, 2));
  const result = fc.uniqueArray(fc.tuple(fc.constantFrom('basic', 'commission', 'bonus', 'deposit'), cents), { selector: ([key]) => key });
  const fates = fc.constantFrom('released', 'acknowledged', 'withheld', 'cancelled', 'computed', 'held');

  it('whatever happened to earlier batches, one more round settles exactly what is due, and the next has nothing to pay', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(result, fates), { minLength: 1, maxLength: 6 }), (rounds) => {
        const paid: { key: string; amount: string; status: string; lineId: string }[] = [];
        rounds.forEach(([amounts, status], index) => {
          const cause = { kind: 'appeal' as const, id: BATCH };
          const before = settledOf(paid);
          const lines =
            index === 0 ? regularLines(entitled(1, amounts), 1) : supplementaryLines(entitled(1, amounts), index + 1, before, cause);
          for (const { key, amount, lineId } of lines) paid.push({ key, amount, status, lineId });
        });
        const last = rounds.at(-1)?.[0] ?? [];
        const closing = supplementaryLines(entitled(1, last), 99, settledOf(paid), { kind: 'appeal', id: BATCH });
        const all = [...paid, ...closing.map((pay) => ({ ...pay, status: 'released' }))];
        const due = sumDecimals(last.map(([, amount]) => decimal(amount)));
        const settled = [...settledOf(all).values()].reduce(addDecimal, ZERO);
        expect(formatFixed(settled, 2)).toBe(formatFixed(due, 2));
        expect(supplementaryLines(entitled(1, last), 100, settledOf(all), { kind: 'appeal', id: BATCH })).toEqual([]);
        expect(new Set(all.map(({ lineId }) => lineId)).size).toBe(all.length);
        for (const { amount, difference } of closing) {
          expect(formatFixed(decimal(difference?.entitled ?? '0'), 2)).toBe(
            formatFixed(addDecimal(decimal(difference?.settled ?? '0'), decimal(amount)), 2),
          );
        }
      }),
    );
  });
  it('batch total = sum of statements = sum of lines = released + held', () => {
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 20 }), fc.integer({ min: 0, max: 30 }), (people, heldCount) => {
        const lines = people.flatMap((amounts, index) => regularLines(entitled(index + 1, amounts), 1));
        const total = formatFixed(sumDecimals(lines.map(({ amount }) => decimal(amount))), 2);
        const statements = people.map((_, index) =>
          sumDecimals(lines.filter(({ subject }) => subject === person(index + 1)).map(({ amount }) => decimal(amount))),
        );
        expect(formatFixed(statements.reduce(addDecimal, ZERO), 2)).toBe(total);
        const done: PayoutCommand = {
          type: 'CompletePayoutComputation',
          data: { chunks: 1, statements: people.length, lines: lines.length, total, withoutScore: 0 },
        };
        const acts: Act[] = [
          [SYSTEM, start],
          [SYSTEM, done],
          [FINANCE, check],
          [GM, approve()],
        ];
        const held = lines.slice(0, heldCount);
        held.forEach(({ lineId, amount, subject }, index) => {
          const cause: HoldCause = { kind: 'appeal', appealId: payoutBatchId(CYCLE, index) };
          acts.push([SYSTEM, { type: 'HoldPayoutLines', data: { subject, cause, lines: [{ lineId, amount }] } }]);
        });
        const payable = lines.slice(heldCount);
        const payableTotal = formatFixed(sumDecimals(payable.map(({ amount }) => decimal(amount))), 2);
        const events = history(...acts, [FINANCE, release(payable.length, payableTotal)]);
        const released = events.find(({ type }) => type === 'PayoutReleased');
        if (released?.type !== 'PayoutReleased') throw new Error('not released');
        expect(formatFixed(addDecimal(decimal(released.data.total), decimal(released.data.held)), 2)).toBe(total);
        expect(released.data.heldLines + released.data.lines).toBe(lines.length);
      }),
    );
  });
  it('any commands in any order: only rejections, and what was released never changes', () => {
    const commands: readonly PayoutCommand[] = [
      start,
      complete,
      hold(),
      hold(APPEAL, 'bonus', '50.00'),
      lift,
      check,
      approve('finance'),
      release(3, '300.00'),
      release(2, '200.00'),
      { type: 'CancelPayout', data: { reason: 'r' } },
      { type: 'RecordPayoutAcknowledged', data: { lines: 3 } },
    ];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(FINANCE, GM, HR, SYSTEM), fc.constantFrom(...commands)), { maxLength: 30 }), (acts) => {
        const events: PayoutEvent[] = [];
        for (const [actor, command] of acts) {
          try {
            const state = fold(payoutDecider, events);
            const decided = payoutDecider.decide(command, state, { actor, now: SPEC_NOW });
            if (payoutDecider.isTerminal(state)) expect(decided).toEqual([]);
            events.push(...decided);
          } catch (error) {
            if (!(error instanceof Rejection)) throw error;
          }
        }
        expect(events.filter(({ type }) => type === 'PayoutReleased').length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
