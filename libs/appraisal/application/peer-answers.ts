import { periodKind } from '#libs/calendar';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { ratingLines, type SchemeDocument, type SchemeSource } from '#libs/scheme';
import type { RecordPeerAnswers } from '../contracts';
import type { Appraisal } from '../domain/appraisal.state';
import { answerOf, pooled } from '../domain/pooled-answers.policy';
import { SchemeNotUsable } from './scoring.service';

export interface PeerAnswersParts {
  readonly schemes: SchemeSource;
  readonly texts: Pick<PersonalTexts, 'open'>;
}

/** Of fewer colleagues each would know what the others said, whatever a scheme states (templates.md 12). */
const FEWEST_TOGETHER = 3;

/** How many colleagues the scheme counts: at least, or their answers are neither shown nor used, and at most. */
export function boundsOf({ raters }: Pick<SchemeDocument, 'raters'>): { readonly least: number; readonly most: number | undefined } {
  const group = raters?.groups.find(({ by }) => by === 'peers');
  return {
    least: Math.max(Number(group?.least ?? '0'), FEWEST_TOGETHER),
    most: group?.most === undefined ? undefined : Number(group.most),
  };
}

/**
 * Opens what the peers of one person answered and pools it, for the one moment in which it is readable. Undefined when there
 * is nothing to record. Thrown: SchemeNotUsable; PrivacyError `keys-unavailable`.
 */
export async function peerAnswersOf({ schemes, texts }: PeerAnswersParts, appraisal: Appraisal): Promise<RecordPeerAnswers | undefined> {
  const { peerRound, scheme, period, employee, steps } = appraisal;
  const isOpen = steps.some(({ group, state }) => group === 'peers' && state === 'open');
  if (!peerRound || !isOpen || peerRound.answered.length === 0) return undefined;
  const compiled = await schemes.scheme(scheme.schemeId, scheme.version);
  if (!compiled) throw new SchemeNotUsable(scheme);
  const { least } = boundsOf(compiled.document);
  const raters = peerRound.answered.length;
  // Too few to be told together: nobody opens them.
  if (raters < least) return { type: 'RecordPeerAnswers', data: { answers: {}, raters, least } };
  const lines = ratingLines(compiled, periodKind(period), 'peers', employee).map(({ key }) => key);
  const opened = await texts.open(peerRound.answered.flatMap(({ answers }) => answers ?? []));
  const readable = opened.flatMap((text) => (text.kind === 'text' ? [answerOf(lines, text.text)] : []));
  return { type: 'RecordPeerAnswers', data: { answers: readable.length < least ? {} : pooled(readable), raters, least } };
}
