import type { AppealEvent } from '#libs/appeal/contracts';
import { defineReactor, dispatch } from '#libs/projections';
import { appraisalDecider } from '../domain/appraisal.decider';
import type { Scoring } from './scoring.service';

type Decided = Extract<AppealEvent, { readonly type: 'AppealDecided' }>;

/**
 * A decision names ratings and facts, never a score: the score follows here, from what was published with only the
 * contested lines replaced. A dismissal changes nothing; a step to be done again is scored by its substitute.
 */
export function createAppealAmendmentReactor({ scoring }: { readonly scoring: Scoring }) {
  return defineReactor<Decided>({
    name: 'appeal-amendment',
    version: 1,
    on: {
      AppealDecided: async ({ data, position }, { load }) => {
        const { appealId, appraisalId, amendments } = data;
        if (amendments.length === 0) return [];
        const { state } = await load(appraisalDecider, appraisalId);
        if (state.status === 'none' || !state.score || state.amendments.includes(appealId)) return [];
        const { result, basis } = await scoring.amend({ period: state.period, basis: state.score.basis, amendments, position });
        return [
          dispatch(appraisalDecider, appraisalId, {
            type: 'AmendAppraisal',
            data: { cause: { kind: 'appeal', id: appealId }, result, basis },
          }),
        ];
      },
    },
  });
}
