import type { Todo } from '../../api/todo';
import { groupsOf } from './todo-groups';

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
});
