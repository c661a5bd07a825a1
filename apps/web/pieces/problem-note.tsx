import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problem';
import { useFieldErrorWords, useProblemWords } from './problem-words';

/** What went wrong in words, what to do, and the code under which support finds it. */
export function ProblemNote({ problem, onRetry }: { readonly problem: Problem; readonly onRetry?: () => void }): ReactElement {
  const { t } = useTranslation('common');
  const words = useProblemWords()(problem);
  const ofField = useFieldErrorWords();
  const { t: problems } = useTranslation('problems');
  return (
    <div className="note bad" role="alert">
      <strong>{words.what}</strong>
      <p>{words.todo}</p>
      {problem.errors && problem.errors.length > 0 && (
        <ul>
          {problem.errors.slice(0, 20).map(({ path, code, message }) => (
            <li key={`${path} ${message}`}>
              {ofField(code)} <code className="soft">{path === '' ? problems('field.whole') : path}</code>
              {code !== 'invalid' && code !== 'unknown-field' && <span className="soft"> {message}</span>}
            </li>
          ))}
        </ul>
      )}
      <p className="soft">
        {t('problem.code')}: <code>{problem.code}</code>
        {problem.instance !== undefined && (
          <>
            {' · '}
            {t('problem.instance')}: <code>{problem.instance}</code>
          </>
        )}
      </p>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </div>
  );
}
