import { useQuery } from '@tanstack/react-query';
import { Go } from '../../pieces/go';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { acknowledgeQuery, appealTodoQuery, todoQuery } from '../../api/todo';
import { pathOfTodo } from '../../api/todo-path';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { AppealTodos } from './appeal-todos';
import { groupsOf, type TodoGroup } from './todo-groups';

/** What waits for this person: appeals, schemes to acknowledge, and the rest by deadline. */
export function TodoPanel(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery(todoQuery);
  const appeals = useQuery(appealTodoQuery);
  const schemes = useQuery(acknowledgeQuery);
  // Nothing to do is said once all three have said so.
  const isRestEmpty = appeals.data?.items.length === 0 && schemes.data?.items.length === 0;
  return (
    <Panel title={t('todo.title')} id="todo">
      <AppealTodos />
      <ToAcknowledge />
      <Answer query={query}>
        {({ items, next }) => {
          const groups = groupsOf(items);
          if (groups.length === 0 && next === undefined) return isRestEmpty && <Empty title={t('todo.empty')} text={t('todo.emptyText')} />;
          return (
            <>
              <ul className="cards">
                {groups.map((group) => (
                  <li key={`${group.first.kind} ${group.first.cycleId} ${group.first.appraisalId}`}>
                    <GroupLine group={group} />
                  </li>
                ))}
              </ul>
              {next !== undefined && <p className="soft">{t('todo.more')}</p>}
            </>
          );
        }}
      </Answer>
    </Panel>
  );
}

function GroupLine({ group: { first, count, overdue } }: { readonly group: TodoGroup }): ReactElement {
  const { t } = useTranslation('home');
  const kind = t(`todo.kind.${first.kind}`);
  const isAboutOthers = first.kind !== 'self-review' && first.kind !== 'confirm';
  const whom = count > 1 ? t('todo.people', { count }) : isAboutOthers ? first.name : null;
  return (
    <>
      <div className="row">
        <Go to={pathOfTodo(first)}>
          <strong>{whom === null ? kind : t('todo.of', { kind, name: whom })}</strong>
        </Go>
        {overdue && <Mark kind="bad">{t('todo.late')}</Mark>}
      </div>
      <div className="soft">
        {formatPeriod(first.period)} · {first.dueAt === null ? t('todo.noDeadline') : <Deadline at={first.dueAt} />}
      </div>
    </>
  );
}

/** A scheme that concerns this person is acknowledged by them, once a version. */
function ToAcknowledge(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery(acknowledgeQuery);
  return (
    <Answer query={query} lines={1}>
      {({ items }) =>
        items.length > 0 && (
          <p>
            <Go to="/schemes">
              <strong>{t('todo.acknowledge')}</strong>
            </Go>{' '}
            <span className="soft">{t('todo.acknowledgeCount', { count: items.length })}</span>
          </p>
        )
      }
    </Answer>
  );
}
