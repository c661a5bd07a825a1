import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { Confirm } from '../../pieces/confirm';
import { useDraft } from '../../pieces/draft';
import { formatAmount } from '../../pieces/format';
import type { ActProps } from './acts';
import { EvidencePicker } from './evidence-picker';
import { TextField, written } from './text-field';
import type { StoredFile } from './upload';

interface MoreDraft {
  readonly answer: string;
  readonly evidence: readonly StoredFile[];
}
const NO_MORE: MoreDraft = { answer: '', evidence: [] };

/** Answers what HR asked, with words, files or both. */
export function GiveMore({ file, act, isBusy, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const me = useMe();
  const { draft, set, drop } = useDraft<MoreDraft>(`appeal-more.${me.subject}.${file.appealId}`, NO_MORE);
  const [isSending, setSending] = useState(false);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  if (blockedOf('give-more') === undefined) return null;
  const question = file.moments.findLast(({ what }) => what === 'AppealMoreAsked')?.text;
  const change = (part: Partial<MoreDraft>): void => {
    latest.current = { ...latest.current, ...part };
    set(latest.current);
  };
  const send = async (): Promise<void> => {
    const { text } = written(draft.answer);
    const evidence = draft.evidence.map(({ hash, name }) => ({ hash, name: name.slice(0, 200) }));
    if (await act({ act: 'give-more', evidence, ...(text === undefined ? {} : { answer: text }) })) drop();
  };
  return (
    <div className="act stack">
      {question !== undefined && question !== null && (
        <div>
          <h3>{t('more.question')}</h3>
          <p className="said">{question}</p>
        </div>
      )}
      <TextField label={t('more.answer')} value={draft.answer} onChange={(answer) => change({ answer })} />
      <EvidencePicker
        files={draft.evidence}
        onChange={(next) => change({ evidence: next(latest.current.evidence) })}
        onSending={setSending}
      />
      <div className="row">
        <Button
          type="primary"
          loading={isBusy}
          disabled={isSending || (draft.answer.trim() === '' && draft.evidence.length === 0)}
          onClick={() => void send().catch(() => undefined)}
        >
          {t('act.give-more')}
        </Button>
        {isSending && <span className="soft">{t('evidence.wait')}</span>}
      </div>
    </div>
  );
}

/** The score that the corrected facts would give, to take or leave. */
export function AnswerOffer({ file, act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  if (blockedOf('accept-offer') === undefined) return null;
  const score = file.offer?.score ?? null;
  return (
    <div className="act stack">
      <p style={{ margin: 0 }}>
        {score === null
          ? t('offer.noScore')
          : t('offer.score', { score: formatAmount(score), was: file.published.score === null ? '–' : formatAmount(file.published.score) })}
      </p>
      <div className="row">
        <Confirm
          act={t('act.accept-offer')}
          what={t('offer.acceptWhat')}
          primary
          problem={problem}
          onConfirm={() => act({ act: 'accept-offer' })}
        />
        <Confirm
          act={t('act.refuse-offer')}
          what={t('offer.refuseWhat')}
          problem={problem}
          onConfirm={() => act({ act: 'refuse-offer' })}
        />
      </div>
    </div>
  );
}

export function Escalate({ act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const [reason, setReason] = useState('');
  if (blockedOf('escalate') === undefined) return null;
  const { text } = written(reason);
  return (
    <div className="act row">
      <Confirm
        act={t('act.escalate')}
        primary
        problem={problem}
        onConfirm={() => act({ act: 'escalate', ...(text === undefined ? {} : { reason: text }) })}
        what={
          <div className="stack">
            <span>{t('escalate.what')}</span>
            <TextField label={t('escalate.reason')} optional value={reason} onChange={setReason} />
          </div>
        }
      />
    </div>
  );
}

export function Withdraw({ act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const [reason, setReason] = useState('');
  if (blockedOf('withdraw') === undefined) return null;
  const { text } = written(reason);
  return (
    <div className="act row">
      <Confirm
        act={t('act.withdraw')}
        danger
        problem={problem}
        onConfirm={() => act({ act: 'withdraw', ...(text === undefined ? {} : { reason: text }) })}
        what={
          <div className="stack">
            <span>{t('withdraw.what')}</span>
            <TextField label={t('withdraw.reason')} optional value={reason} onChange={setReason} />
          </div>
        }
      />
    </div>
  );
}
