import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { roleWord } from './owed-list';

export interface Scope {
  readonly roles?: readonly string[];
  readonly departments?: readonly string[];
  readonly regions?: readonly string[];
  readonly teams?: readonly string[];
  readonly subjects?: readonly string[];
}

/** Who is meant, in words. */
export function ScopeWords({ scope }: { readonly scope: Scope }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const parts = [
    ...(scope.roles === undefined ? [] : [`${t('start.roles')}: ${scope.roles.map((role) => roleWord(role, common)).join(', ')}`]),
    ...(scope.departments === undefined ? [] : [`${t('start.departments')}: ${scope.departments.join(', ')}`]),
    ...(scope.regions === undefined ? [] : [`${t('start.regions')}: ${scope.regions.join(', ')}`]),
    ...(scope.teams === undefined ? [] : [`${t('start.teams')}: ${scope.teams.join(', ')}`]),
    ...(scope.subjects === undefined ? [] : [t('start.named', { count: scope.subjects.length })]),
  ];
  return <>{parts.length === 0 ? t('cycle.scopeAll') : parts.join(' · ')}</>;
}
