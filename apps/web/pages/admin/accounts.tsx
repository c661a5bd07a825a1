import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { formatEnd } from '../../pieces/format';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { GrantRoles } from './grant-roles';
import { InvitationLinks } from './invitation-links';

export type Account = paths['/api/v1/identity/accounts']['get']['responses']['200']['content']['application/json']['items'][number];
export type Invited = paths['/api/v1/identity/invitations']['post']['responses']['201']['content']['application/json'];

/** What inviting was answered, with the names as they stood in the list: afterwards the list may be another. */
interface Links {
  readonly invited: Invited;
  readonly names: ReadonlyMap<string, string | null>;
}
type Chosen = Pick<Account, 'subject' | 'name'>;

const STATES = ['none', 'invited', 'active', 'locked', 'no-login'] as const;
const PAGE = 50;

/** Everybody of the organisation with the state of their account: invite, grant roles. */
export function Accounts(): ReactElement {
  const { t } = useTranslation('admin');
  const { find, after, state: named } = useAddress();
  const state = STATES.find((one) => one === named);
  const query = {
    limit: PAGE,
    ...(find === undefined ? {} : { q: find }),
    ...(state === undefined ? {} : { state }),
    ...(after === undefined ? {} : { after }),
  };
  const accounts = useQuery({
    queryKey: ['accounts', query],
    queryFn: () => bodyOf(api.GET('/api/v1/identity/accounts', { params: { query } })),
  });
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [links, setLinks] = useState<Links | undefined>(undefined);
  const chosen = (accounts.data?.items ?? []).filter(({ subject }) => selected.includes(subject));
  return (
    <Panel
      title={t('tabs.accounts')}
      extra={
        <Invite
          people={chosen.map(({ subject, name }) => ({ subject, name }))}
          onInvited={(answer) => {
            setSelected([]);
            setLinks(answer);
          }}
        />
      }
    >
      <Filters />
      <Answer query={accounts} lines={10}>
        {({ items, next }) => (
          <AccountsTable accounts={items} next={next} selected={chosen.map(({ subject }) => subject)} onSelect={setSelected} />
        )}
      </Answer>
      {links && (
        <InvitationLinks
          invited={links.invited}
          nameOf={(subject) => links.names.get(subject) ?? subject}
          onClose={() => setLinks(undefined)}
        />
      )}
    </Panel>
  );
}

function Invite({ people, onInvited }: { readonly people: readonly Chosen[]; readonly onInvited: (links: Links) => void }): ReactElement {
  const { t } = useTranslation('admin');
  const count = people.length;
  const invite = useCommand({
    send: (who: readonly Chosen[], header) =>
      bodyOf(api.POST('/api/v1/identity/invitations', { params: { header }, body: { subjects: who.map(({ subject }) => subject) } })),
    touches: [['accounts']],
    onDone: (invited, who) => onInvited({ invited, names: new Map(who.map(({ subject, name }) => [subject, name])) }),
  });
  return (
    <div className="row">
      <Confirm
        primary
        act={count === 0 ? t('inviteNone') : t('invite', { count })}
        blocked={count === 0 ? t('choose') : undefined}
        what={<p>{t('inviteWhat', { count })}</p>}
        problem={invite.error}
        onConfirm={() => invite.mutateAsync(people)}
      />
    </div>
  );
}

function Filters(): ReactElement {
  const { t } = useTranslation('admin');
  const { find, state } = useAddress();
  const change = useChangeAddress();
  const [text, setText] = useState(find ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change({ find: text.trim() || undefined, after: undefined });
  };
  return (
    <form className="row" role="search" onSubmit={submit} style={{ alignItems: 'end', marginBottom: 12 }}>
      <div className="field" style={{ flex: '1 1 240px', maxWidth: 360 }}>
        <label htmlFor="account-find">{t('find')}</label>
        <input id="account-find" className="plain-input" maxLength={120} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <Button htmlType="submit">{t('findAct')}</Button>
      <div className="field">
        <label htmlFor="account-state">{t('account')}</label>
        <select
          id="account-state"
          className="plain-select"
          value={state ?? ''}
          onChange={(event) => change({ state: event.target.value || undefined, after: undefined })}
        >
          <option value="">{t('allStates')}</option>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {t(`states.${one}`)}
            </option>
          ))}
        </select>
      </div>
    </form>
  );
}

interface AccountsTableProps {
  readonly accounts: readonly Account[];
  readonly next: string | undefined;
  readonly selected: readonly string[];
  readonly onSelect: (selected: readonly string[]) => void;
}

function AccountsTable({ accounts, next, selected, onSelect }: AccountsTableProps): ReactElement {
  const { t } = useTranslation(['admin', 'common']);
  const me = useMe();
  const roles = (list: Account['lineRoles']): string => list.map((role) => t(`common:role.${role}`)).join(' · ');
  const columns: readonly Column<Account>[] = [
    { key: 'name', title: t('person'), primary: true, render: ({ name }) => name ?? t('common:erased') },
    {
      key: 'department',
      title: t('department'),
      render: ({ department, position }) => [department, position].filter((part) => part !== null).join(' · '),
    },
    { key: 'state', title: t('account'), render: (account) => <State of={account} /> },
    { key: 'line', title: t('lineRoles'), render: ({ lineRoles }) => roles(lineRoles) },
    { key: 'granted', title: t('grantedRoles'), render: ({ grantedRoles }) => roles(grantedRoles) },
    {
      key: 'grant',
      title: '',
      render: (account) =>
        account.subject === me.subject ? <span className="soft">{t('ownRoles')}</span> : <GrantRoles account={account} />,
    },
  ];
  return (
    <DataTable
      label={t('tabs.accounts')}
      rows={accounts}
      rowKey={({ subject }) => subject}
      columns={columns}
      next={next}
      rowLabel={({ name, subject }) => name ?? subject}
      selection={{ selected, onChange: onSelect }}
      empty={<Empty title={t('empty')} text={t('emptyText')} />}
    />
  );
}

const KINDS: Readonly<Record<Account['state'], MarkKind>> = {
  none: 'plain',
  'no-login': 'warn',
  invited: 'run',
  active: 'good',
  locked: 'bad',
};

function State({ of: { state, until } }: { readonly of: Account }): ReactElement {
  const { t } = useTranslation('admin');
  return (
    <>
      <Mark kind={KINDS[state]}>{t(`states.${state}`)}</Mark>
      {until !== null && (
        <div className="soft">{state === 'locked' ? t('lockedUntil', { at: formatEnd(until) }) : t('until', { at: formatEnd(until) })}</div>
      )}
    </>
  );
}
