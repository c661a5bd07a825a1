import type { SubjectId } from '#kernel';
import { periodKind } from '#libs/calendar';
import type { FactsReader } from '#libs/facts/contracts';
import { type EvaluationInput, factsRead, type TrialInputs, type TrialPerson } from '#libs/scheme';
import type { AppraisalReader } from '../contracts';
import { employeeOf } from '../domain/employee.policy';
import { RankingGroup } from '../domain/ranking.policy';
import { evaluationInput } from '../domain/score-input.policy';
import { gatherFacts } from './gather-facts';
import { gatherHistory } from './gather-history';

export interface TrialParts {
  readonly facts: FactsReader;
  readonly appraisals: Pick<AppraisalReader, 'publishedScores'>;
}

/** What people would be scored on under a scheme that never ran: gathered as scoring gathers it, recorded nowhere. */
export function createTrialInputs(parts: TrialParts): TrialInputs {
  return {
    async inputs({ compiled, historyOf, period, people, asOf }) {
      const asked = people.map(({ subject, place }) => ({ subject, unit: unitOf(place) }));
      const subjects = people.map(({ subject }) => subject);
      const facts = await gatherFacts(parts.facts, { reads: factsRead(compiled, periodKind(period)), period, people: asked, asOf });
      const history = await gatherHistory(parts, { compiled, schemeId: historyOf, period, subjects, asOf });
      const inputs = people.map(({ subject, place, ratings, parts: served }): readonly [SubjectId, EvaluationInput] => {
        const employee = employeeOf(compiled.document, place);
        const earlier = history?.get(subject);
        const input = {
          scheme: { schemeId: compiled.id, version: 1 },
          facts: [...(facts.get(subject) ?? [])],
          ratings,
          asOf,
          ...(earlier ? { history: earlier } : {}),
          ...(employee ? { employee: { ...employee } } : {}),
          ...(served ? { parts: served.map((part) => ({ ...part })) } : {}),
        };
        return [subject, evaluationInput(period, input)];
      });
      return new Map(inputs);
    },
    placed: (values) => new RankingGroup([...values].map(([value, count]) => ({ value, people: count }))),
  };
}

function unitOf({ department, team, region, site }: TrialPerson['place']) {
  return {
    department,
    ...(team === null ? {} : { team }),
    ...(region === null ? {} : { region }),
    ...(site === null ? {} : { site }),
  };
}
