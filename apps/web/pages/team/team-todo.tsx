import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import type { Todo } from '../../api/todo';
import { pathOfTodo } from '../../api/todo-path';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { explainPlan, Explained } from '../../pieces/explain/explained';
import { Go } from '../../pieces/go';
import { Panel } from '../../pieces/page';
import { PlanMark } from './member-marks';

type Member = components['schemas']['TeamMember'];
const MOST = 200;
const NAMED = 12;
const NEEDS_COACHING = new Set(['at-risk', 'behind']);

/** What a manager owes their people, by kind: ratings, answers, coaching. */
export function TeamTodo({ members }: { readonly members: readonly Member[] }): ReactElement {
  const todo = useQuery({
    queryKey: ['todo', MOST],
    queryFn: () => bodyOf(api.GET('/api/v1/me/todo', { params: { query: { limit: MOST } } })),
  });
  return <Answer query={todo}>{({ items }) => <Owed items={items} members={members} />}</Answer>;
}

function Owed({ items, members }: { readonly items: readonly Todo[]; readonly members: readonly Member[] }): ReactElement {
  const { t } = useTranslation('team');
  const of = (...kinds: readonly Todo['kind'][]): readonly Todo[] => items.filter(({ kind }) => kinds.includes(kind));
  const coach = members.filter(({ plan }) => plan !== null && NEEDS_COACHING.has(plan.status));
  return (
    <div className="grid">
      <ByCycle title={t('todo.score')} todos={of('manager-review', 'department-review')} act={t('todo.go')} />
      {of('second-review').length > 0 && <ByCycle title={t('todo.review')} todos={of('second-review')} act={t('todo.goReview')} />}
      <Kind title={t('todo.talk')} count={of('answer-objection').length}>
        {of('answer-objection').map((one) => (
          <li key={one.appraisalId}>
            <Go to={pathOfTodo(one)}>{one.name ?? t('erased')}</Go> {one.dueAt !== null && <Deadline at={one.dueAt} />}
          </li>
        ))}
      </Kind>
      <Kind title={t('todo.coach')} count={coach.length}>
        {coach.map(({ subject, name, plan }) => (
          <li key={subject} className="row">
            {plan && (
              <>
                <Go to={`/coaching/${plan.planId}`}>{name ?? t('erased')}</Go>
                <Explained of={explainPlan(plan.planId)}>
                  <PlanMark status={plan.status} />
                </Explained>
                <span className="soft">{t('todo.plan', { day: plan.day })}</span>
              </>
            )}
          </li>
        ))}
      </Kind>
      {of('nominate-peers', 'peer-review', 'customer-answers').length > 0 && (
        <Kind title={t('todo.other')} count={of('nominate-peers', 'peer-review', 'customer-answers').length}>
          {of('nominate-peers', 'peer-review', 'customer-answers').map((one) => (
            <li key={`${one.appraisalId} ${one.kind}`}>
              <Go to={pathOfTodo(one)}>{one.name ?? t('erased')}</Go> {one.dueAt !== null && <Deadline at={one.dueAt} />}
            </li>
          ))}
        </Kind>
      )}
    </div>
  );
}

/** One line a cycle: how many are waiting, until when, and where it is done. */
function ByCycle({ title, todos, act }: { readonly title: string; readonly todos: readonly Todo[]; readonly act: string }): ReactElement {
  const { t } = useTranslation('team');
  const begun = todos.filter((todo) => todo.begun);
  const cycles = [...new Map(begun.map((todo) => [todo.cycleId, todo])).values()];
  const later = todos.length - begun.length;
  return (
    <Kind title={title} count={begun.length}>
      {cycles.map((todo) => (
        <li key={todo.cycleId} className="stack">
          <span>
            {todo.cycleName} {todo.dueAt !== null && <Deadline at={todo.dueAt} />}
          </span>
          <Names todos={begun.filter(({ cycleId }) => cycleId === todo.cycleId)} />
          <span className="act">
            <Go to={pathOfTodo(todo)}>{`${act} (${begun.filter(({ cycleId }) => cycleId === todo.cycleId).length})`}</Go>
          </span>
        </li>
      ))}
      {later > 0 && <li className="soft">{t('todo.later', { count: later })}</li>}
    </Kind>
  );
}

/** Each name leads to where that person is rated. */
function Names({ todos }: { readonly todos: readonly Todo[] }): ReactElement {
  const { t } = useTranslation('team');
  return (
    <span className="row names">
      {todos.slice(0, NAMED).map((todo) => (
        <Go key={pathOfTodo(todo)} to={pathOfTodo(todo)}>
          {todo.name ?? t('erased')}
        </Go>
      ))}
      {todos.length > NAMED && <span className="soft">{t('todo.more', { count: todos.length - NAMED })}</span>}
    </span>
  );
}

function Kind({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }): ReactElement {
  const { t } = useTranslation('team');
  return (
    <Panel title={title} extra={<strong className="number">{count}</strong>}>
      <ul className="cards">{children}</ul>
      {count === 0 && <span className="soft">{t('todo.none')}</span>}
    </Panel>
  );
}
