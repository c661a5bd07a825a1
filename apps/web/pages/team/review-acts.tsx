import { Button, Modal, Progress } from 'antd';
import { type ReactElement, type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import type { CommandHeaders } from '../../api/intent';
import { LongText } from '../../pieces/long-text';
import { toSend } from '../../pieces/rating';
import { useToast } from '../../pieces/toast';
import { type Outcome, useEach } from './each';
import { nameOf } from './people-list';
import { ProblemsOf } from './problems-of';
import { type Draft, keyOf, missingLines, type Sheet, submissionOf } from './sheets';

const REASON_MOST = 4_000;
type ToStep = 'self-review' | 'manager-review' | 'second-review';
/** What is decided about one person; absent: approved. */
interface Decision {
  readonly sheet: Sheet;
  readonly draft: Draft | undefined;
  readonly sendBack?: { readonly toStep: ToStep; readonly reason: string };
}

export interface ReviewActsProps {
  /** Those who are chosen, all of them still to be reviewed. */
  readonly sheets: readonly Sheet[];
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly onDone: (keys: readonly string[]) => void;
  readonly onOpen: (key: string) => void;
}

/** Approve, or send back with a reason: each after a summary of whom it concerns. */
export function ReviewActs(props: ReviewActsProps): ReactElement {
  const [asked, setAsked] = useState<'approve' | 'send-back' | undefined>(undefined);
  const { sheets, drafts } = props;
  const { t } = useTranslation('team');
  const ready = sheets.filter((sheet) => missingLines(sheet, drafts[keyOf(sheet)]).length === 0);
  return (
    <>
      <Button
        type="primary"
        disabled={ready.length === 0}
        title={ready.length === 0 ? t('review.nobody') : undefined}
        onClick={() => setAsked('approve')}
      >
        {t('review.approve', { count: ready.length })}
      </Button>
      <Button
        disabled={sheets.length === 0}
        title={sheets.length === 0 ? t('review.nobody') : undefined}
        onClick={() => setAsked('send-back')}
      >
        {t('review.sendBack', { count: sheets.length })}
      </Button>
      {asked === 'approve' && <Approve {...props} sheets={ready} onClose={() => setAsked(undefined)} />}
      {asked === 'send-back' && <SendBack {...props} onClose={() => setAsked(undefined)} />}
    </>
  );
}

interface DialogProps extends ReviewActsProps {
  readonly onClose: () => void;
}

function Approve(props: DialogProps): ReactElement {
  const { t } = useTranslation('team');
  return (
    <Decide
      {...props}
      title={t('review.approveTitle')}
      act={t('review.approve', { count: props.sheets.length })}
      said="approved"
      decide={(sheet, draft) => ({ sheet, draft })}
    >
      <p>{t('review.approveText')}</p>
    </Decide>
  );
}

function SendBack(props: DialogProps): ReactElement {
  const { t } = useTranslation('team');
  const [reason, setReason] = useState('');
  const steps = stepsBefore(props.sheets);
  const [toStep, setToStep] = useState<ToStep>(steps[0] ?? 'manager-review');
  const text = reason.trim();
  return (
    <Decide
      {...props}
      title={t('review.sendBackTitle')}
      act={t('review.sendBack', { count: props.sheets.length })}
      said="returned"
      isReady={text !== ''}
      decide={(sheet, draft) => ({ sheet, draft, sendBack: { toStep, reason: text } })}
    >
      <p>{t('review.sendBackText')}</p>
      <div className="stack">
        {steps.length > 1 && (
          <div className="field">
            <label htmlFor="to-step">{t('review.toStep')}</label>
            <select
              id="to-step"
              className="plain-select"
              value={toStep}
              onChange={(event) => setToStep(steps[event.target.selectedIndex] ?? toStep)}
            >
              {steps.map((step) => (
                <option key={step} value={step}>
                  {t(`step.${step}`)}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="field">
          <label htmlFor="reason">{t('review.reason')}</label>
          <LongText id="reason" rows={3} most={REASON_MOST} required aria-describedby="reason-hint" value={reason} onChange={setReason} />
          {text === '' && (
            <span className="soft" id="reason-hint">
              {t('review.reasonMissing')}
            </span>
          )}
        </div>
      </div>
    </Decide>
  );
}

/** The question and what became of it: those that failed stay with their reason, the others are done. */
function Decide({
  sheets,
  drafts,
  onDone,
  onOpen,
  onClose,
  title,
  act,
  said,
  isReady = true,
  decide,
  children,
}: DialogProps & {
  readonly title: string;
  readonly act: string;
  readonly said: 'approved' | 'returned';
  readonly isReady?: boolean;
  readonly decide: (sheet: Sheet, draft: Draft | undefined) => Decision;
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useTranslation('team');
  const { t: common } = useTranslation('common');
  const say = useToast();
  const [failed, setFailed] = useState<readonly Outcome[]>([]);
  const [before] = useState(sheets);
  const send = useCallback((decision: Decision, header: CommandHeaders) => sendDecision(decision, header), []);
  const { run, progress } = useEach(send, [['sheets'], ['todo'], ['team'], ['appraisals']]);
  const go = async (): Promise<void> => {
    const outcomes = await run(
      sheets.map((sheet) => {
        const draft = drafts[keyOf(sheet)];
        return { key: keyOf(sheet), input: decide(sheet, draft), version: draft?.version ?? sheet.version };
      }),
    );
    const done = outcomes.filter(({ problem }) => problem === undefined).map(({ key }) => key);
    const left = outcomes.filter(({ problem }) => problem !== undefined);
    if (done.length > 0) say(t(`review.${said}`, { count: done.length }));
    setFailed(left);
    if (left.length === 0) onClose();
    onDone(done);
  };
  const named = (key: string): string => {
    const sheet = before.find((one) => keyOf(one) === key);
    return sheet ? nameOf(sheet, t) : key;
  };
  return (
    <Modal
      open
      onCancel={onClose}
      title={title}
      okText={act}
      cancelText={common('cancel')}
      okButtonProps={{ disabled: !isReady || sheets.length === 0, loading: progress !== undefined }}
      onOk={() => void go()}
      width={600}
    >
      {children}
      {progress && <Progress percent={Math.round((100 * progress.done) / progress.total)} aria-label={t('submit.progress')} />}
      <ProblemsOf failed={failed} nameOf={named} onOpen={(key) => openAfter(onClose, () => onOpen(key))} />
      <h3>{act}</h3>
      <ul>
        {sheets.map((sheet) => (
          <li key={keyOf(sheet)}>
            {nameOf(sheet, t)} <span className="soft">{sheet.appraisal.unit.team ?? sheet.appraisal.unit.department}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

/** Steps with something to send back to, the nearest first. */
function stepsBefore(sheets: readonly Sheet[]): readonly ToStep[] {
  return (['manager-review', 'self-review'] as const).filter((step) => sheets.some((sheet) => submissionOf(sheet, step) !== undefined));
}

function sendDecision({ sheet, draft, sendBack }: Decision, header: CommandHeaders): Promise<unknown> {
  const { appraisalId } = sheet.appraisal;
  const ratings = sheet.lines.length === 0 ? {} : { ratings: toSend(sheet.lines, draft?.ratings ?? {}) };
  const body = sendBack ? { kind: 'send-back' as const, input: sendBack } : { kind: 'approve-second-review' as const, input: ratings };
  return bodyOf(api.POST('/api/v1/appraisals/{appraisalId}/acts', { params: { path: { appraisalId }, header }, body }));
}

function openAfter(close: () => void, open: () => void): void {
  close();
  open();
}
