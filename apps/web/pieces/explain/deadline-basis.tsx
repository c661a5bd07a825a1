import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { hasRole, type Me, useMe } from '../../app/session';
import { Answer } from '../answer';
import { Empty } from '../empty';
import { formatDay, formatEnd, formatInstant } from '../format';

type Phase = Pick<components['schemas']['Cycle']['phases'][number], 'phase' | 'opensAt' | 'closesAt' | 'remindAt' | 'state' | 'derivation'>;

/** How a deadline came about: what the scheme asks for, what it was moved to and why. */
export function DeadlineBasis({ cycleId, phase }: { readonly cycleId: string; readonly phase: string }): ReactElement {
  const { t } = useTranslation('explain');
  const me = useMe();
  const query = useQuery({ queryKey: ['cycles', cycleId, 'phases', me.subject], queryFn: () => phasesOf(cycleId, me) });
  return (
    <Answer query={query}>
      {({ name, phases }) => {
        const found = phases.find((one) => one.phase === phase);
        return found ? <Derivation of={found} cycle={name} /> : <Empty title={t('noSuch')} text={t('noSuchText')} />;
      }}
    </Answer>
  );
}

/** Who may not read cycles sees the phases of the one they are in themselves. */
function phasesOf(cycleId: string, me: Me): Promise<{ readonly name: string; readonly phases: readonly Phase[] }> {
  if (hasRole(me, 'hr', 'general-manager', 'auditor', 'finance', 'manager', 'planning', 'second-reviewer')) {
    return bodyOf(api.GET('/api/v1/cycles/{cycleId}', { params: { path: { cycleId } } }));
  }
  const appraisalId = `${cycleId}.${me.subject}`;
  return bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/process', { params: { path: { appraisalId } } }));
}

function Derivation({ of, cycle }: { readonly of: Phase; readonly cycle: string }): ReactElement {
  const { t } = useTranslation('explain');
  const { derivation } = of;
  const reasons = derivation?.reasons ?? [];
  return (
    <>
      <p className="soft whose">{cycle}</p>
      <p className="sentence">
        <strong>
          {t('deadline.sentence', { phase: t(`phase.${of.phase}`), from: formatInstant(of.opensAt), to: formatEnd(of.closesAt) })}
        </strong>
      </p>
      <dl className="pairs">
        <dt>{t('deadline.state')}</dt>
        <dd>{t(`phaseState.${of.state}`)}</dd>
        {derivation && <Asked derivation={derivation} />}
        {reasons.length > 0 && (
          <>
            <dt>{t('deadline.reasons')}</dt>
            <dd>
              <ul>
                {reasons.map((reason) => (
                  <li key={reason}>{isKnown(reason) ? t(`deadline.reason.${reason}`) : reason}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {of.remindAt.length > 0 && (
          <>
            <dt>{t('deadline.remind')}</dt>
            <dd>{of.remindAt.map((at) => formatInstant(at)).join(' · ')}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function Asked({ derivation }: { readonly derivation: NonNullable<Phase['derivation']> }): ReactElement {
  const { t } = useTranslation('explain');
  const { first, last, shiftedFirst, shiftedLast, workingDays, after } = derivation;
  return (
    <>
      {first !== undefined && last !== undefined && (
        <>
          <dt>{t('deadline.asked')}</dt>
          <dd>{t('deadline.askedWindow', { first: formatDay(first), last: formatDay(last) })}</dd>
        </>
      )}
      {workingDays !== undefined && after !== undefined && (
        <>
          <dt>{t('deadline.asked')}</dt>
          <dd>{t('deadline.askedDays', { count: workingDays, after: t(`phase.${after}`) })}</dd>
        </>
      )}
      {shiftedFirst !== undefined && shiftedLast !== undefined && (shiftedFirst !== first || shiftedLast !== last) && (
        <>
          <dt>{t('deadline.shifted')}</dt>
          <dd>{t('deadline.askedWindow', { first: formatDay(shiftedFirst), last: formatDay(shiftedLast) })}</dd>
        </>
      )}
    </>
  );
}

const KNOWN = ['holiday', 'already-over', 'after-earlier-phase', 'window-shared', 'shortened-days', 'extended'] as const;
function isKnown(reason: string): reason is (typeof KNOWN)[number] {
  return KNOWN.some((one) => one === reason);
}
