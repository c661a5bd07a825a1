import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, type Me, useMe } from '../../app/session';
import { Confirm } from '../../pieces/confirm';
import { useToast } from '../../pieces/toast';
import type { BoardVersion } from './queries';
import { inLanguage } from './words';

const TOUCHED = [['schemes'], ['todo']] as const;

/** What may be done with a version by whom: approving and putting in force by the general manager, retiring by HR. */
export function Acts({ version }: { readonly version: BoardVersion }): ReactElement {
  const me = useMe();
  const { status } = version;
  const isOnItsWay = status === 'draft' || status === 'in-discussion' || status === 'discussed';
  const isManager = hasRole(me, 'general-manager');
  return (
    <>
      {isManager && isOnItsWay && <Approve version={version} />}
      {isManager && (isOnItsWay || status === 'approved') && <PutInForce version={version} />}
      {hasRole(me, 'hr') && status !== 'retired' && <Retire version={version} />}
    </>
  );
}

interface OfVersion {
  readonly version: BoardVersion;
}

/** Why it can't be approved now; the general manager never approves what they drafted, and only what was discussed. */
function useBlocked({ status, draftedBy }: BoardVersion, me: Me): string | undefined {
  const { t } = useTranslation('schemes');
  if (draftedBy === me.subject) return t('acts.ownDraft');
  return status === 'draft' || status === 'in-discussion' ? t('acts.notDiscussed') : undefined;
}

function Approve({ version }: OfVersion): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const blocked = useBlocked(version, useMe());
  const command = useCommand({
    send: (path: { readonly schemeId: string; readonly version: number }, headers) =>
      bodyOf(api.POST('/api/v1/schemes/{schemeId}/versions/{version}/approve', { params: { path, header: headers } })),
    touches: TOUCHED,
    onDone: () => say(t('acts.approved')),
  });
  return (
    <Confirm
      act={t('acts.approve')}
      what={<p>{t('acts.approveWhat', { title: inLanguage(version.title), version: version.version })}</p>}
      blocked={blocked}
      problem={command.error}
      onConfirm={() => command.mutateAsync({ schemeId: version.schemeId, version: version.version })}
    />
  );
}

function PutInForce({ version }: OfVersion): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const me = useMe();
  const reason = useBlocked(version, me);
  // The reason stands once beside the first of the two.
  const blocked = reason === undefined ? undefined : version.status === 'approved' ? reason : t('acts.sameReason');
  const command = useCommand({
    send: (path: { readonly schemeId: string; readonly version: number }, headers) =>
      bodyOf(api.POST('/api/v1/schemes/{schemeId}/versions/{version}/put-in-force', { params: { path, header: headers } })),
    touches: TOUCHED,
    onDone: () => say(t('acts.inForce')),
  });
  return (
    <Confirm
      act={t('acts.putInForce')}
      primary
      what={<p>{t('acts.putInForceWhat', { title: inLanguage(version.title), version: version.version })}</p>}
      blocked={blocked}
      problem={command.error}
      onConfirm={() => command.mutateAsync({ schemeId: version.schemeId, version: version.version })}
    />
  );
}

function Retire({ version }: OfVersion): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const command = useCommand({
    send: (path: { readonly schemeId: string; readonly version: number }, headers) =>
      bodyOf(api.POST('/api/v1/schemes/{schemeId}/versions/{version}/retire', { params: { path, header: headers } })),
    touches: TOUCHED,
    onDone: () => say(t('acts.retired')),
  });
  return (
    <Confirm
      act={t('acts.retire')}
      danger
      what={<p>{t('acts.retireWhat', { title: inLanguage(version.title), version: version.version })}</p>}
      problem={command.error}
      onConfirm={() => command.mutateAsync({ schemeId: version.schemeId, version: version.version })}
    />
  );
}
