import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { hasRole, type Role, useMe } from '../../app/session';
import { type Address, useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { ButtonLink } from '../../pieces/button-link';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { COMPANY_ZONE, formatDay } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import './data.css';
import { placesQuery } from './queries';

type Person = components['schemas']['Person'];

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
const PAGE = 50;

/** Everybody of the organisation on a day, as far as the reader may see them. */
export function PeoplePage(): ReactElement {
  const { t } = useTranslation('data');
  const me = useMe();
  const address = useAddress();
  const filter = filterOf(address);
  const query = { ...filter, limit: PAGE, ...(address['after'] === undefined ? {} : { after: address['after'] }) };
  const people = useQuery({
    queryKey: ['people', 'list', query],
    queryFn: () => bodyOf(api.GET('/api/v1/people', { params: { query } })),
    enabled: address['find'] === undefined,
  });
  const exported = `/api/v1/people/export?${new URLSearchParams(Object.entries(filter)).toString()}`;
  return (
    <Page
      title={t('people.title')}
      meta={metaOf(t, address['day'] ?? today(), people.data?.order)}
      actions={
        <>
          <Button href={exported} download>
            {t('people.export')}
          </Button>
          {hasRole(me, 'hr') && (
            <ButtonLink to="/imports/new?kind=people" primary>
              {t('people.import')}
            </ButtonLink>
          )}
        </>
      }
    >
      <Panel>
        <FindPerson />
        <Filters address={address} />
        {address['find'] === undefined ? (
          <Answer query={people} lines={10}>
            {({ items, next }) => <PeopleTable people={items} next={next} />}
          </Answer>
        ) : (
          <Found text={address['find']} />
        )}
      </Panel>
    </Page>
  );
}

/** The day, and in which order the people come. */
function metaOf(t: ReturnType<typeof useTranslation<'data'>>['t'], day: string, order: 'employee-no' | 'recorded' | undefined): string {
  const shown = formatDay(day);
  return order === undefined ? t('people.metaOf', { day: shown }) : t('people.meta', { day: shown, order: t(`people.order.${order}`) });
}

function filterOf(address: Address): Partial<Record<'department' | 'region' | 'team' | 'day', string>> & { role?: Role } {
  const role = ROLES.find((one) => one === address['role']);
  const { department, region, team, day } = address;
  return {
    ...(department === undefined ? {} : { department }),
    ...(region === undefined ? {} : { region }),
    ...(team === undefined ? {} : { team }),
    ...(day === undefined ? {} : { day }),
    ...(role === undefined ? {} : { role }),
  };
}

function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(Date.now());
}

function FindPerson(): ReactElement {
  const { t } = useTranslation('data');
  const { find } = useAddress();
  const change = useChangeAddress();
  const [text, setText] = useState(find ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change({ find: text.trim() === '' ? undefined : text.trim(), after: undefined });
  };
  return (
    <form className="filters" onSubmit={submit} role="search">
      <div className="field wide">
        <label htmlFor="find">{t('people.find')}</label>
        <input id="find" className="plain-input" value={text} maxLength={120} onChange={(event) => setText(event.target.value)} />
      </div>
      <Button htmlType="submit">{t('people.findAct')}</Button>
    </form>
  );
}

