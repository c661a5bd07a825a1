import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { acknowledgeQuery } from '../../api/todo';
import { hasRole, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatDay, formatInstant } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { type BoardVersion, boardQuery, templatesQuery } from './queries';
import { StatusMark } from './status';
import { inLanguage } from './words';
import './schemes.css';

/** The company's schemes; what is to be read, and what is to be looked at again. */
export function SchemesPage(): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const me = useMe();
  const mayDraft = hasRole(me, 'hr');
  return (
    <Page
      title={t('common:nav.schemes')}
      meta={t('list.what')}
      actions={
        mayDraft && (
          <Link to="/schemes/new" className="action-link">
            {t('list.blank')}
          </Link>
        )
      }
    >
      <ToAcknowledge />
      {hasRole(me, 'hr', 'general-manager', 'auditor') && <ReviewsDue />}
      <Versions mayDraft={mayDraft} />
      {mayDraft && <Templates />}
    </Page>
  );
}

function Versions({ mayDraft }: { readonly mayDraft: boolean }): ReactElement {
  const { t } = useTranslation('schemes');
  const board = useQuery(boardQuery());
  const columns: readonly Column<BoardVersion>[] = [
    {
      key: 'title',
      title: t('list.scheme'),
      primary: true,
      render: ({ schemeId, version, title }) => (
        <Link to="/schemes/$schemeId" params={{ schemeId }} search={{ version: String(version) }}>
          {inLanguage(title)}
        </Link>
      ),
    },
    { key: 'version', title: t('list.version'), number: true, render: ({ version }) => version },
    { key: 'status', title: t('list.status'), render: ({ status }) => <StatusMark status={status} /> },
    {
      key: 'drafted',
      title: t('list.drafted'),
      render: (row) => `${row.draftedByName ?? t('list.byProduct')} · ${formatInstant(row.draftedAt)}`,
    },
    { key: 'inForce', title: t('list.inForce'), render: ({ inForceAt }) => (inForceAt === null ? null : formatInstant(inForceAt)) },
    { key: 'review', title: t('list.reviewOn'), render: ({ reviewOn }) => (reviewOn === null ? null : formatDay(reviewOn)) },
  ];
  return (
    <Panel title={t('list.title')}>
      <Answer query={board}>
        {(versions) => (
          <DataTable
            label={t('list.title')}
            rows={[...versions].sort(byNewest)}
            rowKey={({ schemeId, version }) => `${schemeId}/${version}`}
            columns={columns}
            empty={
              <Empty
                title={t('list.none')}
                text={t('list.noneText')}
                {...(mayDraft ? { next: <a href="#templates">{t('list.noneNext')}</a> } : {})}
              />
            }
          />
        )}
      </Answer>
    </Panel>
  );
}

/** Of one scheme the newest first. */
function byNewest(one: BoardVersion, other: BoardVersion): number {
  return one.schemeId === other.schemeId ? other.version - one.version : one.schemeId.localeCompare(other.schemeId);
}

function ToAcknowledge(): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const query = useQuery(acknowledgeQuery);
  const board = useQuery({ ...boardQuery(), enabled: query.data !== undefined && query.data.items.length > 0 });
  const command = useCommand({
    send: (path: { readonly schemeId: string; readonly version: number }, headers) =>
      bodyOf(api.POST('/api/v1/schemes/{schemeId}/versions/{version}/acknowledge', { params: { path, header: headers } })),
    touches: [['schemes'], ['todo']],
    onDone: () => say(t('acknowledge.done')),
  });
  const titleOf = (schemeId: string, version: number): string => {
    const found = board.data?.find((one) => one.schemeId === schemeId && one.version === version);
    return found ? inLanguage(found.title) : schemeId;
  };
  if (query.data?.items.length === 0) return <></>;
  return (
    <Panel title={t('acknowledge.title')}>
      <Answer query={query} lines={1}>
        {({ items }) => (
          <>
            <p className="soft">{t('acknowledge.what')}</p>
            <ul className="cards">
              {items.map(({ schemeId, version, concernedSince }) => (
                <li key={`${schemeId}/${version}`} className="row">
                  <Link to="/schemes/$schemeId" params={{ schemeId }} search={{ version: String(version) }}>
                    {t('acknowledge.version', { title: titleOf(schemeId, version), version })}
                  </Link>
                  <span className="soft">{t('acknowledge.since', { since: formatInstant(concernedSince) })}</span>
                  <Button
                    type="primary"
                    loading={command.isPending && command.variables.schemeId === schemeId}
                    onClick={() => command.mutate({ schemeId, version })}
                    aria-label={t('acknowledge.actOf', { title: titleOf(schemeId, version) })}
                  >
                    {t('acknowledge.act')}
                  </Button>
                </li>
              ))}
            </ul>
            {command.error && <ProblemNote problem={command.error.problem} />}
          </>
        )}
      </Answer>
    </Panel>
  );
}

function ReviewsDue(): ReactElement {
  const { t } = useTranslation('schemes');
  const query = useQuery({ queryKey: ['schemes', 'reviews-due'], queryFn: () => bodyOf(api.GET('/api/v1/schemes/reviews-due')) });
  if (query.data?.items.length === 0) return <></>;
  return (
    <Panel title={t('due.title')}>
      <Answer query={query} lines={1}>
        {({ items }) => (
          <ul className="cards">
            {items.map(({ schemeId, version, title, reviewOn }) => (
              <li key={`${schemeId}/${version}`} className="row">
                <Link to="/schemes/$schemeId" params={{ schemeId }} search={{ version: String(version), tab: 'review' }}>
                  {t('acknowledge.version', { title: inLanguage(title), version })}
                </Link>
                {reviewOn !== null && <span className="late">{t('due.since', { day: formatDay(reviewOn) })}</span>}
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  );
}

function Templates(): ReactElement {
  const { t } = useTranslation('schemes');
  const query = useQuery(templatesQuery);
  return (
    <Panel title={t('templates.title')} id="templates">
      <p className="soft">{t('templates.what')}</p>
      <Answer query={query}>
        {(items) => (
          <ul className="template-list">
            {items.map(({ id, title }) => (
              <li key={id}>
                <strong title={id}>{inLanguage(title)}</strong>
                <Link to="/schemes/new" search={{ template: id }} aria-label={t('templates.startOf', { title: inLanguage(title) })}>
                  {t('templates.start')}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Panel>
  );
}
