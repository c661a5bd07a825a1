import { type Decider, Rejection } from '#kernel';
import type { AcknowledgeScheme } from '../../contracts/commands';
import type { SchemeAcknowledgementEvent } from '../../contracts/events';

/** Its stream's id: `<schemeId>.<version>.<subject>`, so that each person acknowledges a version once. */
export function acknowledgementId({ schemeId, version, subject }: AcknowledgeScheme['data']): string {
  return `${schemeId}.${version}.${subject}`;
}

/** Whom a version concerns is known from the cycles that use it: asked before, by who runs this. */
export const schemeAcknowledgementDecider: Decider<AcknowledgeScheme, { readonly done: boolean }, SchemeAcknowledgementEvent> = {
  category: 'schemeacknowledgement',
  initial: { done: false },
  decide({ data }, { done }, { now, actor }) {
    if (actor !== data.subject) throw new Rejection('scheme.not-the-person');
    return done ? [] : [{ type: 'SchemeAcknowledged', data: { ...data, acknowledgedAt: now } }];
  },
  evolve: () => ({ done: true }),
  isTerminal: ({ done }) => done,
};
