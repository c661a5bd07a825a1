import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { Confirm } from '../../pieces/confirm';
import { useDraft } from '../../pieces/draft';
import { type Given, isGiven, ratingProblem } from '../../pieces/rating';
import { RatingField } from '../../pieces/rating-field';
import type { ActProps } from './acts';
import { PLAIN_NUMBER } from './acts-owner';
import { titleOf } from './case-lines';
import { sentValue } from './claims';
import { fieldOf } from './field';
import { PeoplePicker } from './people-picker';
import { TextField } from './text-field';

const VERDICTS = ['uphold', 'partly', 'dismiss'] as const;
interface VoteDraft {
  readonly verdict: (typeof VERDICTS)[number] | '';
  readonly values: Readonly<Record<string, Given>>;
  readonly reason: string;
}
const NO_VOTE: VoteDraft = { verdict: '', values: {}, reason: '' };

/** A member's own vote: nobody on the panel sees another's before the decision. */
export function VoteForm({ file, act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const me = useMe();
  const name = useId();
  const { draft, set, drop } = useDraft<VoteDraft>(`appeal-vote.${me.subject}.${file.appealId}`, NO_VOTE);
  const blocked = blockedOf('vote');
  if (blocked === undefined) return null;
  if (blocked !== null) return <p className="act soft">{blocked}</p>;
  const fields = file.lines.map((line) => {
    const label = t('voting.valueOf', { line: titleOf(line) });
    return { line, field: fieldOf(line.key, line.form ?? PLAIN_NUMBER, { 'zh-CN': label, en: label }) };
  });
  // Only lines that the member gave a value for are decided; a value typed wrong is put right first, never left out.
  const touched = fields.filter(({ line }) => isGiven(draft.values[line.line]));
  const given = touched.filter(({ line, field }) => ratingProblem(field, draft.values[line.line]) === undefined);
  const isDecided = given.length === touched.length && (given.length > 0 || file.lines.length === 0);
  const ready = draft.verdict !== '' && draft.reason.trim() !== '' && (draft.verdict !== 'partly' || isDecided);
  const vote = async (): Promise<void> => {
    if (draft.verdict === '') return;
    const values =
      draft.verdict === 'partly'
        ? given.map(({ line }) => ({
            line: line.line,
            value: sentValue({ key: line.key, form: line.form ?? PLAIN_NUMBER }, draft.values[line.line] ?? ''),
          }))
        : [];
    if (await act({ act: 'vote', verdict: draft.verdict, values, reason: draft.reason.trim() })) drop();
  };
  return (
    <div className="act stack">
      <fieldset>
        <legend>{t('voting.legend')}</legend>
        <div className="row">
          {VERDICTS.map((one) => (
            <label key={one}>
              <input type="radio" name={name} checked={draft.verdict === one} onChange={() => set({ ...draft, verdict: one })} />{' '}
              {t(`vote.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {draft.verdict === 'partly' && (
        <>
          <p className="soft" style={{ margin: 0 }}>
            {t('voting.partlyHint')}
          </p>
          <div className="grid" style={{ margin: 0 }}>
            {fields.map(({ line, field }) => (
              <RatingField
                key={line.line}
                line={field}
                given={draft.values[line.line]}
                onChange={(value) => set({ ...draft, values: { ...draft.values, [line.line]: value } })}
              />
            ))}
          </div>
        </>
      )}
      <TextField label={t('voting.reason')} value={draft.reason} onChange={(reason) => set({ ...draft, reason })} />
      <div className="row">
        <Confirm
          act={t('act.vote')}
          primary
          ready={ready}
          problem={problem}
          what={ready ? t('voting.what') : t('voting.fillFirst')}
          onConfirm={vote}
        />
      </div>
    </div>
  );
}

export function RefuseSeat({ act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const me = useMe();
  if (blockedOf('refuse-seat') === undefined) return null;
  return (
    <div className="act row">
      <Confirm
        act={t('act.refuse-seat')}
        what={t('refuse.what')}
        problem={problem}
        onConfirm={() => act({ act: 'leave-panel', member: me.subject, cause: 'refused' })}
      />
    </div>
  );
}

/** For the general manager when the pool can't fill the panel. */
export function NamePanel({ file, act, problem, blockedOf }: ActProps): ReactElement | null {
  const { t } = useTranslation('appeals');
  const id = useId();
  const [members, setMembers] = useState<readonly string[]>([]);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const [chair, setChair] = useState('');
  if (blockedOf('name-panel') === undefined) return null;
  const chosenChair = members.includes(chair) ? chair : (members[0] ?? '');
  const isFull = members.length === file.panelSize;
  return (
    <div className="act stack">
      <p style={{ margin: 0 }}>{t('naming.hint', { count: file.panelSize })}</p>
      <PeoplePicker
        appealId={file.appealId}
        as="panel"
        label={t('naming.members')}
        most={file.panelSize}
        chosen={members}
        onChange={setMembers}
        onNames={setNames}
      />
      {members.length > 0 && (
        <div className="field">
          <label htmlFor={id}>{t('naming.chair')}</label>
          <select id={id} className="plain-select" value={chosenChair} onChange={(event) => setChair(event.target.value)}>
            {members.map((subject) => (
              <option key={subject} value={subject}>
                {names.get(subject) ?? subject}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="row">
        <Confirm
          act={t('act.name-panel')}
          primary
          ready={isFull}
          problem={problem}
          what={isFull ? t('naming.what') : t('naming.fillFirst', { count: file.panelSize })}
          onConfirm={() => act({ act: 'name-panel', members: [...members], chair: chosenChair })}
        />
      </div>
    </div>
  );
}
