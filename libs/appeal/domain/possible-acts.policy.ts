import type { SubjectId } from '#kernel';
import { APPEAL_LIMITS, type AppealActName, type AppealStage, type PossibleAct } from '../contracts';
import type { Appeal } from './appeal-state';

export interface Viewer {
  readonly subject: SubjectId;
  /** May triage, note hearings and close: permission `appeal.triage`. */
  readonly triages: boolean;
  /** May name a panel that can't be drawn: permission `appeal.name-panel`. */
  readonly namesPanels: boolean;
}

const DECIDED: ReadonlySet<AppealStage> = new Set(['decided', 'declined-final', 'withdrawn', 'closed']);

/** What this person may do with the appeal as it stands, by the same rules as the decider refuses by; absent: not theirs to do. */
export function possibleActs(state: Appeal, viewer: Viewer): readonly PossibleAct[] {
  if (viewer.subject === state.subject) return ofAppellant(state);
  return [
    ...ofOwner(state, viewer),
    ...ofMember(state, viewer),
    ...(viewer.triages ? ofTriager(state, viewer) : []),
    ...ofNamer(state, viewer),
  ];
}

function act(name: AppealActName, blocked: string | null = null): PossibleAct {
  return { act: name, blocked };
}

function ofAppellant({ stage }: Appeal): readonly PossibleAct[] {
  return [
    ...(stage === 'more-asked' ? [act('give-more')] : []),
    ...(stage === 'offered' ? [act('accept-offer'), act('refuse-offer')] : []),
    ...(stage === 'declined' ? [act('escalate')] : []),
    ...(DECIDED.has(stage) ? [] : [act('withdraw')]),
  ];
}

function ofOwner({ stage, factOwner }: Appeal, { subject }: Viewer): readonly PossibleAct[] {
  return stage === 'fact-owner' && factOwner === subject ? [act('correct-facts'), act('stand-by-facts')] : [];
}

function ofMember({ stage, panel, votes, heard }: Appeal, { subject }: Viewer): readonly PossibleAct[] {
  if (stage !== 'hearing' || !panel.some((member) => member.subject === subject)) return [];
  if (votes.some(({ member }) => member === subject)) return [act('vote', 'appeal.voted-already')];
  return [act('vote', heard ? null : 'appeal.not-heard-yet'), act('refuse-seat')];
}

function ofTriager({ stage, escalated, triagedBy, moreAsked }: Appeal, { subject }: Viewer): readonly PossibleAct[] {
  switch (stage) {
    case 'triage':
    case 'escalated': {
      const again = escalated && triagedBy.includes(subject) ? 'appeal.triaged-by-you-before' : null;
      return [
        act('accept', again),
        act('ask-for-more', moreAsked >= APPEAL_LIMITS.moreRounds ? 'appeal.asked-too-often' : null),
        act('decline', again),
      ];
    }
    case 'hearing':
      return [act('note-hearing'), act('replace-member')];
    case 'decided':
    case 'declined-final':
      return [act('close')];
    default:
      return [];
  }
}

function ofNamer({ stage }: Appeal, { namesPanels }: Viewer): readonly PossibleAct[] {
  return namesPanels && stage === 'panel-not-seatable' ? [act('name-panel')] : [];
}
