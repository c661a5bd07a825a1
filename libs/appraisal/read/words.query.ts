import type { Instant, PersonalText, SubjectId } from '#kernel';
import type { EventStreams } from '#libs/event-store';
import type { EventDecoder } from '#libs/projections';
import type { AppraisalEvent, Step } from '../contracts';

/** What people told each other about one appraisal, sealed: why it was sent back, what was objected, what was answered. */
export interface WordsOfAppraisal {
  /** In order of time. */
  readonly sentBack: readonly {
    readonly by: SubjectId;
    readonly toStep: Step;
    readonly reason: PersonalText;
    readonly at: Instant;
  }[];
  /** The latest. */
  readonly objection: {
    readonly reason: PersonalText;
    readonly at: Instant;
    readonly answer: { readonly by: SubjectId; readonly text: PersonalText; readonly at: Instant } | null;
  } | null;
}

/** From the appraisal's own stream: no read model holds texts. */
export async function wordsOfAppraisal(
  { log, decoder }: { readonly log: Pick<EventStreams, 'readStream'>; readonly decoder: EventDecoder },
  appraisalId: string,
): Promise<WordsOfAppraisal> {
  let words: WordsOfAppraisal = { sentBack: [], objection: null };
  for (let read = 0; ;) {
    const { events } = await log.readStream(`appraisal-${appraisalId}`, { fromVersion: read + 1 });
    if (events.length === 0) return words;
    read += events.length;
    for (const stored of events) words = withEvent(words, decoder.decode(stored) as AppraisalEvent);
  }
}

function withEvent(words: WordsOfAppraisal, event: AppraisalEvent): WordsOfAppraisal {
  switch (event.type) {
    case 'AppraisalSentBack': {
      const { reviewer: by, toStep, reason, sentBackAt: at } = event.data;
      return { ...words, sentBack: [...words.sentBack, { by, toStep, reason, at }] };
    }
    case 'ResultObjected':
      return { ...words, objection: { reason: event.data.reason, at: event.data.objectedAt, answer: null } };
    case 'ObjectionAnswered': {
      const { reviewer: by, answer: text, answeredAt: at } = event.data;
      return words.objection ? { ...words, objection: { ...words.objection, answer: { by, text, at } } } : words;
    }
    default:
      return words;
  }
}
