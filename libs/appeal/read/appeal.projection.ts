import type { Message, SealedText, SubjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { defineProjection, type RowChange, type RowKey } from '#libs/projections';
import type { AppealEvent, AppealFile } from '../contracts';
import { type Appeal, evolveAppeal } from '../domain/appeal-state';
import { fileAfter } from './appeal-file';

/** A text of the file with who wrote it and when; `what` is the type of its event. */
export type FiledText = {
  readonly what: AppealEvent['type'];
  readonly by: string;
  readonly at: string;
  readonly text: SealedText;
};
export type FiledEvidence = { readonly hash: string; readonly mediaType: string; readonly bytes: number; readonly name: SealedText };

/** One row an appeal: its state as the decider folds it, its texts, and the columns that lists are filtered by. */
export type AppealTableRow = {
  readonly appeal_id: string;
  readonly cycle_id: string;
  readonly subject: SubjectId;
  readonly stage: string;
  readonly holds: boolean;
  readonly filed_at: string;
  readonly state: Appeal;
  readonly texts: readonly FiledText[];
  readonly evidence: readonly FiledEvidence[];
  readonly file: AppealFile;
  readonly overdue: boolean;
  /** Stream version, for ETag. */
  readonly version: number;
  readonly position: number;
};

const STREAM_PREFIX = 'appeal-';
const NOT_HOLDING: ReadonlySet<string> = new Set(['decided', 'declined-final', 'withdrawn', 'closed']);

function change<E extends AppealEvent>(): RowChange<E, AppealTableRow> {
  return {
    keys: (event): readonly RowKey[] => [[event.streamId.slice(STREAM_PREFIX.length)]],
    evolve: (row, event) => rowAfter(row, event),
  };
}

function rowAfter(row: AppealTableRow | undefined, event: RecordedEvent<AppealEvent>): AppealTableRow | undefined {
  const message = messageOf(event);
  const state = evolveAppeal(row?.state ?? { stage: 'none' }, message);
  if (state.stage === 'none') return row;
  return {
    appeal_id: state.appealId,
    cycle_id: state.cycleId,
    subject: state.subject,
    stage: state.stage,
    holds: !NOT_HOLDING.has(state.stage) && (!state.late || state.acceptedAt !== undefined),
    filed_at: row?.filed_at ?? event.metadata.occurredAt,
    state,
    texts: [...(row?.texts ?? []), ...textsOf(message, event)],
    evidence: [...(row?.evidence ?? []), ...evidenceOf(message)],
    file: fileAfter(row?.file, message, event),
    overdue: state.overdueRound === state.round || state.decisionOverdue,
    version: event.streamVersion,
    position: event.position,
  };
}

/** A recorded event without what the log adds. The pair of type and data was checked when it was decoded. */
function messageOf(event: RecordedEvent<AppealEvent>): AppealEvent {
  const message: Message = { type: event.type, data: event.data };
  return message as AppealEvent;
}

function textsOf(message: AppealEvent, { metadata }: RecordedEvent<AppealEvent>): readonly FiledText[] {
  const text = mainText(message);
  return text ? [{ what: message.type, by: metadata.actor, at: metadata.occurredAt, text: text.toJSON() }] : [];
}

function mainText(message: AppealEvent) {
  switch (message.type) {
    case 'AppealFiled':
      return message.data.statement;
    case 'AppealMoreAsked':
      return message.data.question;
    case 'AppealMoreGiven':
      return message.data.answer;
    case 'AppealAccepted':
      return message.data.lateReason;
    case 'AppealDeclined':
    case 'AppealEscalated':
    case 'FactOwnerCorrected':
    case 'FactOwnerStoodBy':
    case 'VoteCast':
    case 'AppealWithdrawn':
      return message.data.reason;
    case 'HearingNoted':
      return message.data.notes;
    case 'AppealClosed':
      return message.data.note;
    default:
      return undefined;
  }
}

function evidenceOf(message: AppealEvent): readonly FiledEvidence[] {
  if (message.type !== 'AppealFiled' && message.type !== 'AppealMoreGiven') return [];
  return message.data.evidence.map(({ hash, mediaType, bytes, name }) => ({ hash, mediaType, bytes, name: name.toJSON() }));
}

export const appealProjection = defineProjection<AppealTableRow, AppealEvent>({
  name: 'appeal',
  version: 3,
  columns: {
    appeal_id: 'text',
    cycle_id: 'text',
    subject: 'text',
    stage: 'text',
    holds: 'boolean',
    filed_at: 'timestamptz',
    state: 'jsonb',
    texts: 'jsonb',
    evidence: 'jsonb',
    file: 'jsonb',
    overdue: 'boolean',
    version: 'integer',
    position: 'bigint',
  },
  key: ['appeal_id'],
  indexes: [{ columns: ['cycle_id', 'stage'] }, { columns: ['subject'] }],
  history: true,
  on: {
    AppealFiled: change(),
    AppealMoreAsked: change(),
    AppealMoreGiven: change(),
    AppealAccepted: change(),
    AppealDeclined: change(),
    AppealEscalated: change(),
    AppealReferredToFactOwner: change(),
    FactOwnerCorrected: change(),
    FactOwnerStoodBy: change(),
    FactOwnerSilent: change(),
    AppealOffered: change(),
    OfferAccepted: change(),
    OfferRefused: change(),
    PanelSeated: change(),
    PanelNotSeatable: change(),
    PanelNamedByGm: change(),
    PanelMemberReplaced: change(),
    HearingNoted: change(),
    VoteCast: change(),
    AppealDecided: change(),
    AppealOverdue: change(),
    AppealWithdrawn: change(),
    AppealClosed: change(),
  },
});
