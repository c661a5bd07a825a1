import type { RecordedEvent } from '#libs/event-store';
import type { SubjectId } from '#kernel';
import type { AppealEvent, AppealFile, AppealMoment, PanelDraw } from '../contracts';

const EMPTY: AppealFile = { moments: [], draws: [], contact: null, offer: null, decision: null, closing: null };

/** The file after one more event. */
export function fileAfter(file: AppealFile = EMPTY, message: AppealEvent, { metadata }: Pick<RecordedEvent, 'metadata'>): AppealFile {
  const moment = { what: message.type, at: metadata.occurredAt, by: metadata.actor, ...detailOf(message) };
  return { ...file, ...changesOf(file, message), moments: [...file.moments, moment] };
}

function detailOf(message: AppealEvent): Pick<AppealMoment, 'how' | 'people'> {
  switch (message.type) {
    case 'AppealOverdue':
      return { how: message.data.what, people: [] };
    case 'OfferRefused':
    case 'HearingNoted':
    case 'AppealDecided':
      return { how: message.data.how, people: [] };
    case 'AppealDeclined':
      return { how: message.data.final ? 'final' : null, people: [] };
    case 'AppealReferredToFactOwner':
    case 'FactOwnerSilent':
      return { how: null, people: [message.data.owner] };
    case 'AppealAccepted':
      return { how: null, people: someone(message.data.contact) };
    case 'PanelSeated':
    case 'PanelNamedByGm':
      return { how: null, people: message.data.members.map(({ subject }) => subject) };
    case 'PanelMemberReplaced':
      return { how: message.data.cause, people: [message.data.member, message.data.by.subject] };
    default:
      return { how: null, people: [] };
  }
}

function someone(subject: SubjectId | undefined): readonly SubjectId[] {
  return subject === undefined ? [] : [subject];
}

function changesOf(file: AppealFile, message: AppealEvent): Partial<AppealFile> {
  switch (message.type) {
    case 'AppealAccepted':
      return { contact: message.data.contact ?? null };
    case 'AppealOffered':
      return { offer: { amendments: message.data.amendments, score: message.data.score ?? null } };
    case 'PanelSeated':
    case 'PanelNotSeatable':
    case 'PanelMemberReplaced':
      return { draws: [...file.draws, drawOf(message)] };
    case 'AppealDecided': {
      const { verdict, how, settledBy, amendments, redoStep, decidedAt } = message.data;
      return { decision: { verdict, how, settledBy, amendments, redoStep: redoStep ?? null, decidedAt } };
    }
    case 'AppealClosed':
      return { closing: { schemeAtFault: message.data.schemeAtFault, closedAt: message.data.closedAt } };
    default:
      return {};
  }
}

type DrawEvent = Extract<AppealEvent, { readonly type: 'PanelSeated' | 'PanelNotSeatable' | 'PanelMemberReplaced' }>;

function drawOf(message: DrawEvent): PanelDraw {
  const { draw } = message.data;
  switch (message.type) {
    case 'PanelSeated': {
      const { members, seatedAt } = message.data;
      return { ...draw, at: seatedAt, outcome: 'seated', drawn: members, eligible: null, departments: null };
    }
    case 'PanelMemberReplaced': {
      const { by, replacedAt } = message.data;
      return { ...draw, at: replacedAt, outcome: 'replaced', drawn: [by], eligible: null, departments: null };
    }
    case 'PanelNotSeatable': {
      const { at, eligible, departments } = message.data;
      return { ...draw, at, outcome: 'not-seatable', drawn: [], eligible, departments };
    }
  }
}
