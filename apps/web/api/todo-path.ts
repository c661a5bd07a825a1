import type { Todo } from './todo';

/** The page where a thing to do is done; an address, since home and the inbox hold todos of every kind. */
export function pathOfTodo(todo: Pick<Todo, 'kind' | 'cycleId' | 'appraisalId' | 'subject' | 'part' | 'department'>): string {
  const { kind, cycleId, appraisalId } = todo;
  switch (kind) {
    case 'self-review':
    case 'confirm':
      return `/me/appraisals/${cycleId}`;
    case 'manager-review':
    case 'department-review':
      return `/team/score/${cycleId}?person=${encodeURIComponent(personKey(todo))}`;
    case 'second-review':
      return `/team/review/${cycleId}?person=${encodeURIComponent(personKey(todo))}`;
    case 'answer-objection':
    case 'nominate-peers':
    case 'peer-review':
    case 'customer-answers':
      return `/team/tasks/${appraisalId}?task=${kind}`;
  }
}

/** A person among those to rate: each part after a transfer, and each department's lines, are rated for themselves. */
export function personKey({
  subject,
  part,
  department,
}: {
  readonly subject: string;
  readonly part: number | null;
  readonly department: string | null;
}): string {
  if (department !== null) return `${subject}~${department}`;
  return part === null ? subject : `${subject}.${part}`;
}
