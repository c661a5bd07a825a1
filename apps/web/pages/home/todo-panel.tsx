import { useQuery } from '@tanstack/react-query';
import { Go } from '../../pieces/go';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { acknowledgeQuery, caseTodoQuery, todoQuery } from '../../api/todo';
import { pathOfTodo } from '../../api/todo-path';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { Skeleton } from '../../pieces/skeleton';
import { AppealLine } from './appeal-todo';
import { BatchLine, SchemeLine } from './case-todo';
import { entriesOf, type Entry, type TodoGroup } from './todo-groups';

/** What waits for this person, whatever it is about, as one list by deadline. */
export function TodoPanel(): ReactElement {
  const { t } = useTranslation('home');
  const todos = useQuery(todoQuery);
  const cases = useQuery(caseTodoQuery);
  const schemes = useQuery(acknowledgeQuery);
  const queries = [todos, cases, schemes];
  // What comes later would push what one is about to press: shown once each has answered, or failed to.
  const isLoading = queries.some(({ data, failureCount }) => data === undefined && failureCount === 0);
  const isKnown = queries.every(({ data }) => data !== undefined);
  const entries = entriesOf({
    todos: todos.data?.items ?? [],
    cases: cases.data?.items ?? [],
    schemes: schemes.data?.items.length ?? 0,
  });
  const hasMore = todos.data?.next !== undefined || cases.data?.next !== undefined;
  return (
    <Panel title={t('todo.title')} id="todo">
      {isLoading ? (
        <Skeleton />
      ) : (
        <>
          <Answer query={todos}>{() => null}</Answer>
          <Answer query={cases} lines={1}>
            {() => null}
          </Answer>
          <Answer query={schemes} lines={1}>
            {() => null}
          </Answer>
          {entries.length > 0 && (
            <ul className="cards">
              {entries.map((entry) => (
                <li key={keyOf(entry)}>
                  <EntryLine entry={entry} />
                </li>
              ))}
            </ul>
          )}
          {isKnown && entries.length === 0 && !hasMore && <Empty title={t('todo.empty')} text={t('todo.emptyText')} />}
          {hasMore && <p className="soft">{t('todo.more')}</p>}
        </>
      )}
    </Panel>
  );
}

function keyOf(entry: Entry): string {
  switch (entry.what) {
    case 'group':
      return `${entry.group.first.kind} ${entry.group.first.cycleId} ${entry.group.first.appraisalId}`;
    case 'appeal':
      return `${entry.todo.kind} ${entry.todo.appealId}`;
    case 'scheme':
      return `${entry.todo.act} ${entry.todo.version.schemeId} ${entry.todo.version.version}`;
    case 'batch':
      return `${entry.todo.act} ${entry.todo.batch.batchId}`;
    case 'acknowledge':
      return entry.what;
  }
}

function EntryLine({ entry }: { readonly entry: Entry }): ReactElement {
  switch (entry.what) {
    case 'group':
      return <GroupLine group={entry.group} />;
    case 'appeal':
      return <AppealLine todo={entry.todo} />;
    case 'scheme':
      return <SchemeLine todo={entry.todo} />;
    case 'batch':
      return <BatchLine todo={entry.todo} />;
    case 'acknowledge':
      return <Acknowledge count={entry.schemes} />;
  }
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
function Acknowledge({ count }: { readonly count: number }): ReactElement {
  const { t } = useTranslation('home');
  return (
    <>
      <Go to="/schemes">
        <strong>{t('todo.acknowledge')}</strong>
      </Go>
      <div className="soft">
        {t('todo.acknowledgeCount', { count })} · {t('todo.noDeadline')}
      </div>
    </>
  );
}
