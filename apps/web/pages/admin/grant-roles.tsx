import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ifMatch } from '../../api/intent';
import type { Role } from '../../app/session';
import { Conflict } from '../../pieces/conflict';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import type { Account } from './accounts';

const ROLES: readonly Role[] = [
  'rep',
  'manager',
  'planning',
  'second-reviewer',
  'hr',
  'general-manager',
  'finance',
  'panel',
  'coach',
  'auditor',
  'admin',
];

/** Roles beside those of the organisation's lines: the whole list is saved. */
export function GrantRoles({ account }: { readonly account: Account }): ReactElement {
  const { t } = useTranslation(['admin', 'common']);
  const [isOpen, setOpen] = useState(false);
  const name = account.name ?? t('common:erased');
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`${t('grant')}: ${name}`}>
        {t('grant')}
      </Button>
      {isOpen && <GrantForm account={account} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}

function GrantForm({
  account,
  name,
  onClose,
}: {
  readonly account: Account;
  readonly name: string;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation(['admin', 'common']);
  const say = useToast();
  const [roles, setRoles] = useState<readonly Role[]>(account.grantedRoles);
  // The list behind is asked again by itself: what is saved is based on what stood there when the form was opened.
  const [seen, setSeen] = useState(account.version);
  const grant = useCommand({
    send: ({ list, version }: { readonly list: readonly Role[]; readonly version: number }, headers) =>
      bodyOf(
        api.POST('/api/v1/identity/roles', {
          params: { header: { ...headers, ...ifMatch(version) } },
          body: { subject: account.subject, roles: [...list] },
        }),
      ),
    touches: [['accounts']],
    onDone: () => {
      say(t('granted', { name }));
      onClose();
    },
  });
  const save = (version: number): void => {
    setSeen(version);
    grant.mutate({ list: roles, version });
  };
  const isOvertaken = grant.error?.isConflict === true && account.version !== seen;
  const toggle = (role: Role, isOn: boolean): void => setRoles(isOn ? [...roles, role] : roles.filter((one) => one !== role));
  return (
    <Modal
      open
      title={t('grantTitle', { name })}
      onCancel={onClose}
      okText={t('grantSave')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: grant.isPending, disabled: isOvertaken }}
      onOk={() => save(seen)}
    >
      <p>{t('grantText')}</p>
      <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
        <legend className="hidden">{t('grantedRoles')}</legend>
        {ROLES.map((role) => (
          <label key={role} className="row" style={{ padding: '4px 0' }}>
            <input type="checkbox" checked={roles.includes(role)} onChange={(event) => toggle(role, event.target.checked)} />
            {t(`common:role.${role}`)}
            {account.lineRoles.includes(role) && <span className="soft">{t('fromLine')}</span>}
          </label>
        ))}
      </fieldset>
      {grant.error && !isOvertaken && <ProblemNote problem={grant.error.problem} />}
      {isOvertaken && (
        <Conflict
          now={<RoleWords roles={account.grantedRoles} />}
          yours={<RoleWords roles={roles} />}
          onUseNow={() => {
            setRoles(account.grantedRoles);
            setSeen(account.version);
            grant.reset();
          }}
          onKeepMine={() => save(account.version)}
        />
      )}
    </Modal>
  );
}

function RoleWords({ roles }: { readonly roles: readonly Role[] }): ReactElement {
  const { t } = useTranslation('common');
  return <p>{roles.length === 0 ? '–' : roles.map((role) => t(`role.${role}`)).join(' · ')}</p>;
}
