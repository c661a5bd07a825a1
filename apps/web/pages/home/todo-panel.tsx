import { useQuery } from '@tanstack/react-query';
import { Go } from '../../pieces/go';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { acknowledgeQuery, appealTodoQuery, type Todo, todoQuery } from '../../api/todo';
import { pathOfTodo } from '../../api/todo-path';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { AppealTodos } from './appeal-todos';

/** Ten people to score are one thing to do: todos of one kind, cycle and deadline stand together. */
interface TodoGroup {
  readonly first: Todo;
  readonly count: number;
  readonly overdue: boolean;
}

export function TodoPanel(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery(todoQuery);
  const appeals = useQuery(appealTodoQuery).data?.items.length ?? 0;
  const schemes = useQuery(acknowledgeQuery).data?.items.length ?? 0;
  return (
    <Panel title={t('todo.title')} id="todo">
      <AppealTodos />
      <ToAcknowledge />
      <Answer query={query}>
        {({ items }) =>
          items.length === 0 ? (
            appeals + schemes === 0 && <Empty title={t('todo.empty')} text={t('todo.emptyText')} />
          ) : (
            <ul className="cards">
              {groupsOf(items).map((group) => (
                <li key={`${group.first.kind} ${group.first.cycleId} ${group.first.appraisalId}`}>
                  <GroupLine group={group} />
                </li>
              ))}
            </ul>
          )
        }
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

function groupsOf(todos: readonly Todo[]): readonly TodoGroup[] {
  const groups = new Map<string, TodoGroup>();
  for (const todo of todos) {
    const key = `${todo.kind} ${todo.cycleId} ${todo.dueAt ?? ''}`;
    const group = groups.get(key);
    groups.set(key, { first: group?.first ?? todo, count: (group?.count ?? 0) + 1, overdue: todo.overdue || group?.overdue === true });
  }
  return [...groups.values()];
}

/** A scheme that concerns this person is acknowledged by them, once a version. */
function ToAcknowledge(): ReactElement | null {
  const { t } = useTranslation('home');
  const { data } = useQuery(acknowledgeQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <p>
      <Go to="/schemes">
        <strong>{t('todo.acknowledge')}</strong>
      </Go>{' '}
      <span className="soft">{t('todo.acknowledgeCount', { count: data.items.length })}</span>
    </p>
  );
}
