import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ProblemError } from '../../api/problem';
import { hasRole, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { useDraft } from '../../pieces/draft';
import { Empty } from '../../pieces/empty';
import { formatDay, formatEnd, formatInstant, formatList } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { Comment, placesIn, placeTitle, type PlaceOption } from './comment';
import { Invite } from './invite';
import type { BoardVersion, Discussion } from './queries';

interface DiscussionProps {
  readonly version: BoardVersion;
  readonly yaml: string;
}

/** What those invited say about a version before it is approved. */
export function DiscussionOf({ version, yaml }: DiscussionProps): ReactElement {
  const { t } = useTranslation('schemes');
  const { schemeId, version: number, status } = version;
  const isHr = hasRole(useMe(), 'hr');
  const mayInvite = isHr && (status === 'draft' || status === 'in-discussion' || status === 'discussed');
  const query = useQuery({
    queryKey: ['schemes', 'discussion', schemeId, number],
    queryFn: () =>
      bodyOf(api.GET('/api/v1/schemes/{schemeId}/versions/{version}/discussion', { params: { path: { schemeId, version: number } } })),
    retry: false,
  });
  const isNone = query.error instanceof ProblemError && query.error.code === 'scheme.discussion-not-found';
  if (isNone)
    return (
      <>
        <Empty title={t('discussion.none')} text={t(mayInvite ? 'discussion.noneHr' : 'discussion.noneText')} />
        {mayInvite && <Invite schemeId={schemeId} version={number} />}
      </>
    );
  return (
    <Answer query={query}>
      {(discussion) => (
        <div className="stack">
          <State discussion={discussion} />
          <Invited discussion={discussion} />
          {mayInvite && (
            <details>
              <summary>{t(status === 'discussed' ? 'discussion.again' : 'discussion.more')}</summary>
              <Invite schemeId={schemeId} version={number} already={discussion.invited.map(({ subject }) => subject)} />
            </details>
          )}
          <Comments discussion={discussion} yaml={yaml} />
          {isHr && status === 'in-discussion' && <Close discussion={discussion} version={version} />}
        </div>
      )}
    </Answer>
  );
}

function State({ discussion }: { readonly discussion: Discussion }): ReactElement {
  const { t } = useTranslation('schemes');
  const { until, openedAt, closedAt, summary, silent } = discussion;
  return (
    <>
      <p className="row">
        <Mark kind={closedAt === null ? 'run' : 'good'}>{t(closedAt === null ? 'discussion.open' : 'discussion.closed')}</Mark>
        <span className="soft">{t('discussion.openedAt', { at: formatInstant(openedAt) })}</span>
        {until !== null && closedAt === null && <span className="soft">{t('discussion.until', { day: formatDay(until) })}</span>}
        {closedAt !== null && <span className="soft">{t('discussion.closedAt', { at: formatEnd(closedAt) })}</span>}
      </p>
      {summary !== null && (
        <div className="note good">
          <strong>{t('discussion.summary')}</strong>
          <p>{summary}</p>
        </div>
      )}
      {closedAt !== null && silent.length > 0 && (
        <p className="note warn">{t('discussion.silent', { sides: formatList(silent.map((side) => sideWord(side, t))) })}</p>
      )}
    </>
  );
}

type T = ReturnType<typeof useTranslation<'schemes'>>['t'];

function sideWord(side: string, t: T): string {
  return side === 'hr' || side === 'sales' || side === 'finance' || side === 'rep' ? t(`side.${side}`) : side;
}

function Invited({ discussion }: { readonly discussion: Discussion }): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const { t: own } = useTranslation('schemes');
  return (
    <section>
      <h2>{t('discussion.invited', { count: discussion.invited.length })}</h2>
      <ul className="cards">
        {discussion.invited.map(({ subject, name, sides, commented }) => (
          <li key={subject} className="row">
            <strong>{name ?? t('common:erased')}</strong>
            <span className="soft">
              {sides.length === 0 ? t('discussion.noSide') : sides.map((side) => sideWord(side, own)).join(' · ')}
            </span>
            <Mark kind={commented ? 'good' : 'plain'}>{t(commented ? 'discussion.commented' : 'discussion.notYet')}</Mark>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Comments({ discussion, yaml }: { readonly discussion: Discussion; readonly yaml: string }): ReactElement {
  const { t } = useTranslation('schemes');
  const me = useMe();
  const places = placesIn(yaml);
  const mayComment = discussion.status === 'in-discussion' && discussion.invited.some(({ subject }) => subject === me.subject);
  return (
    <section>
      <h2>{t('comment.title', { count: discussion.comments.length })}</h2>
      {discussion.comments.length === 0 && <p className="soft">{t('comment.none')}</p>}
      <ul className="comments">
        {discussion.comments.map((comment) => (
          <Comment
            key={comment.commentId}
            comment={comment}
            place={placeTitle(places, comment.about)}
            discussion={discussion}
            isOwn={mayComment && comment.by === me.subject}
          />
        ))}
      </ul>
      {mayComment && <Write discussion={discussion} places={places} />}
      {!mayComment && discussion.status === 'in-discussion' && <p className="soft">{t('comment.notInvited')}</p>}
    </section>
  );
}

const NOTHING = { text: '', about: '' } as const;

function Write({ discussion, places }: { readonly discussion: Discussion; readonly places: readonly PlaceOption[] }): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const me = useMe();
  const id = useId();
  const path = { schemeId: discussion.schemeId, version: discussion.version };
  const { draft, set, drop } = useDraft<{ readonly text: string; readonly about: string }>(
    `comment.${me.subject}.${path.schemeId}.${path.version}`,
    NOTHING,
  );
  const command = useCommand({
    send: ({ text, about }: { readonly text: string; readonly about: string }, headers) =>
      bodyOf(
        api.POST('/api/v1/schemes/{schemeId}/versions/{version}/comments', {
          params: { path, header: headers },
          body: { text, ...(about === '' ? {} : { about }) },
        }),
      ),
    touches: [['schemes', 'discussion'], ['todo']],
    onDone: () => {
      drop();
      say(t('comment.done'));
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        command.mutate(draft);
      }}
    >
      <div className="field">
        <label htmlFor={`${id}about`}>{t('comment.about')}</label>
        <select
          id={`${id}about`}
          className="plain-select"
          value={draft.about}
          onChange={(event) => set({ ...draft, about: event.target.value })}
        >
          <option value="">{t('comment.whole')}</option>
          {places.map(({ place, title }) => (
            <option key={place} value={place}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}text`}>{t('comment.text')}</label>
        <textarea
          id={`${id}text`}
          className="plain-input"
          rows={3}
          maxLength={4000}
          value={draft.text}
          onChange={(event) => set({ ...draft, text: event.target.value })}
        />
      </div>
      <div>
        <Button htmlType="submit" type="primary" disabled={draft.text.trim() === ''} loading={command.isPending}>
          {t('comment.send')}
        </Button>
      </div>
      {command.error && <ProblemNote problem={command.error.problem} />}
    </form>
  );
}

function Close({ discussion, version }: { readonly discussion: Discussion; readonly version: BoardVersion }): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const id = useId();
  const [summary, setSummary] = useState('');
  const command = useCommand({
    send: (body: { readonly summary: string }, headers) =>
      bodyOf(
        api.POST('/api/v1/schemes/{schemeId}/versions/{version}/discussion/close', {
          params: { path: { schemeId: version.schemeId, version: version.version }, header: headers },
          body,
        }),
      ),
    touches: [['schemes'], ['todo']],
    onDone: () => say(t('discussion.closeDone')),
  });
  const standing = discussion.comments.filter(({ text, by }) => text !== null && by !== version.draftedBy);
  return (
    <div className="row">
      <Confirm
        act={t('discussion.close')}
        primary
        blocked={standing.length === 0 ? t('discussion.nobodyYet') : undefined}
        ready={summary.trim() !== ''}
        problem={command.error}
        onConfirm={() => command.mutateAsync({ summary })}
        what={
          <>
            <p>{t('discussion.closeWhat', { comments: discussion.comments.length, count: discussion.invited.length })}</p>
            <div className="field">
              <label htmlFor={id}>{t('discussion.summary')}</label>
              <textarea
                id={id}
                className="plain-input"
                rows={4}
                maxLength={4000}
                value={summary}
                onChange={(event) => setSummary(event.target.value)}
              />
            </div>
          </>
        }
      />
    </div>
  );
}
