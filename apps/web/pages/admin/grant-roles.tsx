import { Button, Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import type { Role } from '../../app/session';
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
  const grant = useCommand({
    send: (list: readonly Role[], header) =>
      bodyOf(api.POST('/api/v1/identity/roles', { params: { header }, body: { subject: account.subject, roles: [...list] } })),
    touches: [['accounts']],
    onDone: () => {
      say(t('granted', { name }));
      onClose();
    },
  });
  const toggle = (role: Role, isOn: boolean): void => setRoles(isOn ? [...roles, role] : roles.filter((one) => one !== role));
  return (
    <Modal
      open
      title={t('grantTitle', { name })}
      onCancel={onClose}
      okText={t('grantSave')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: grant.isPending }}
      onOk={() => grant.mutate(roles)}
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
      {grant.error && <ProblemNote problem={grant.error.problem} />}
    </Modal>
  );
}
