import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDay } from '../../../pieces/format';
import type { Preview } from '../queries';

type PhasePlan = Preview['phases'][number];
const REASONS = ['holiday', 'already-over', 'after-earlier-phase', 'window-shared', 'shortened-days'] as const;

/** How a window came to be, in words: what the scheme asks for, what moved it and why, what it became. */
export function Derivation({ phase: { derivation } }: { readonly phase: Pick<PhasePlan, 'derivation'> }): ReactElement | null {
  const { t } = useTranslation('cycles');
  if (!derivation) return null;
  const { first, last, shiftedFirst, shiftedLast, workingDays, after, reasons = [] } = derivation;
  const isMoved = first !== undefined && (first !== shiftedFirst || last !== shiftedLast);
  const words = [
    ...(first !== undefined && last !== undefined
      ? [first === last ? t('derivation.askedDay', { day: formatDay(first) }) : t('derivation.asked', days(first, last))]
      : []),
    ...(workingDays === undefined
      ? []
      : [
          after === undefined
            ? t('derivation.countedStart', { count: workingDays })
            : t('derivation.counted', { count: workingDays, after: t(`phase.${after}`) }),
        ]),
    ...reasons.map((reason) => wordsOf(reason, t)),
    ...(isMoved && shiftedFirst !== undefined && shiftedLast !== undefined
      ? [t('derivation.becomes', days(shiftedFirst, shiftedLast))]
      : []),
    ...(reasons.length === 0 && first !== undefined && !isMoved ? [t('derivation.asIs')] : []),
  ];
  return <>{words.join(t('derivation.between'))}</>;
}

function days(first: string, last: string): { readonly first: string; readonly last: string } {
  return { first: formatDay(first), last: formatDay(last) };
}

function wordsOf(reason: string, t: ReturnType<typeof useTranslation<'cycles'>>['t']): string {
  const known = REASONS.find((one) => one === reason);
  return known === undefined ? reason : t(`reasons.${known}`);
}
