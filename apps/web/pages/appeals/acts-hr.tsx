import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../pieces/confirm';
import type { ActProps } from './acts';
import { PeoplePicker } from './people-picker';
import { TextField, written } from './text-field';

const WAYS = ['accept', 'ask-for-more', 'decline'] as const;
type Way = (typeof WAYS)[number];

/** Accept, ask for more or decline; what is already written stays when another way is chosen. */
export function Triage({ file, act, isBusy, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const name = useId();
  const [way, setWay] = useState<Way>('accept');
  const [text, setText] = useState('');
  const [contact, setContact] = useState<readonly string[]>([]);
  if (blockedOf('accept') === undefined) return null;
  const blocked = blockedOf(way) ?? undefined;
  const words = text.trim();
  const [person] = contact;
  const then = file.grounds.includes('wrong-fact') ? 'acceptFact' : 'acceptPanel';
  const accept = (): Promise<unknown> =>
    act({ act: 'accept', ...(file.late ? { lateReason: words } : {}), ...(person === undefined ? {} : { contact: person }) });
  return (
    <div className="act stack">
      <fieldset>
        <legend>{t('triage.legend')}</legend>
        <div className="row">
          {WAYS.map((one) => (
            <label key={one}>
              <input type="radio" name={name} checked={way === one} onChange={() => setWay(one)} /> {t(`act.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {way === 'accept' && (
        <>
          {file.late && <TextField label={t('triage.lateReason')} value={text} onChange={setText} />}
          <details>
            <summary>{t('triage.contact')}</summary>
            <PeoplePicker
              appealId={file.appealId}
              as="contact"
              label={t('triage.contactLabel')}
              most={1}
              chosen={contact}
              onChange={setContact}
            />
          </details>
          <p className="soft" style={{ margin: 0 }}>
            {t(`triage.${then}`)}
          </p>
          <div className="row">
            <Confirm
              act={t('act.accept')}
              primary
              blocked={blocked}
              ready={!file.late || words !== ''}
              problem={problem}
              what={file.late && words === '' ? t('triage.reasonFirst') : <p>{t('triage.acceptWhat', { then: t(`triage.${then}`) })}</p>}
              onConfirm={accept}
            />
          </div>
        </>
      )}
      {way === 'ask-for-more' && (
        <>
          <TextField label={t('triage.question')} value={text} onChange={setText} />
          <p className="soft" style={{ margin: 0 }}>
            {t('triage.clockStops')}
          </p>
          <div className="row">
            <Button
              type="primary"
              loading={isBusy}
              disabled={blocked !== undefined || words === ''}
              onClick={() => void act({ act: 'ask-for-more', question: words }).catch(() => undefined)}
            >
              {t('act.ask-for-more')}
            </Button>
          </div>
        </>
      )}
      {way === 'decline' && (
        <>
          <TextField label={t('triage.declineReason')} value={text} onChange={setText} />
          <div className="row">
            <Confirm
              act={t('act.decline')}
              danger
              blocked={blocked}
              ready={words !== ''}
              problem={problem}
              what={words === '' ? t('triage.reasonFirst') : file.escalated ? t('triage.declineFinal') : t('triage.declineWhat')}
              onConfirm={() => act({ act: 'decline', reason: words })}
            />
          </div>
        </>
      )}
      {way === 'ask-for-more' && blocked !== undefined && <span className="soft">{blocked}</span>}
    </div>
  );
}

const HOWS = ['in-person', 'remote', 'in-writing', 'waived'] as const;

export function NoteHearing({ file, act, isBusy, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const id = useId();
  const [how, setHow] = useState<(typeof HOWS)[number]>('in-person');
  const [notes, setNotes] = useState('');
  if (blockedOf('note-hearing') === undefined) return null;
  const form = (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>{t('hearing.how')}</label>
        <select
          id={id}
          className="plain-select"
          value={how}
          onChange={(event) => setHow(HOWS.find((one) => one === event.target.value) ?? 'in-person')}
        >
          {HOWS.map((one) => (
            <option key={one} value={one}>
              {t(`how.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <TextField label={t('hearing.notes')} value={notes} onChange={setNotes} />
      <p className="soft" style={{ margin: 0 }}>
        {t('hearing.voteRuns')}
      </p>
      <div className="row">
        <Button
          type={file.heard ? 'default' : 'primary'}
          loading={isBusy}
          disabled={notes.trim() === ''}
          onClick={() =>
            void act({ act: 'note-hearing', how, notes: notes.trim() }).then(
              (isDone) => (isDone ? setNotes('') : undefined),
              () => undefined,
            )
          }
        >
          {t('act.note-hearing')}
        </Button>
      </div>
    </div>
  );
  if (!file.heard) return <div className="act">{form}</div>;
  return (
    <details className="act">
      <summary>{t('hearing.again')}</summary>
      {form}
    </details>
  );
}

/** Somebody on the panel who turns out to be in conflict: the next in the draw takes the seat. */
export function ReplaceMember({ file, act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const id = useId();
  const free = file.panel.filter(({ voted }) => voted !== true);
  const [chosen, setChosen] = useState('');
  if (blockedOf('replace-member') === undefined || free.length === 0) return null;
  const member = free.find(({ subject }) => subject === chosen) ?? free[0];
  if (!member) return null;
  return (
    <div className="act row">
      <label htmlFor={id}>{t('replace.member')}</label>
      <select id={id} className="plain-select" value={member.subject} onChange={(event) => setChosen(event.target.value)}>
        {free.map(({ subject, name, department }) => (
          <option key={subject} value={subject}>
            {name ?? c('erased')} ({department})
          </option>
        ))}
      </select>
      <Confirm
        act={t('act.replace-member')}
        what={t('replace.what', { name: member.name ?? c('erased') })}
        problem={problem}
        onConfirm={() => act({ act: 'leave-panel', member: member.subject, cause: 'conflict' })}
      />
    </div>
  );
}

const FAULTS = ['yes', 'no', 'unknown'] as const;

/** What a closed appeal asks: was the scheme at fault? */
export function Close({ act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const name = useId();
  const [fault, setFault] = useState<(typeof FAULTS)[number] | undefined>(undefined);
  const [note, setNote] = useState('');
  if (blockedOf('close') === undefined) return null;
  const { text } = written(note);
  const schemeAtFault = fault === 'unknown' ? null : fault === 'yes';
  return (
    <div className="act stack">
      <fieldset>
        <legend>{t('close.fault')}</legend>
        <div className="row">
          {FAULTS.map((one) => (
            <label key={one}>
              <input type="radio" name={name} checked={fault === one} onChange={() => setFault(one)} /> {t(`close.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextField label={t('close.note')} optional value={note} onChange={setNote} />
      <div className="row">
        <Confirm
          act={t('act.close')}
          primary
          ready={fault !== undefined}
          problem={problem}
          what={fault === undefined ? t('close.answerFirst') : t(fault === 'yes' ? 'close.whatNote' : 'close.what')}
          onConfirm={() => act({ act: 'close', schemeAtFault, ...(text === undefined ? {} : { note: text }) })}
        />
      </div>
    </div>
  );
}
