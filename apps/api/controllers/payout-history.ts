import { isSubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { zSubjectId, zUuid } from '#libs/kernel/schema';
import { z } from 'zod';
import type { NameBook } from '../http/name-book';
import type { BatchActBody } from './payout-details.shapes';

const zSaid = z.looseObject({
  reason: z.string().optional(),
  total: z.string().optional(),
  passed: z.boolean().optional(),
  subject: zSubjectId.optional(),
  outcome: z.string().optional(),
  lines: z.union([z.array(z.unknown()), z.int()]).optional(),
  cause: z
    .union([z.looseObject({ kind: z.literal('appeal'), appealId: zUuid }), z.looseObject({ kind: z.literal('finance'), holdId: zUuid })])
    .optional(),
});

/** The events of a batch's own stream in the words of an answer, the latest first. */
export async function batchActs(names: NameBook, events: readonly RecordedEvent[]): Promise<BatchActBody[]> {
  const told = events.map((event) => ({ event, said: zSaid.parse(event.data) }));
  const people = told.flatMap(({ event, said }) => [event.metadata.actor, said.subject ?? ''].filter(isSubjectId));
  const book = new Map<string, string>(await names.of(people));
  return told.reverse().map(({ event, said }) => ({
    type: event.type,
    position: event.position,
    at: event.metadata.occurredAt,
    by: event.metadata.actor,
    byName: book.get(event.metadata.actor) ?? null,
    reason: said.reason ?? null,
    total: said.total ?? null,
    passed: said.passed ?? null,
    hold: holdOf(said, book),
  }));
}

function holdOf({ cause, subject, lines, outcome }: z.infer<typeof zSaid>, book: ReadonlyMap<string, string>): BatchActBody['hold'] {
  if (!cause || subject === undefined) return null;
  const id = cause.kind === 'appeal' ? cause.appealId : cause.holdId;
  return {
    key: `${cause.kind}/${id}`,
    kind: cause.kind,
    id,
    subject,
    name: book.get(subject) ?? null,
    lines: Array.isArray(lines) ? lines.length : 0,
    outcome: outcome ?? null,
  };
}