function Filters({ address }: { readonly address: Address }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const change = useChangeAddress();
  const { data: places } = useQuery(placesQuery);
  const choose = (part: Address): void => change({ ...part, after: undefined, find: undefined });
  const isFiltered = Object.keys(filterOf(address)).length > 0 || address['find'] !== undefined;
  return (
    <div className="filters">
      <Choice
        name="department"
        label={t('people.department')}
        values={places?.departments}
        chosen={address['department']}
        onChoose={choose}
      />
      <Choice name="region" label={t('people.region')} values={places?.regions} chosen={address['region']} onChoose={choose} />
      <Choice name="team" label={t('people.team')} values={places?.teams} chosen={address['team']} onChoose={choose} />
      <div className="field">
        <label htmlFor="role">{t('people.role')}</label>
        <select
          id="role"
          className="plain-select"
          value={address['role'] ?? ''}
          onChange={(event) => choose({ role: event.target.value || undefined })}
        >
          <option value="">{t('common:all')}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`common:role.${role}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="day">{t('people.day')}</label>
        <input
          id="day"
          type="date"
          className="plain-input"
          value={address['day'] ?? ''}
          onChange={(event) => choose({ day: event.target.value || undefined })}
        />
      </div>
      {isFiltered && (
        <Button onClick={() => choose({ department: undefined, region: undefined, team: undefined, role: undefined, day: undefined })}>
          {t('people.clear')}
        </Button>
      )}
    </div>
  );
}

function Choice({
  name,
  label,
  values,
  chosen,
  onChoose,
}: {
  readonly name: string;
  readonly label: string;
  readonly values: readonly string[] | undefined;
  readonly chosen: string | undefined;
  readonly onChoose: (part: Address) => void;
}): ReactElement {
  const { t } = useTranslation('common');
  const offered = [...new Set([...(values ?? []), ...(chosen === undefined ? [] : [chosen])])];
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <select
        id={name}
        className="plain-select"
        value={chosen ?? ''}
        onChange={(event) => onChoose({ [name]: event.target.value || undefined })}
      >
        <option value="">{t('all')}</option>
        {offered.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </div>
  );
}

function PeopleTable({ people, next }: { readonly people: readonly Person[]; readonly next: string | undefined }): ReactElement {
  const { t } = useTranslation(['data', 'common']);
  const columns: readonly Column<Person>[] = [
    { key: 'name', title: t('people.name'), primary: true, render: ({ subject, name }) => <PersonLink subject={subject} name={name} /> },
    { key: 'number', title: t('people.employeeNo'), render: ({ employeeNo }) => employeeNo },
    { key: 'roles', title: t('people.role'), render: ({ roles }) => roles.map((role) => t(`common:role.${role}`)).join(' · ') },
    { key: 'position', title: t('people.position'), render: ({ position }) => position },
    { key: 'department', title: t('people.department'), render: ({ department }) => department },
    { key: 'team', title: t('people.team'), render: ({ team }) => team },
    { key: 'region', title: t('people.region'), render: ({ region }) => region },
    {
      key: 'manager',
      title: t('people.manager'),
      render: ({ manager }) => manager && <PersonLink subject={manager.subject} name={manager.name} />,
    },
  ];
  return (
    <DataTable
      label={t('people.title')}
      rows={people}
      rowKey={({ subject }) => subject}
      columns={columns}
      next={next}
      empty={<Empty title={t('people.empty')} text={t('people.emptyText')} />}
    />
  );
}

/** A name that leads to its person. */
export function PersonLink({ subject, name }: { readonly subject: string; readonly name: string | null }): ReactElement {
  const { t } = useTranslation('common');
  return (
    <Link to="/people/$subject" params={{ subject }}>
      {name ?? t('erased')}
    </Link>
  );
}

function Found({ text }: { readonly text: string }): ReactElement {
  const { t } = useTranslation('data');
  const found = useQuery({
    queryKey: ['search', text],
    queryFn: () => bodyOf(api.GET('/api/v1/search', { params: { query: { q: text } } })),
  });
  return (
    <Answer query={found}>
      {({ items }) => {
        const people = items.filter(({ kind }) => kind === 'person');
        if (people.length === 0) return <Empty title={t('people.notFound', { text })} />;
        return (
          <ul className="cards">
            {people.map(({ id, title, subtitle }) => (
              <li key={id}>
                <PersonLink subject={id} name={title} /> <span className="soft">{subtitle}</span>
              </li>
            ))}
          </ul>
        );
      }}
    </Answer>
  );
}
