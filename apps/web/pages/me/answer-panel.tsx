import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommandHeaders, ifMatch } from '../../api/intent';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ProblemError } from '../../api/problem';
import { Confirm } from '../../pieces/confirm';
import { Deadline } from '../../pieces/deadline';
import { formatInstant } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { type Act, type Detail, type Process, TOUCHED, wordsQuery } from './queries';

const REASON_MOST = 4_000;
const RESPONSES: Readonly<Record<Detail['response'], MarkKind>> = { none: 'run', confirmed: 'good', objected: 'warn', answered: 'plain' };

/** Confirm, object, appeal: each with the time left, and why it can't be done where it can't. */
export function AnswerPanel({ detail, process }: { readonly detail: Detail; readonly process: Process }): ReactElement {
  const { t } = useTranslation('me');
  const actOf = (kind: Act['act']): Act | undefined => process.acts.find(({ act }) => act === kind);
  const [confirm, object, appeal] = [actOf('confirm'), actOf('object'), actOf('appeal')];
  return (
    <Panel title={t('answer.title')} extra={<Mark kind={RESPONSES[detail.response]}>{t(`response.${detail.response}`)}</Mark>} id="answer">
      <ul className="acts">
        {confirm && (
          <li>
            <ActTime act={confirm} late={t('answer.lateConfirm')} />
            <ConfirmResult detail={detail} act={confirm} />
          </li>
        )}
        {object && (
          <li>
            <ActTime act={object} late="" />
            <Object detail={detail} act={object} />
          </li>
        )}
        {appeal && (
          <li>
            <ActTime act={appeal} late={t('answer.lateAppeal')} />
            <Appeal detail={detail} act={appeal} process={process} />
          </li>
        )}
      </ul>
      <Objection detail={detail} />
    </Panel>
  );
}

function ActTime({ act, late }: { readonly act: Act; readonly late: string }): ReactElement {
  const { t } = useTranslation('me');
  const name = t(`answer.${act.act === 'self-review' ? 'confirm' : act.act}`);
  return (
    <div className="act-time">
      <strong>{name}</strong>
      {act.blocked === null && act.until !== null && <Deadline at={act.until} />}
      {act.late && late !== '' && <span className="soft">{late}</span>}
    </div>
  );
}

function useAct(detail: Detail, done: string) {
  const say = useToast();
  return useCommand({
    send: (body: { kind: 'confirm' } | { kind: 'object'; input: { reason: string } }, headers: CommandHeaders) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/acts', {
          params: { path: { appraisalId: detail.appraisalId }, header: { ...headers, ...ifMatch(detail.version) } },
          body,
        }),
      ),
    touches: [...TOUCHED],
    onDone: () => say(done),
  });
}

function useBlocked(act: Act): string | undefined {
  const { t } = useTranslation('me');
  return act.blocked === null ? undefined : t(`answer.blocked.${act.blocked}`);
}

function ConfirmResult({ detail, act }: { readonly detail: Detail; readonly act: Act }): ReactElement {
  const { t } = useTranslation('me');
  const command = useAct(detail, t('answer.confirmed'));
  const blocked = useBlocked(act);
  return (
    <Confirm
      act={t('answer.confirm')}
      what={<p>{t('answer.confirmWhat')}</p>}
      primary
      blocked={blocked}
      problem={command.error}
      onConfirm={() => command.mutateAsync({ kind: 'confirm' })}
    />
  );
}

function Object({ detail, act }: { readonly detail: Detail; readonly act: Act }): ReactElement {
  const { t } = useTranslation('me');
  const [reason, setReason] = useState('');
  const id = useId();
  const command = useAct(detail, t('answer.objected'));
  const blocked = useBlocked(act);
  const what: ReactNode = (
    <>
      <p>{t('answer.objectWhat')}</p>
      <div className="field">
        <label htmlFor={id}>
          {t('answer.reason')} <span className="soft">({t('answer.reasonHint')})</span>
        </label>
        <LongText id={id} rows={4} most={REASON_MOST} value={reason} onChange={setReason} />
      </div>
    </>
  );
  return (
    <Confirm
      act={t('answer.object')}
      what={what}
      blocked={blocked}
      ready={reason.trim() !== ''}
      problem={command.error}
      onConfirm={() => command.mutateAsync({ kind: 'object', input: { reason: reason.trim() } })}
    />
  );
}

function Appeal({ detail, act, process }: { readonly detail: Detail; readonly act: Act; readonly process: Process }): ReactElement {
  const { t } = useTranslation('me');
  const filed = process.appeals.find(({ stage }) => stage !== 'withdrawn');
  const blocked = useBlocked(act);
  if (filed)
    return (
      <Link to="/me/appeals/$appealId" params={{ appealId: filed.appealId }}>
        {t('answer.appealStage')}
      </Link>
    );
  if (blocked !== undefined)
    return (
      <>
        <Button disabled title={blocked}>
          {t('answer.appeal')}
        </Button>
        <span className="soft">{blocked}</span>
      </>
    );
  return (
    <>
      <Link to="/me/appeals/new" search={{ appraisal: detail.appraisalId }}>
        {t('answer.appeal')}
      </Link>
      <span className="soft">{t('answer.appealWhat')}</span>
    </>
  );
}

/** What was objected, and what the manager answered or has to answer by. */
function Objection({ detail }: { readonly detail: Detail }): ReactElement | null {
  const { t } = useTranslation('me');
  const { t: common } = useTranslation('common');
  const hasObjected = detail.response === 'objected' || detail.response === 'answered';
  const { data, error } = useQuery({ ...wordsQuery(detail.appraisalId), enabled: hasObjected });
  if (!hasObjected) return null;
  if (error instanceof ProblemError) return <ProblemNote problem={error.problem} />;
  const objection = data?.objection;
  if (!objection) return null;
  const { answer } = objection;
  return (
    <div className="stack">
      <figure className="said">
        <figcaption className="soft">
          {t('answer.myObjection')} · {formatInstant(objection.at)}
        </figcaption>
        <blockquote>{objection.reason ?? common('erased')}</blockquote>
      </figure>
      {answer ? (
        <figure className="said">
          <figcaption className="soft">
            {t('answer.answered', { name: answer.by.name ?? common('erased') })} · {formatInstant(answer.at)}
          </figcaption>
          <blockquote>{answer.text ?? common('erased')}</blockquote>
        </figure>
      ) : (
        detail.answerUntil !== null && (
          <p>
            {t('answer.waiting')} <Deadline at={detail.answerUntil} />
          </p>
        )
      )}
    </div>
  );
}
