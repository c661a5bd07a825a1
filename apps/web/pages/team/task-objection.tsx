import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { ifMatch } from '../../api/intent';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { useDraft } from '../../pieces/draft';
import { explainScore, Explained } from '../../pieces/explain/explained';
import { Figures } from '../../pieces/figures';
import { formatAmount, formatInstant } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { Panel } from '../../pieces/page';
import { useToast } from '../../pieces/toast';

const MOST = 4_000;

/** What somebody objected to their result, and the manager's answer. */
export function ObjectionTask({ appraisalId }: { readonly appraisalId: string }): ReactElement {
  const { t } = useTranslation('team');
  const path = { appraisalId };
  const words = useQuery({
    queryKey: ['appraisals', appraisalId, 'words'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/words', { params: { path } })),
  });
  const appraisal = useQuery({
    queryKey: ['appraisals', appraisalId],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}', { params: { path } })),
  });
  const figures = useQuery({
    queryKey: ['appraisals', appraisalId, 'figures'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/figures', { params: { path } })),
  });
  return (
    <Answer query={words}>
      {({ objection }) =>
        objection === null ? (
          <div className="note">{t('objection.none')}</div>
        ) : (
          <>
            <Panel
              title={t('objection.reason')}
              extra={<span className="soft">{t('objection.filed', { when: formatInstant(objection.at) })}</span>}
            >
              <blockquote className="said">{objection.reason ?? t('erased')}</blockquote>
              {appraisal.data && appraisal.data.score !== null && (
                <p>
                  {t('column.score')}{' '}
                  <Explained of={explainScore(appraisalId)} what={t('objection.result')}>
                    {formatAmount(appraisal.data.score)}
                    {appraisal.data.grade !== null && ` · ${appraisal.data.grade}`}
                  </Explained>
                </p>
              )}
            </Panel>
            <Panel title={t('score.facts')}>
              <Answer query={figures}>{({ items }) => <Figures figures={items} label={t('score.facts')} />}</Answer>
            </Panel>
            <Panel title={t('objection.answer')}>
              {objection.answer ? (
                <>
                  <p className="soft">
                    {t('objection.answered', { name: objection.answer.by.name ?? t('erased') })} · {formatInstant(objection.answer.at)}
                  </p>
                  <blockquote className="said">{objection.answer.text ?? t('erased')}</blockquote>
                </>
              ) : (
                <Reply appraisalId={appraisalId} version={appraisal.data?.version} name={appraisal.data?.name} />
              )}
            </Panel>
          </>
        )
      }
    </Answer>
  );
}

function Reply({
  appraisalId,
  version,
  name,
}: {
  readonly appraisalId: string;
  readonly version: number | undefined;
  readonly name: string | null | undefined;
}): ReactElement {
  const { t } = useTranslation('team');
  const id = useId();
  const say = useToast();
  const me = useMe();
  const { draft, set, drop } = useDraft(`objection.${me.subject}.${appraisalId}`, '');
  const command = useCommand({
    send: (answer: string, headers) =>
      bodyOf(
        api.POST('/api/v1/appraisals/{appraisalId}/acts', {
          params: { path: { appraisalId }, header: { ...headers, ...(version === undefined ? {} : ifMatch(version)) } },
          body: { kind: 'answer-objection', input: { answer } },
        }),
      ),
    touches: [['appraisals', appraisalId], ['todo'], ['team']],
    onDone: () => {
      drop();
      say(t('objection.sent'));
    },
  });
  const answer = draft.trim();
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>{t('objection.answerHint')}</label>
        <LongText id={id} rows={4} required most={MOST} value={draft} onChange={set} />
      </div>
      <div className="row">
        <Confirm
          act={t('objection.send')}
          what={
            <>
              <p>{t('objection.sendWhat', { name: name ?? t('erased') })}</p>
              <blockquote className="said">{answer}</blockquote>
            </>
          }
          primary
          blocked={answer === '' ? t('objection.empty') : undefined}
          ready={version !== undefined}
          problem={command.error}
          onConfirm={() => command.mutateAsync(answer)}
        />
      </div>
    </div>
  );
}
