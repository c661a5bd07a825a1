import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { Deadline } from '../../pieces/deadline';
import { formatDay, formatInstant, formatList } from '../../pieces/format';
import type { AppealFile, Stage } from './appeal';
import { Clock } from './stage';

const STEPS = ['filed', 'triage', 'fact-owner', 'panel', 'decided', 'closed'] as const;
type Step = (typeof STEPS)[number];
const STEP_OF: Readonly<Record<Stage, Step>> = {
  triage: 'triage',
  'more-asked': 'triage',
  declined: 'triage',
  escalated: 'triage',
  'declined-final': 'triage',
  'fact-owner': 'fact-owner',
  'offer-due': 'fact-owner',
  offered: 'fact-owner',
  'to-panel': 'panel',
  'panel-not-seatable': 'panel',
  hearing: 'panel',
  decided: 'decided',
  withdrawn: 'closed',
  closed: 'closed',
};

/** Where the case is on its way; the fact's owner is a step only of cases that have one. */
export function CaseSteps({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const now = STEP_OF[file.stage];
  const steps = STEPS.filter((step) => step !== 'fact-owner' || file.factOwner !== null || now === 'fact-owner');
  const at = steps.indexOf(now);
  return (
    <ol className="appeal-steps" aria-label={t('case.steps')}>
      {steps.map((step, index) => (
        <li key={step} className={index < at ? 'done' : undefined} aria-current={index === at ? 'step' : undefined}>
          <span className="dot" aria-hidden="true">
            {index < at ? '✓' : index + 1}
          </span>
          {t(`step.${step}`)}
          {index < at && <span className="hidden">({c('yes')})</span>}
        </li>
      ))}
    </ol>
  );
}

/** Who acts next, and by when. */
export function NextStep({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const me = useMe();
  const { stage, decideBy, decision, stopped, factOwner, heard, contact } = file;
  const isOwn = file.appellant.subject === me.subject;
  const who = isOwn && (stage === 'more-asked' || stage === 'offered' || stage === 'declined') ? t(`waits.you-${stage}`) : undefined;
  const owner = factOwner?.name ?? '';
  const words = who ?? (stage === 'hearing' && !heard ? t('waits.hearing-not-heard') : t(`waits.${stage}`, { name: owner }));
  return (
    <>
      <p style={{ marginTop: 0 }}>{words}</p>
      <dl className="pairs clocks" style={{ marginBottom: 12 }}>
        <dt>{t('case.clock')}</dt>
        <dd>
          <Clock of={file} />
        </dd>
        {decideBy !== null && decision === null && stage !== 'withdrawn' && stage !== 'closed' && (
          <>
            <dt>{t('case.decideBy')}</dt>
            <dd>
              <Deadline at={decideBy.at} />
            </dd>
          </>
        )}
        {stopped !== null && (
          <>
            <dt>{t('case.stopped')}</dt>
            <dd>{t('case.stoppedDays', { count: stopped })}</dd>
          </>
        )}
        <dt>{t('case.holds')}</dt>
        <dd>{file.holds ? t('case.holdsYes') : t('case.holdsNo')}</dd>
        {contact !== null && (
          <>
            <dt>{t('case.contact')}</dt>
            <dd>{contact.name}</dd>
          </>
        )}
      </dl>
      {file.due !== null && <Derivation due={file.due} />}
    </>
  );
}

/** How the clock's end came about: days that were not counted are named. */
function Derivation({ due }: { readonly due: NonNullable<AppealFile['due']> }): ReactElement {
  const { t } = useTranslation('appeals');
  const { start, workingDays, zone, skipped } = due.derivation;
  return (
    <details style={{ marginBottom: 12 }}>
      <summary>{t('case.derivation')}</summary>
      <p className="soft">
        {t('case.derivationText', { start: formatInstant(start), count: workingDays, zone })}
        {skipped.length > 0 && ` ${t('case.skipped', { days: formatList(skipped.map(({ day }) => formatDay(day))) })}`}
      </p>
    </details>
  );
}

/** Everything that happened, newest last, each with who did it and what they wrote. */
export function CaseMoments({ file }: { readonly file: AppealFile }): ReactElement {
  return (
    <ol className="moments">
      {file.moments.map((moment) => (
        <li key={`${moment.at} ${moment.what} ${moment.by?.subject ?? ''}`}>
          <Moment moment={moment} />
        </li>
      ))}
    </ol>
  );
}

type MomentOf = AppealFile['moments'][number];
const KNOWN = [
  'AppealFiled',
  'AppealMoreAsked',
  'AppealMoreGiven',
  'AppealAccepted',
  'AppealDeclined',
  'AppealEscalated',
  'AppealReferredToFactOwner',
  'FactOwnerCorrected',
  'FactOwnerStoodBy',
  'FactOwnerSilent',
  'AppealOffered',
  'OfferAccepted',
  'OfferRefused',
  'PanelSeated',
  'PanelNotSeatable',
  'PanelNamedByGm',
  'PanelMemberReplaced',
  'HearingNoted',
  'VoteCast',
  'AppealDecided',
  'AppealOverdue',
  'AppealWithdrawn',
  'AppealClosed',
] as const;
const HOWS = [
  'in-person',
  'remote',
  'in-writing',
  'waived',
  'refused',
  'silent',
  'conflict',
  'by-person',
  'by-silence',
  'triage',
  'decision',
  'vote',
  'final',
  'panel',
  'offer',
] as const;

function Moment({ moment }: { readonly moment: MomentOf }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const what = KNOWN.find((one) => one === moment.what);
  const how = HOWS.find((one) => one === moment.how);
  const people = formatList(moment.people.map(({ name }) => name ?? c('erased')));
  return (
    <>
      <div>
        <strong>{what === undefined ? moment.what : t(`moment.${what}`)}</strong>
        {how !== undefined && ` · ${t(`how.${how}`)}`}
        {people !== '' && ` · ${people}`}
      </div>
      <div className="soft">
        <time dateTime={moment.at}>{formatInstant(moment.at)}</time>
        {' · '}
        {moment.by === null ? t('bySystem') : (moment.by.name ?? c('erased'))}
      </div>
      {moment.text !== null && <blockquote>{moment.text}</blockquote>}
    </>
  );
}
