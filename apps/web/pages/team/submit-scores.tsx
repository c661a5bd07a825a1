import { Button, Modal, Progress } from 'antd';
import { type ReactElement, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import type { CommandHeaders } from '../../api/intent';
import { language } from '../../texts';
import { RatingShown } from '../../pieces/rating-field';
import { toSend } from '../../pieces/rating';
import { useToast } from '../../pieces/toast';
import { type Outcome, useEach } from './each';
import { nameOf } from './people-list';
import { ProblemsOf } from './problems-of';
import { type Draft, fillingOf, keyOf, missingLines, type Sheet } from './sheets';

export interface SubmitScoresProps {
  readonly sheets: readonly Sheet[];
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly onSent: (keys: readonly string[]) => void;
  /** Somebody wants to submit: what is missing is said from now on. */
  readonly onMissing: () => void;
  readonly onOpen: (key: string) => void;
}

interface Ready {
  readonly sheet: Sheet;
  readonly draft: Draft;
}

/** Everything that is filled in goes at once, after a summary: who, what, and who is still missing. */
export function SubmitScores({ sheets, drafts, onSent, onMissing, onOpen }: SubmitScoresProps): ReactElement {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation('common');
  const say = useToast();
  const [isOpen, setOpen] = useState(false);
  const [failed, setFailed] = useState<readonly Outcome[]>([]);
  const send = useCallback(({ sheet, draft }: Ready, header: CommandHeaders) => submitScore(sheet, draft, header), []);
  const { run, progress } = useEach(send, [['sheets'], ['todo'], ['team'], ['appraisals']]);
  const ready = sheets.flatMap((sheet): Ready[] => {
    const draft = drafts[keyOf(sheet)];
    return draft && fillingOf(sheet, draft) === 'ready' ? [{ sheet, draft }] : [];
  });
  const missing = sheets.filter((sheet) => sheet.waits === null && !ready.some((one) => one.sheet === sheet));
  const submit = async (): Promise<void> => {
    const outcomes = await run(ready.map(({ sheet, draft }) => ({ key: keyOf(sheet), input: { sheet, draft }, version: draft.version })));
    const done = outcomes.filter(({ problem }) => problem === undefined).map(({ key }) => key);
    onSent(done);
    const left = outcomes.filter(({ problem }) => problem !== undefined);
    setFailed(left);
    if (done.length > 0) say(t('submit.done', { count: done.length }));
    if (left.length === 0) setOpen(false);
  };
  const open = (): void => {
    setFailed([]);
    onMissing();
    setOpen(true);
  };
  const nobody = ready.length === 0;
  return (
    <div className="row">
      <Button type="primary" disabled={nobody} title={nobody ? t('submit.nobody') : undefined} onClick={open}>
        {t('submit.all', { count: ready.length })}
      </Button>
      {nobody && <span className="soft">{t('submit.nobody')}</span>}
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        title={t('submit.title')}
        width={640}
        okText={t('submit.all', { count: ready.length })}
        cancelText={common('cancel')}
        okButtonProps={{ disabled: nobody, loading: progress !== undefined }}
        onOk={() => void submit()}
        destroyOnHidden
      >
        <p>{t('submit.text')}</p>
        {progress && <Progress percent={Math.round((100 * progress.done) / progress.total)} aria-label={t('submit.progress')} />}
        <ProblemsOf failed={failed} nameOf={(key) => named(sheets, key, t)} onOpen={(key) => close(setOpen, () => onOpen(key))} />
        <Summary ready={ready} />
        {missing.length > 0 && (
          <>
            <h3>{t('submit.missing', { count: missing.length })}</h3>
            <ul>
              {missing.map((sheet) => (
                <li key={keyOf(sheet)}>
                  <Button type="link" size="small" onClick={() => close(setOpen, () => onOpen(keyOf(sheet)))}>
                    {nameOf(sheet, t)}
                  </Button>
                  <span className="soft">
                    {missingLines(sheet, drafts[keyOf(sheet)])
                      .map(({ title }) => title[language()])
                      .join(' · ')}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Modal>
    </div>
  );
}

function Summary({ ready }: { readonly ready: readonly Ready[] }): ReactElement {
  const { t } = useTranslation('team');
  return (
    <>
      <h3>{t('submit.who', { count: ready.length })}</h3>
      <ul className="cards">
        {ready.map(({ sheet, draft }) => (
          <li key={keyOf(sheet)}>
            <strong>{nameOf(sheet, t)}</strong>
            <div className="row">
              {sheet.lines.map((line) => (
                <span key={line.key}>
                  <span className="soft">{line.title[language()]}</span> <RatingShown line={line} given={draft.ratings[line.key]} />
                </span>
              ))}
            </div>
            {draft.comment !== '' && <blockquote className="said">{draft.comment}</blockquote>}
          </li>
        ))}
      </ul>
    </>
  );
}

function submitScore(sheet: Sheet, draft: Draft, header: CommandHeaders): Promise<unknown> {
  const { appraisalId } = sheet.appraisal;
  const { part, department } = sheet.task;
  const comment = draft.comment.trim();
  const input = {
    ratings: toSend(sheet.lines, draft.ratings),
    ...(comment === '' ? {} : { comment }),
    ...(part === null ? {} : { part }),
    ...(department === null ? {} : { department }),
  };
  const body = { kind: 'submit-manager-score' as const, input };
  return bodyOf(api.POST('/api/v1/appraisals/{appraisalId}/acts', { params: { path: { appraisalId }, header }, body }));
}

type T = ReturnType<typeof useTranslation<'team'>>['t'];

function named(sheets: readonly Sheet[], key: string, t: T): string {
  const sheet = sheets.find((one) => keyOf(one) === key);
  return sheet ? nameOf(sheet, t) : key;
}

function close(setOpen: (open: boolean) => void, then: () => void): void {
  setOpen(false);
  then();
}
