import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../address';

/**
 * What can be explained, as it stands in the address (`?explain=`):
 * - `score~<appraisalId>` the whole; `score~<appraisalId>~<node key>` one value of its tree (a score, line, grade, place, `line.<key>` of pay)
 * - `published~…` the same for the result as it was published
 * - `deadline~<cycleId>~<phase>` how a deadline was derived
 * - `plan~<planId>` why a plan has its status
 */
export type ExplainAddress = string;

export function explainScore(appraisalId: string, key?: string): ExplainAddress {
  return key === undefined ? `score~${appraisalId}` : `score~${appraisalId}~${key}`;
}

export function explainDeadline(cycleId: string, phase: string): ExplainAddress {
  return `deadline~${cycleId}~${phase}`;
}

export function explainPlan(planId: string): ExplainAddress {
  return `plan~${planId}`;
}

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
      onClick={() => change({ explain: of })}
    >
      {children}
    </button>
  );
}
