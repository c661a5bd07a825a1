import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppealTodo } from '../../api/todo';
import { Deadline } from '../../pieces/deadline';
import { formatPeriod } from '../../pieces/format';
import { Go } from '../../pieces/go';
import { Mark } from '../../pieces/mark';

/** One thing that waits for this person in appeals. */
export function AppealLine({ todo: { kind, appealId, name, period, dueAt, overdue } }: { readonly todo: AppealTodo }): ReactElement {
  const { t } = useTranslation('home');
  const isOwn = kind === 'give-more' || kind === 'answer-offer';
  const what = t(`todo.appeal.${kind}`);
  return (
    <>
      <div className="row">
        <Go to={isOwn ? `/me/appeals/${appealId}` : `/appeals/${appealId}`}>
          <strong>{isOwn || name === null ? what : t('todo.of', { kind: what, name })}</strong>
        </Go>
        {overdue && <Mark kind="bad">{t('todo.late')}</Mark>}
      </div>
      <div className="soft">
        {formatPeriod(period)} · {dueAt === null ? t('todo.noDeadline') : <Deadline at={dueAt} />}
      </div>
    </>
  );
}
