import type { Role } from './session';

export type NavGroup = 'mine' | 'team' | 'run' | 'data' | 'pay' | 'control';
export interface NavEntry {
  readonly key:
    | 'home'
    | 'appraisals'
    | 'statements'
    | 'myAppeals'
    | 'plan'
    | 'leaderboard'
    | 'team'
    | 'coaching'
    | 'cycles'
    | 'calibration'
    | 'schemes'
    | 'appeals'
    | 'people'
    | 'targets'
    | 'imports'
    | 'calendar'
    | 'payouts'
    | 'audit'
    | 'admin';
  readonly to: string;
  readonly group: NavGroup;
  /** What is taken along: the period of now, to pages that are of one. */
  readonly search?: { readonly period: string };
  /** Absent: everybody. What may be seen is decided by the API; this only leaves out what would be refused. */
  readonly roles?: readonly Role[];
}

export const NAVIGATION: readonly NavEntry[] = [
  { key: 'home', to: '/', group: 'mine' },
  { key: 'appraisals', to: '/me/appraisals', group: 'mine', roles: ['rep', 'manager'] },
  { key: 'statements', to: '/me/statement', group: 'mine', roles: ['rep', 'manager'] },
  { key: 'myAppeals', to: '/me/appeals', group: 'mine', roles: ['rep', 'manager'] },
  { key: 'plan', to: '/me/plan', group: 'mine', roles: ['rep'] },
  { key: 'leaderboard', to: '/leaderboard', group: 'mine' },
  { key: 'team', to: '/team', group: 'team', roles: ['manager', 'second-reviewer'] },
  { key: 'coaching', to: '/coaching', group: 'team', roles: ['coach', 'manager', 'hr', 'auditor'] },
  { key: 'cycles', to: '/cycles', group: 'run', roles: ['hr', 'general-manager', 'auditor', 'planning', 'finance', 'second-reviewer'] },
  { key: 'calibration', to: '/calibration', group: 'run', roles: ['hr', 'general-manager', 'auditor'] },
  {
    key: 'schemes',
    to: '/schemes',
    group: 'run',
    roles: ['hr', 'general-manager', 'auditor', 'finance', 'planning', 'manager', 'second-reviewer'],
  },
  { key: 'appeals', to: '/appeals', group: 'run', roles: ['hr', 'general-manager', 'auditor', 'panel', 'planning'] },
  { key: 'people', to: '/people', group: 'data', roles: ['hr', 'auditor'] },
  { key: 'targets', to: '/targets', group: 'data', roles: ['rep', 'manager', 'planning', 'hr', 'auditor'] },
  { key: 'imports', to: '/imports', group: 'data', roles: ['planning', 'hr', 'auditor'] },
  { key: 'calendar', to: '/calendar', group: 'data', roles: ['hr', 'planning', 'auditor'] },
  { key: 'payouts', to: '/payouts', group: 'pay', roles: ['finance', 'general-manager', 'auditor'] },
  { key: 'audit', to: '/audit', group: 'control', roles: ['auditor'] },
  { key: 'admin', to: '/admin', group: 'control', roles: ['admin'] },
];

export function navigationOf(roles: readonly Role[]): readonly NavEntry[] {
  return NAVIGATION.filter((entry) => entry.roles === undefined || entry.roles.some((role) => roles.includes(role)));
}

/** On a phone four entries stand at hand: the work of a role before what concerns oneself. */
const AT_HAND: readonly NavEntry['key'][] = [
  'home',
  'team',
  'cycles',
  'payouts',
  'coaching',
  'audit',
  'admin',
  'imports',
  'appeals',
  'appraisals',
  'plan',
  'leaderboard',
];

export function byHand(entries: readonly NavEntry[]): readonly NavEntry[] {
  const rank = ({ key }: NavEntry): number => (AT_HAND.includes(key) ? AT_HAND.indexOf(key) : AT_HAND.length);
  return [...entries].sort((one, other) => rank(one) - rank(other));
}
