import { createContext, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../address';

/**
 * What can be explained, as it stands in the address (`?explain=`):
 * - `score~<appraisalId>` the whole; `score~<appraisalId>~<node key>` one value of its tree (a score, line, grade, place, `line.<key>` of pay)
 * - `published~…` the same for the result as it was published
 * - `deadline~<cycleId>~<phase>` how a deadline was derived
 * - `plan~<planId>` why a plan has its status
 * - `place~<cycleId>~<measure>~<scope>~<unit>` the viewer's own place on that board; `completion~<appraisalId>` the completion ranked there
 * The tab that is shown of it stands beside it as `explainTab`.
 */
export type ExplainAddress = string;

/** Which board a place is on. */
export interface PlaceAddress {
  readonly cycleId: string;
  readonly measure: 'score' | 'completion';
  readonly scope: 'company' | 'region' | 'team';
  readonly unit?: string | undefined;
}

export function explainScore(appraisalId: string, key?: string): ExplainAddress {
  return key === undefined ? `score~${appraisalId}` : `score~${appraisalId}~${key}`;
}

export function explainDeadline(cycleId: string, phase: string): ExplainAddress {
  return `deadline~${cycleId}~${phase}`;
}

export function explainPlace({ cycleId, measure, scope, unit }: PlaceAddress): ExplainAddress {
  return ['place', cycleId, measure, scope, ...(unit === undefined ? [] : [unit])].join('~');
}

export function explainCompletion(appraisalId: string): ExplainAddress {
  return `completion~${appraisalId}`;
}

export function explainPlan(planId: string): ExplainAddress {
  return `plan~${planId}`;
}

/** Whether something stands within a value that opens its explanation: a control inside of a control can't be pressed. */
export const InsideExplained = createContext(false);

/** A value that opens its explanation: wrap every score, amount, place, grade, deadline and status in it. */
export function Explained({
  of,
  children,
  what,
}: {
  readonly of: ExplainAddress;
  readonly children: ReactNode;
  readonly what?: string;
}): ReactElement {
  const { t } = useTranslation('common');
  const change = useChangeAddress();
  return (
    <button
      type="button"
      className="explained"
      title={t('explain')}
      {...(what === undefined ? {} : { 'aria-label': what })}
      onClick={() => change({ explain: of, explainTab: undefined })}
    >
      <InsideExplained value>{children}</InsideExplained>
    </button>
  );
}
