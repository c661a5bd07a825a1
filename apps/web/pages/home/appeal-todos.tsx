import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { appealTodoQuery } from '../../api/todo';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { formatPeriod } from '../../pieces/format';
import { Go } from '../../pieces/go';
import { Mark } from '../../pieces/mark';

type AppealTodo = paths['/api/v1/me/todo/appeals']['get']['responses']['200']['content']['application/json']['items'][number];

/** What waits for this person in appeals. */
export function AppealTodos(): ReactElement {
  const query = useQuery(appealTodoQuery);
  return (
    <Answer query={query} lines={1}>
      {({ items }) =>
        items.length > 0 && (
          <ul className="cards">
            {items.map((todo) => (
              <li key={`${todo.kind} ${todo.appealId}`}>
                <Line todo={todo} />
              </li>
            ))}
          </ul>
        )
      }
    </Answer>
  );
}

function Line({ todo: { kind, appealId, name, period, dueAt, overdue } }: { readonly todo: AppealTodo }): ReactElement {
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
