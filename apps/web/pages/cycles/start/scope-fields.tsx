import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../../api/client';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { BETWEEN } from './like';

const ROLES = [
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
] as const;
const LISTS = ['roles', 'departments', 'regions', 'teams'] as const;

/** Who is meant: all of the lists have to fit, and one without a choice fits everybody. */
export function ScopeFields({ named }: { readonly named: number }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const { data: units } = useQuery({ queryKey: ['cycles', 'units'], queryFn: () => bodyOf(api.GET('/api/v1/cycles/units')) });
  const plain = (names: readonly string[] | undefined) => (names ?? []).map((name) => ({ value: name, label: name }));
  const options = {
    roles: ROLES.map((role) => ({ value: role, label: common(`role.${role}`) })),
    departments: plain(units?.departments),
    regions: plain(units?.regions),
    teams: plain(units?.teams),
  };
  return (
    <>
      <p className="soft">{t('start.scopeText')}</p>
      <div className="form-grid">
        {LISTS.map((list) => (
          <ScopeField key={list} list={list} options={options[list]} />
        ))}
      </div>
      {named > 0 && <p>{t('start.named', { count: named })}</p>}
    </>
  );
}

function ScopeField({
  list,
  options,
}: {
  readonly list: (typeof LISTS)[number];
  readonly options: readonly { readonly value: string; readonly label: string }[];
}): ReactElement {
  const { t } = useTranslation('cycles');
  const address = useAddress();
  const change = useChangeAddress();
  const chosen = address[list]?.split(BETWEEN) ?? [];
  return (
    <div className="field">
      <label htmlFor={list}>{t(`start.${list}`)}</label>
      <Select
        id={list}
        mode="multiple"
        value={chosen}
        options={[...options]}
        maxCount={100}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next) => change({ [list]: next.length === 0 ? undefined : next.join(BETWEEN), after: undefined })}
      />
    </div>
  );
}
