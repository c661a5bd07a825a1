import type { Todo } from './todo';

/** The page where a thing to do is done; an address, since home and the inbox hold todos of every kind. */
export function pathOfTodo({ kind, cycleId, appraisalId, subject, part }: Pick<Todo, 'kind' | 'cycleId' | 'appraisalId' | 'subject' | 'part'>): string {
  switch (kind) {
    case 'self-review':
    case 'confirm':
      return `/me/appraisals/${cycleId}`;
    case 'manager-review':
      return `/team/score/${cycleId}?person=${personKey(subject, part)}`;
    case 'second-review':
      return `/team/review/${cycleId}?person=${subject}`;
    case 'answer-objection':
    case 'department-review':
    case 'nominate-peers':
    case 'peer-review':
    case 'customer-answers':
      return `/team/tasks/${appraisalId}?task=${kind}`;
  }
}

/** A person in the list of those to score: after a transfer inside the period each part is scored for itself. */
export function personKey(subject: string, part: number | null): string {
  return part === null ? subject : `${subject}.${part}`;
}
