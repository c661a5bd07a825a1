import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../../api/client';
import { useCommand } from '../../../api/command';
import { Confirm } from '../../../pieces/confirm';
import { Panel } from '../../../pieces/page';
import { useToast } from '../../../pieces/toast';
import type { Cycle, Progress } from '../queries';
import { Extend } from './extend';
import { ReasonField } from './reason-field';

/** Extending, pausing, resuming and cancelling; each says how many people it is about and asks once. */
export function Acts({ cycle, progress }: { readonly cycle: Cycle; readonly progress: readonly Progress[] }): ReactElement | null {
  const { t } = useTranslation('cycles');
  if (cycle.status === 'closed' || cycle.status === 'cancelled') return null;
  return (
    <Panel title={t('acts.title')}>
      <div className="row">
        <Extend cycle={cycle} progress={progress} />
        {cycle.status === 'paused' ? <Resume cycle={cycle} /> : <Pause cycle={cycle} />}
        <Cancel cycle={cycle} />
      </div>
    </Panel>
  );
}

function Pause({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const say = useToast();
  const [reason, setReason] = useState('');
  const pause = useCommand({
    send: (body: { reason: string }, header) =>
      bodyOf(api.POST('/api/v1/cycles/{cycleId}/pause', { params: { path: { cycleId: cycle.cycleId }, header }, body })),
    touches: [['cycles']],
    onDone: () => say(t('acts.paused')),
  });
  return (
    <Confirm
      act={t('acts.pause')}
      ready={reason.trim() !== ''}
      problem={pause.error}
      onConfirm={() => pause.mutateAsync({ reason: reason.trim() })}
      what={
        <>
          <p>{t('acts.pauseWhat', { count: cycle.members })}</p>
          <ReasonField id="pause-reason" value={reason} onChange={setReason} />
        </>
      }
    />
  );
}

function Resume({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const say = useToast();
  const resume = useCommand({
    send: (_input: object, header) =>
      bodyOf(api.POST('/api/v1/cycles/{cycleId}/resume', { params: { path: { cycleId: cycle.cycleId }, header } })),
    touches: [['cycles']],
    onDone: () => say(t('acts.resumed')),
  });
  return (
    <Confirm
      primary
      act={t('acts.resume')}
      problem={resume.error}
      onConfirm={() => resume.mutateAsync({})}
      what={t('acts.resumeWhat', { count: cycle.members })}
    />
  );
}

function Cancel({ cycle }: { readonly cycle: Cycle }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const say = useToast();
  const [reason, setReason] = useState('');
  const cancel = useCommand({
    send: (body: { reason: string }, header) =>
      bodyOf(api.POST('/api/v1/cycles/{cycleId}/cancel', { params: { path: { cycleId: cycle.cycleId }, header }, body })),
    touches: [['cycles']],
    onDone: () => say(t('acts.cancelled')),
  });
  const publication = cycle.phases.find(({ phase }) => phase === 'publication');
  const isLate = cycle.published || (publication !== undefined && publication.state !== 'planned');
  return (
    <Confirm
      danger
      act={t('acts.cancel')}
      blocked={isLate ? t('acts.publishedAlready') : undefined}
      ready={reason.trim() !== ''}
      problem={cancel.error}
      onConfirm={() => cancel.mutateAsync({ reason: reason.trim() })}
      what={
        <>
          <p>
            {t('acts.cancelWhat', { count: cycle.members })} {common('confirm.irreversible')}
          </p>
          <ReasonField id="cancel-reason" value={reason} onChange={setReason} />
        </>
      }
    />
  );
}
