import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../pieces/problem-note';
import type { Outcome } from './each';

/** Of several acts those that were refused, each with its reason; the others are done. */
export function ProblemsOf({
  failed,
  nameOf,
  onOpen,
}: {
  readonly failed: readonly Outcome[];
  readonly nameOf: (key: string) => string;
  readonly onOpen: (key: string) => void;
}): ReactElement | null {
  const { t } = useTranslation('team');
  if (failed.length === 0) return null;
  return (
    <div role="alert">
      <h3>{t('submit.failed', { count: failed.length })}</h3>
      <ul className="cards">
        {failed.map(({ key, problem }) => (
          <li key={key}>
            <Button type="link" size="small" onClick={() => onOpen(key)}>
              {nameOf(key)}
            </Button>
            {problem && <ProblemNote problem={problem.problem} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
