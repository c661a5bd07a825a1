import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import type { Todo } from '../../api/todo';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatPeriod } from '../../pieces/format';
import { Page } from '../../pieces/page';
import { CustomersTask } from './task-customers';
import { NominateTask } from './task-nominate';
import { ObjectionTask } from './task-objection';
import { PeerTask } from './task-peer';
import './team.css';

const route = getRouteApi('/frame/team/tasks/$appraisalId');
const MOST = 200;
/** Kinds that are done here; others have pages of their own. */
const KINDS = ['answer-objection', 'nominate-peers', 'peer-review', 'customer-answers'] as const;
type Kind = (typeof KINDS)[number];

/** What somebody has to do on one appraisal beside scoring and reviewing it. */
export function TasksPage(): ReactElement {
  const { appraisalId } = route.useParams();
  const { task } = route.useSearch();
  const { t } = useTranslation('team');
  const todo = useQuery({
    queryKey: ['todo', MOST],
    queryFn: () => bodyOf(api.GET('/api/v1/me/todo', { params: { query: { limit: MOST } } })),
  });
  const named = KINDS.find((kind) => kind === task);
  return (
    <Answer query={todo}>
      {({ items }) => {
        const mine = items.filter((one) => one.appraisalId === appraisalId);
        // What was just done is no longer owed: the page that was asked for stays and says so.
        const kinds = named ? [named] : KINDS.filter((kind) => mine.some((one) => one.kind === kind));
        if (kinds.length === 0)
          return (
            <Page title={t('tasks.title')}>
              <Empty title={t('tasks.nothing')} text={t('tasks.nothingText')} next={<Link to="/">{t('tasks.home')}</Link>} />
            </Page>
          );
        return (
          <>
            {kinds.map((kind) => (
              <Task key={kind} kind={kind} appraisalId={appraisalId} todo={mine.find((one) => one.kind === kind)} />
            ))}
          </>
        );
      }}
    </Answer>
  );
}

const TASKS: Readonly<Record<Kind, (props: { readonly appraisalId: string; readonly name: string | null }) => ReactElement>> = {
  'answer-objection': ObjectionTask,
  'nominate-peers': NominateTask,
  'peer-review': PeerTask,
  'customer-answers': CustomersTask,
};

function Task({
  kind,
  appraisalId,
  todo,
}: {
  readonly kind: Kind;
  readonly appraisalId: string;
  readonly todo: Todo | undefined;
}): ReactElement {
  const { t } = useTranslation('team');
  const Body = TASKS[kind];
  const name = todo?.name ?? null;
  const meta = todo && (
    <span className="row">
      {t('tasks.about', { name: name ?? t('erased'), period: formatPeriod(todo.period) })}
      {todo.dueAt !== null && <Deadline at={todo.dueAt} />}
    </span>
  );
  return (
    <Page title={t(`tasks.kind.${kind}`)} meta={meta}>
      <Body appraisalId={appraisalId} name={name} />
    </Page>
  );
}
