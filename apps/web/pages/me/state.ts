import type { useTranslation } from 'react-i18next';
import type { MarkKind } from '../../pieces/mark';
import type { Appraisal } from './queries';

type Say = ReturnType<typeof useTranslation<'me'>>['t'];

/** Where an appraisal stands, in words with a shape. */
export function stateWords(
  { status, currentStep, response }: Pick<Appraisal, 'status' | 'currentStep' | 'response'>,
  t: Say,
): { readonly kind: MarkKind; readonly words: string } {
  switch (status) {
    case 'open':
      return { kind: currentStep === 'self-review' ? 'warn' : 'run', words: t(`waits.${currentStep ?? 'none'}`) };
    case 'scored':
      return { kind: 'run', words: t('status.scored') };
    case 'published':
      return { kind: response === 'none' ? 'warn' : 'good', words: `${t('status.published')} · ${t(`response.${response}`)}` };
    case 'final':
      return { kind: 'good', words: t('status.final') };
    case 'cancelled':
      return { kind: 'bad', words: t('status.cancelled') };
  }
}
