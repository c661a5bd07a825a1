import type { AppealTodo, BatchTodo, CaseTodo, SchemeTodo, Todo } from '../../api/todo';

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
  return [...groups.values()].sort((one, other) => compareDue(one.first.dueAt, other.first.dueAt));
}

export type Entry = { readonly dueAt: string | null } & (
  | { readonly what: 'group'; readonly group: TodoGroup }
  | { readonly what: 'appeal'; readonly todo: AppealTodo }
  | { readonly what: 'scheme'; readonly todo: SchemeTodo }
  | { readonly what: 'batch'; readonly todo: BatchTodo }
  | { readonly what: 'acknowledge'; readonly schemes: number }
);

/** Everything that waits for somebody as one list, whatever it is about: by deadline, what has none last. */
export function entriesOf({
  todos,
  cases,
  schemes,
}: {
  readonly todos: readonly Todo[];
  readonly cases: readonly CaseTodo[];
  readonly schemes: number;
}): readonly Entry[] {
  const entries: readonly Entry[] = [
    ...groupsOf(todos).map((group): Entry => ({ what: 'group', dueAt: group.first.dueAt, group })),
    ...cases.map((one): Entry => ({ ...one, dueAt: dueOf(one) })),
    ...(schemes > 0 ? [{ what: 'acknowledge', dueAt: null, schemes } as const] : []),
  ];
  return [...entries].sort((one, other) => compareDue(one.dueAt, other.dueAt));
}

/** A discussion is open until the end of its last day. */
function dueOf(one: CaseTodo): string | null {
  switch (one.what) {
    case 'appeal':
      return one.todo.dueAt;
    case 'scheme':
      return one.todo.until === null ? null : `${one.todo.until}T23:59:59+08:00`;
    case 'batch':
      return null;
  }
}

function compareDue(one: string | null, other: string | null): number {
  const at = (due: string | null): number => (due === null ? Number.MAX_VALUE : Date.parse(due));
  return at(one) - at(other);
}
