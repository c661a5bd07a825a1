import type { Todo } from '../../api/todo';

/** Ten people to score are one thing to do: todos of one kind, cycle and deadline stand together. */
export interface TodoGroup {
  readonly first: Todo;
  readonly count: number;
  readonly overdue: boolean;
}

/** What can be done now, the most urgent first; what has no deadline last. A phase that has not begun asks nothing of anybody. */
export function groupsOf(todos: readonly Todo[]): readonly TodoGroup[] {
  const groups = new Map<string, TodoGroup>();
  for (const todo of todos.filter(({ begun }) => begun)) {
    const key = `${todo.kind} ${todo.cycleId} ${todo.dueAt ?? ''}`;
    const group = groups.get(key);
    groups.set(key, { first: group?.first ?? todo, count: (group?.count ?? 0) + 1, overdue: todo.overdue || group?.overdue === true });
  }
  return [...groups.values()].sort((one, other) => dueOf(one) - dueOf(other));
}

function dueOf({ first: { dueAt } }: TodoGroup): number {
  return dueAt === null ? Number.MAX_VALUE : Date.parse(dueAt);
}
