import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewProblem } from './preview';

const CODES = [
  'unknown-scheme',
  'scheme-not-in-force',
  'unsupported-period',
  'no-schedule',
  'step-without-phase',
  'no-publication',
  'unknown-zone',
  'nobody-in-scope',
] as const;
const STEPS = ['self-review', 'manager-review', 'second-review'] as const;

/** What keeps the cycle from starting, each with what to do. */
export function PreviewProblems({ errors }: { readonly errors: readonly PreviewProblem[] }): ReactElement | null {
  const { t } = useTranslation('cycles');
  if (errors.length === 0) return null;
  return (
    <div className="note bad" role="alert">
      <strong>{t('start.errorsTitle')}</strong>
      {errors.map(({ code, detail }) => {
        const known = CODES.find((one) => one === code);
        const step = STEPS.find((one) => one === detail);
        const values = { detail: step === undefined ? (detail ?? code) : t(`phase.${step}`) };
        return (
          <p key={`${code} ${detail ?? ''}`}>
            {t(`error.${known ?? 'other'}.what`, values)} {t(`error.${known ?? 'other'}.todo`)} <code className="soft">{code}</code>
          </p>
        );
      })}
    </div>
  );
}
