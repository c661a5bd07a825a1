import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ifMatch } from '../../api/intent';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import type { ProblemError } from '../../api/problem';
import { formatInstant } from '../../pieces/format';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { AnswerOffer, Escalate, GiveMore, Withdraw } from './acts-appellant';
import { Close, NoteHearing, ReplaceMember, Triage } from './acts-hr';
import { FactAnswer } from './acts-owner';
import { NamePanel, RefuseSeat, VoteForm } from './acts-panel';
import type { ActBody, ActName, AppealFile } from './appeal';
import { StageMark } from './stage';

export interface ActProps {
  readonly file: AppealFile;
  /** True when it is done, false when somebody else was faster; rejects with the ProblemError that `problem` then holds. */
  readonly act: (body: ActBody) => Promise<boolean>;
  readonly isBusy: boolean;
  readonly problem: ProblemError | null;
  /** Undefined: not theirs to do. Null: possible now. A text: why not now. */
  readonly blockedOf: (act: ActName) => string | null | undefined;
}

/** What the viewer may do now; when somebody else was faster, what stands there now beside what was written. */
export function CaseActs({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const { i18n } = useTranslation('problems');
  const say = useToast();
  const queries = useQueryClient();
  const [mine, setMine] = useState<ActBody | undefined>(undefined);
  const command = useCommand({
    send: ({ body, version }: { readonly body: ActBody; readonly version: number }, headers) =>
      bodyOf(
        api.POST('/api/v1/appeals/{appealId}/acts', {
          params: {
            path: { appealId: file.appealId },
            header: isIndependent(body) ? headers : { ...headers, ...ifMatch(version) },
          },
          body,
        }),
      ),
    touches: [['appeals'], ['appraisals'], ['todo']],
    onDone: (_, { body }) => {
      setMine(undefined);
      say(t(`done.${body.act}`));
    },
  });
  const act = async (body: ActBody): Promise<boolean> => {
    setMine(undefined);
    try {
      await command.mutateAsync({ body, version: file.version });
      return true;
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      setMine(body);
      await queries.invalidateQueries({ queryKey: ['appeals'] });
      return false;
    }
  };
  const blockedOf: ActProps['blockedOf'] = (name) => {
    const found = file.acts.find((one) => one.act === name);
    if (!found) return undefined;
    if (found.blocked === null) return null;
    const words: unknown = i18n.getResource(i18n.language, 'problems', 'code', { keySeparator: false });
    const known: unknown =
      typeof words === 'object' && words !== null ? Object.entries(words).find(([code]) => code === found.blocked)?.[1] : undefined;
    return typeof known === 'string' ? known : found.blocked;
  };
  const problem = command.error && !isOvertaken(command.error) ? command.error : null;
  const props: ActProps = { file, act, isBusy: command.isPending, problem, blockedOf };
  return (
    <>
      {mine && (
        <Overtaken file={file} mine={mine} onUseNow={() => setMine(undefined)} onKeepMine={() => void act(mine).catch(() => undefined)} />
      )}
      {problem && SAID_HERE.has(command.variables?.body.act) && <ProblemNote problem={problem.problem} />}
      <GiveMore {...props} />
      <AnswerOffer {...props} />
      <Escalate {...props} />
      <FactAnswer {...props} />
      <VoteForm {...props} />
      <RefuseSeat {...props} />
      <Triage {...props} />
      <NoteHearing {...props} />
      <ReplaceMember {...props} />
      <NamePanel {...props} />
      <Close {...props} />
      <Withdraw {...props} />
    </>
  );
}

/** Acts without a question before them; the others say in the question what went wrong. */
const SAID_HERE: ReadonlySet<ActBody['act'] | undefined> = new Set(['ask-for-more', 'give-more', 'note-hearing']);
const OVERTAKEN: ReadonlySet<string> = new Set(['appeal.not-at-this-stage', 'appeal.decided-already']);

/** Members act each for themselves: what another does meanwhile changes nothing for them, and is not theirs to know. */
function isIndependent({ act }: ActBody): boolean {
  return act === 'vote' || act === 'leave-panel';
}

/** Somebody else acted first: the file has moved on from what this page showed. */
function isOvertaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'isConflict' in error &&
    'code' in error &&
    (error.isConflict === true || (typeof error.code === 'string' && OVERTAKEN.has(error.code)))
  );
}

interface OvertakenProps {
  readonly file: AppealFile;
  readonly mine: ActBody;
  readonly onUseNow: () => void;
  readonly onKeepMine: () => void;
}

function Overtaken({ file, mine, onUseNow, onKeepMine }: OvertakenProps): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const last = file.moments.at(-1);
  const stillPossible = file.acts.some(({ act, blocked }) => act === actNameOf(mine) && blocked === null);
  return (
    <div className="note warn" role="alert">
      <strong>{c('conflict.title')}</strong>
      <p>{stillPossible ? c('conflict.text') : t('conflict.over')}</p>
      <div className="grid" style={{ margin: '8px 0' }}>
        <div>
          <h3>{c('conflict.now')}</h3>
          <StageMark stage={file.stage} verdict={file.decision?.verdict ?? null} />
          {last && (
            <p>
              {last.by?.name ?? t('bySystem')} · {formatInstant(last.at)}
              {last.text !== null && <span className="said">{last.text}</span>}
            </p>
          )}
        </div>
        <div>
          <h3>{c('conflict.yours')}</h3>
          <p>
            {t(`act.${mine.act}`)}
            {wordsOf(mine).map((text) => (
              <span key={text} className="said">
                {text}
              </span>
            ))}
          </p>
        </div>
      </div>
      <div className="row">
        <Button onClick={onUseNow}>{c('conflict.useNow')}</Button>
        {stillPossible && (
          <Button type="primary" onClick={onKeepMine}>
            {c('conflict.keepMine')}
          </Button>
        )}
      </div>
    </div>
  );
}

function actNameOf(body: ActBody): ActName {
  if (body.act !== 'leave-panel') return body.act;
  return body.cause === 'refused' ? 'refuse-seat' : 'replace-member';
}

/** What was written in it: nothing of it is lost. */
function wordsOf(body: ActBody): readonly string[] {
  return ['question', 'answer', 'reason', 'notes', 'note', 'lateReason'].flatMap((key) => {
    const text: unknown = Object.entries(body).find(([name]) => name === key)?.[1];
    return typeof text === 'string' ? [text] : [];
  });
}
