import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Confirm } from '../../pieces/confirm';
import { formatInstant } from '../../pieces/format';
import { ProblemNote } from '../../pieces/problem-note';
import { nameOf } from './book';
import type { Discussion } from './queries';
import { isList, isMembers, plainAt, readYaml } from './yaml/read';

export interface PlaceOption {
  readonly place: string;
  readonly title: string;
}

/** Places that a comment may be about: sections, pay lines, grades … by their keys. */
export function placesIn(yaml: string): readonly PlaceOption[] {
  const { plain } = readYaml(yaml);
  return ['sections', 'pay', 'outcome', 'actions', 'modifiers'].flatMap((member) => {
    const list = plainAt(plain, [member]);
    return (isList(list) ? list : []).flatMap((entry) => {
      const key = isMembers(entry) ? entry['key'] : undefined;
      return typeof key === 'string' ? [{ place: `${member}.${key}`, title: nameOf(entry) }] : [];
    });
  });
}

/** What a place is called; the place itself where it has no title. */
export function placeTitle(places: readonly PlaceOption[], about: string | null): string | undefined {
  if (about === null) return undefined;
  return places.find(({ place }) => place === about)?.title ?? about;
}

interface CommentProps {
  readonly comment: Discussion['comments'][number];
  readonly place: string | undefined;
  readonly discussion: Discussion;
  /** Its author may edit and withdraw it while the discussion is open. */
  readonly isOwn: boolean;
}

export function Comment({ comment, place, discussion, isOwn }: CommentProps): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const [isEditing, setEditing] = useState(false);
  const { name, text, commentedAt, editedAt } = comment;
  return (
    <li>
      <div className="row">
        <strong>{name ?? t('common:erased')}</strong>
        <span className="soft">
          {formatInstant(commentedAt)}
          {editedAt !== null && ` · ${t('comment.edited', { at: formatInstant(editedAt) })}`}
          {place !== undefined && ` · ${t('comment.on', { place })}`}
        </span>
      </div>
      {text === null ? (
        <p className="soft">{t('comment.withdrawn')}</p>
      ) : isEditing ? (
        <EditComment comment={comment} discussion={discussion} onDone={() => setEditing(false)} />
      ) : (
        <p>{text}</p>
      )}
      {isOwn && text !== null && !isEditing && (
        <div className="row">
          <Button onClick={() => setEditing(true)}>{t('comment.edit')}</Button>
          <Withdraw comment={comment} discussion={discussion} />
        </div>
      )}
    </li>
  );
}

interface OneComment {
  readonly comment: Discussion['comments'][number];
  readonly discussion: Discussion;
}

function pathOf({ comment, discussion }: OneComment): { schemeId: string; version: number; commentId: string } {
  return { schemeId: discussion.schemeId, version: discussion.version, commentId: comment.commentId };
}

function EditComment({ onDone, ...one }: OneComment & { readonly onDone: () => void }): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const id = useId();
  const [text, setText] = useState(one.comment.text ?? '');
  const command = useCommand({
    send: (body: { readonly text: string }, headers) =>
      bodyOf(
        api.POST('/api/v1/schemes/{schemeId}/versions/{version}/comments/{commentId}/edit', {
          params: { path: pathOf(one), header: headers },
          body,
        }),
      ),
    touches: [['schemes', 'discussion'], ['todo']],
    onDone,
  });
  return (
    <div className="field">
      <label htmlFor={id}>{t('comment.text')}</label>
      <textarea id={id} className="plain-input" rows={3} maxLength={4000} value={text} onChange={(event) => setText(event.target.value)} />
      <div className="row">
        <Button type="primary" disabled={text.trim() === ''} loading={command.isPending} onClick={() => command.mutate({ text })}>
          {t('common:save')}
        </Button>
        <Button onClick={onDone}>{t('common:cancel')}</Button>
      </div>
      {command.error && <ProblemNote problem={command.error.problem} />}
    </div>
  );
}

function Withdraw(one: OneComment): ReactElement {
  const { t } = useTranslation('schemes');
  const command = useCommand({
    send: (path: ReturnType<typeof pathOf>, headers) =>
      bodyOf(
        api.POST('/api/v1/schemes/{schemeId}/versions/{version}/comments/{commentId}/withdraw', { params: { path, header: headers } }),
      ),
    touches: [['schemes', 'discussion'], ['todo']],
  });
  return (
    <Confirm
      act={t('comment.withdraw')}
      what={<p>{t('comment.withdrawWhat')}</p>}
      problem={command.error}
      onConfirm={() => command.mutateAsync(pathOf(one))}
    />
  );
}
