import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../pieces/format';
import { type PlannedPhase, type Step, stepsOf } from './derive';

const REASONS = ['holiday', 'already-over', 'after-earlier-phase', 'window-shared', 'shortened-days'] as const;

interface DerivationProps {
  readonly phase: PlannedPhase;
  /** All that are planned: a phase waits for others. */
  readonly phases: readonly PlannedPhase[];
}

/** How a window came to be, in words: what the scheme asks for, what moved it and why, what it became. */
export function Derivation({ phase, phases }: DerivationProps): ReactElement {
  const { t } = useTranslation('cycles');
  const steps = stepsOf(phase, phases);
  return <>{steps.map((step) => wordsOf(step, t)).join(t('derivation.between'))}</>;
}

type T = ReturnType<typeof useTranslation<'cycles'>>['t'];

function wordsOf(step: Step, t: T): string {
  switch (step.kind) {
    case 'asked':
      return step.first === step.last ? t('derivation.askedDay', { day: formatDay(step.first) }) : t('derivation.asked', daysOf(step));
    case 'counted':
      return step.after === undefined
        ? t('derivation.countedStart', { count: step.days })
        : t('derivation.counted', { count: step.days, after: t(`phase.${step.after}`) });
    case 'reason':
      return reasonOf(step.code, t);
    case 'shares':
      return t('derivation.shares', { phase: t(`phase.${step.phase}`) });
    case 'follows':
      return t('derivation.follows', { phase: t(`phase.${step.phase}`) });
    case 'with-publication':
      return t('derivation.withPublication');
    case 'becomes':
      return step.first === step.last ? t('derivation.becomesDay', { day: formatDay(step.first) }) : t('derivation.becomes', daysOf(step));
    case 'as-is':
      return t('derivation.asIs');
  }
}

function daysOf({ first, last }: { readonly first: string; readonly last: string }): { readonly first: string; readonly last: string } {
  return { first: formatDay(first), last: formatDay(last) };
}

function reasonOf(reason: string, t: T): string {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? reason : t(`reasons.${known}`);
}
