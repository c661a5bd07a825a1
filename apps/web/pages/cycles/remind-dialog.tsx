import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { Answer } from '../../pieces/answer';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { OwedList } from './owed-list';
import { type OwedPhase, owedQuery, remindableQuery } from './queries';

export interface RemindDialogProps {
  readonly cycleId: string;
  readonly phase: OwedPhase;
  /** Whose appraisals alone; everyone's when absent. */
  readonly subjects?: readonly string[] | undefined;
  readonly onClose: () => void;
}

/** Who owes a phase's step, by name, and the one button that reminds them: the question is asked here. */
export function RemindDialog({ cycleId, phase, subjects, onClose }: RemindDialogProps): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const say = useToast();
  const owed = useQuery(owedQuery(cycleId, phase));
  const remindable = useQuery(remindableQuery(cycleId, phase));
  const name = t(`phase.${phase}`);
  const count = subjects?.length ?? remindable.data?.remindable ?? 0;
  const remind = useCommand({
    send: (chosen: readonly string[] | undefined, header) => {
      const body = { phase, which: 'open' as const, ...(chosen === undefined ? {} : { subjects: [...chosen] }) };
      return bodyOf(api.POST('/api/v1/cycles/{cycleId}/remind', { params: { path: { cycleId }, header }, body }));
    },
    touches: [['cycles'], ['todo']],
    onDone: () => {
      say(t('remind.done', { count, phase: name }));
      onClose();
    },
  });
  return (
    <Modal
      open
      width={720}
      title={t('remind.title', { phase: name })}
      onCancel={onClose}
      cancelText={common('cancel')}
      okText={t('remind.act', { count })}
      okButtonProps={{ loading: remind.isPending, disabled: count === 0 }}
      onOk={() => remind.mutate(subjects)}
    >
      <p>{t('remind.text')}</p>
      {remind.error && <ProblemNote problem={remind.error.problem} />}
      <Answer query={owed}>
        {({ items, next }) => {
          const shown = subjects === undefined ? items : items.filter(({ subject }) => subjects.includes(subject));
          const held = new Set(shown.filter(isHeld).map(({ subject }) => subject)).size;
          return (
            <>
              {held > 0 && <p className="soft">{t('remind.held', { count: held })}</p>}
              <div className="in-dialog" tabIndex={0} role="region" aria-label={t('owed.list')}>
                <OwedList rows={shown} phase={phase} />
              </div>
              {next !== undefined && subjects === undefined && <p className="soft">{t('remind.more', { count: items.length })}</p>}
            </>
          );
        }}
      </Answer>
      {remindable.data && count >= remindable.data.most && <p className="soft">{t('remind.most', { count: remindable.data.most })}</p>}
      {remindable.data && count === 0 && <p>{t('remind.none')}</p>}
    </Modal>
  );
}

/** Reminded within a working day. */
export function isHeld({ reminded }: { readonly reminded: { readonly againFrom: string } | null }): boolean {
  return reminded !== null && Date.parse(reminded.againFrom) > Date.now();
}
