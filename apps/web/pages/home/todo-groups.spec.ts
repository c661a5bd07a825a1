import { type AppealTodo, batchTodosOf, type CaseTodo, decisionsOf, type Todo } from '../../api/todo';
import { entriesOf, groupsOf } from './todo-groups';

const todo = (part: Partial<Todo>): Todo => ({
  kind: 'manager-review',
  appraisalId: 'a',
  cycleId: 'c',
  cycleName: 'March',
  period: '2026-03',
  subject: 's',
  name: null,
  by: null,
  role: null,
  department: null,
  part: null,
  dueAt: '2026-04-08T16:00:00Z',
  overdue: false,
  begun: true,
  reminded: null,
  ...part,
});

const title = { 'zh-CN': '方案', en: 'Scheme' };
const comment = (until: string | null): CaseTodo => ({
  what: 'scheme',
  todo: { act: 'comment', version: { schemeId: 'x', version: 1, title }, until },
});
const batch = { batchId: 'b', period: '2026-03', kind: 'regular', round: 1, cycleName: 'March', checkedBy: null } as const;

describe('what there is to do', () => {
  it('stands together by kind, cycle and deadline; one that is late makes the group late', () => {
    const groups = groupsOf([todo({}), todo({ subject: 't', overdue: true }), todo({ kind: 'confirm' }), todo({ cycleId: 'd' })]);
    expect(groups.map(({ first, count, overdue }) => [first.kind, first.cycleId, count, overdue])).toEqual([
      ['manager-review', 'c', 2, true],
      ['confirm', 'c', 1, false],
      ['manager-review', 'd', 1, false],
    ]);
  });

  it('goes by deadline, and what has none comes last', () => {
    const days = [null, '2026-04-09T16:00:00Z', '2026-04-01T16:00:00Z'];
    const groups = groupsOf(days.map((dueAt) => todo({ dueAt })));
    expect(groups.map(({ first }) => first.dueAt)).toEqual(['2026-04-01T16:00:00Z', '2026-04-09T16:00:00Z', null]);
  });

  it('is not what has not begun', () => {
    expect(groupsOf([todo({ begun: false }), todo({ subject: 't' })]).map(({ count }) => count)).toEqual([1]);
  });

  it('is one list by deadline, of appeals and schemes, too', () => {
    const appeal = (appealId: string, dueAt: string | null): AppealTodo => ({
      kind: 'vote-on-appeal',
      appealId,
      cycleId: 'c',
      cycleName: 'March',
      period: '2026-03',
      subject: 's',
      name: null,
      dueAt,
      overdue: false,
    });
    const entries = entriesOf({
      todos: [todo({ dueAt: '2026-04-09T16:00:00Z' }), todo({ kind: 'confirm', dueAt: '2026-04-01T16:00:00Z' })],
      cases: [
        { what: 'appeal', todo: appeal('p', null) },
        { what: 'appeal', todo: appeal('q', '2026-04-05T16:00:00Z') },
        comment('2026-04-05'),
        { what: 'batch', todo: { act: 'check', batch } },
      ],
      schemes: 2,
    });
    expect(entries.map(({ what, dueAt }) => [what, dueAt])).toEqual([
      ['group', '2026-04-01T16:00:00Z'],
      ['scheme', '2026-04-05T23:59:59+08:00'],
      ['appeal', '2026-04-05T16:00:00Z'],
      ['group', '2026-04-09T16:00:00Z'],
      ['appeal', null],
      ['batch', null],
      ['acknowledge', null],
    ]);
    expect(entriesOf({ todos: [], cases: [], schemes: 0 })).toEqual([]);
  });

  it('is a batch for who may act on it, never for who did the step before', () => {
    const acts = (subject: string, roles: readonly ('finance' | 'general-manager' | 'hr')[]): readonly string[] =>
      batchTodosOf({ subject, name: null, roles }, [
        { ...batch, stage: 'computed', computedBy: 'f1' },
        { ...batch, stage: 'check-failed', computedBy: 'f2' },
        { ...batch, stage: 'checked', computedBy: 'f1', checkedBy: 'f2' },
        { ...batch, stage: 'approved', computedBy: 'f1', checkedBy: 'f2' },
        { ...batch, stage: 'released', computedBy: 'f1', checkedBy: 'f2' },
      ]).map(({ act }) => act);
    expect(acts('f3', ['finance'])).toEqual(['check', 'check', 'release']);
    expect(acts('f1', ['finance'])).toEqual(['check', 'release']);
    expect(acts('g', ['general-manager'])).toEqual(['approve']);
    // Computed, checked, or of HR: somebody else approves.
    expect(acts('f1', ['general-manager'])).toEqual([]);
    expect(acts('f2', ['general-manager'])).toEqual([]);
    expect(acts('g', ['general-manager', 'hr'])).toEqual([]);
    expect(acts('h', ['hr'])).toEqual([]);
  });

  it('is a scheme for the general manager, unless they drafted it', () => {
    const version = (status: 'discussed' | 'approved' | 'in-force', draftedBy: string) => ({
      schemeId: 'x',
      version: 1,
      title,
      status,
      draftedBy,
    });
    const versions = [version('discussed', 'hr'), version('discussed', 'g'), version('approved', 'hr'), version('in-force', 'hr')];
    expect(decisionsOf({ subject: 'g', name: null, roles: ['general-manager'] }, versions).map(({ act }) => act)).toEqual([
      'approve',
      'put-in-force',
    ]);
    expect(decisionsOf({ subject: 'r', name: null, roles: ['rep'] }, versions)).toEqual([]);
  });
});
