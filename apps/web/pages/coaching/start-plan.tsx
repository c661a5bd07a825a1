import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Modal } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { PersonSelect } from './person-select';
import { peopleQuery } from './people';

type Start = paths['/api/v1/plans']['post']['requestBody']['content']['application/json'];

/** HR starts a plan: for whom, with which coach, why. */
export function StartPlan(): ReactElement {
  const { t } = useTranslation('coaching');
  const { t: common } = useTranslation('common');
  const navigate = useNavigate();
  const say = useToast();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [subject, setSubject] = useState<string>();
  const [coach, setCoach] = useState<string>();
  const [mentor, setMentor] = useState<string>();
  const [kind, setKind] = useState<'hr' | 'new-hire'>('hr');
  const [reason, setReason] = useState('');
  const coached = useQuery({ ...peopleQuery('coached'), enabled: isOpen });
  const coaches = useQuery({ ...peopleQuery('coaches'), enabled: isOpen });
  const start = useCommand({
    send: (body: Start, header) => bodyOf(api.POST('/api/v1/plans', { params: { header }, body })),
    touches: [['plans']],
    onDone: ({ id: planId }) => {
      setOpen(false);
      say(t('start.done'));
      void navigate({ to: '/coaching/$planId', params: { planId } });
    },
  });
  const chooseSubject = (next: string): void => {
    setSubject(next);
    // The direct manager coaches where nobody else is named.
    const manager = coached.data?.find((person) => person.subject === next)?.manager?.subject;
    if (coach === undefined && manager !== undefined) setCoach(manager);
  };
  // Somebody else than the two, and only for who is new.
  const mentors = [
    ...new Map([...(coaches.data ?? []), ...(coached.data ?? [])].map((person) => [person.subject, person])).values(),
  ].filter((person) => person.subject !== subject && person.subject !== coach);
  const chosenMentor = kind === 'new-hire' ? mentors.find((person) => person.subject === mentor)?.subject : undefined;
  const isReady = subject !== undefined && coach !== undefined && subject !== coach && (kind === 'new-hire' || reason.trim() !== '');
  const submit = (): void => {
    if (subject === undefined || coach === undefined) return;
    const cause = kind === 'hr' ? { kind, reason: reason.trim() } : { kind };
    start.mutate({ subject, coach, cause, ...(chosenMentor === undefined ? {} : { mentor: chosenMentor }) });
  };
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('start.act')}
      </Button>
      <Modal
        open={isOpen}
        title={t('start.act')}
        okText={t('start.submit')}
        cancelText={common('cancel')}
        okButtonProps={{ disabled: !isReady, loading: start.isPending }}
        onOk={submit}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <div className="stack">
          <p>{t('start.text')}</p>
          <PersonSelect
            label={t('start.person')}
            value={subject}
            onChange={chooseSubject}
            people={coached.data ?? []}
            isLoading={coached.isPending}
          />
          <PersonSelect
            label={t('coach')}
            value={coach}
            onChange={setCoach}
            people={(coaches.data ?? []).filter((person) => person.subject !== subject)}
            isLoading={coaches.isPending}
          />
          <fieldset className="row">
            <legend>{t('start.cause')}</legend>
            {(['hr', 'new-hire'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name="plan-cause" checked={kind === one} onChange={() => setKind(one)} /> {t(`start.causes.${one}`)}
              </label>
            ))}
          </fieldset>
          {kind === 'hr' && (
            <div className="field">
              <label htmlFor={id}>{t('manage.reason')}</label>
              <input id={id} className="plain-input" maxLength={120} value={reason} onChange={(event) => setReason(event.target.value)} />
            </div>
          )}
          {kind === 'new-hire' && (
            <PersonSelect
              label={`${t('start.mentor')} (${common('optional')})`}
              value={chosenMentor}
              onChange={setMentor}
              onClear={() => setMentor(undefined)}
              people={mentors}
              isLoading={coaches.isPending || coached.isPending}
            />
          )}
          {start.error && <ProblemNote problem={start.error.problem} />}
        </div>
      </Modal>
    </>
  );
}
