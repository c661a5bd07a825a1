import { NAVIGATION, type NavEntry } from './navigation';
import type { Role } from './session';

export interface Guard {
  /** Those to whom the page is shown. */
  readonly roles: readonly Role[];
}

interface Rule extends Guard {
  readonly path: string;
  /** Also for the pages below it. Where not, those are for whoever is named on the case, and only the API knows. */
  readonly below: boolean;
}

const rolesOf = (key: NavEntry['key']): readonly Role[] => NAVIGATION.find((entry) => entry.key === key)?.roles ?? [];
const rule = (path: string, roles: readonly Role[], options: Partial<Rule> = {}): Rule => ({
  path,
  roles,
  below: false,
  ...options,
});
const BELOW = { below: true } as const;

/**
 * Pages that are refused as a whole to who lacks the role: by the navigation's table, with those who get there by links only.
 * The API decides all the same. What is left out (schemes, the calendar, one's own) everybody may read; who scores and reviews is named
 * by each scheme, by role or by person, and finds there what is theirs. The closest rule comes first.
 */
const RULES: readonly Rule[] = [
  rule('/team', [...rolesOf('team')]),
  rule('/coaching', rolesOf('coaching')),
  rule('/cycles/new', ['hr']),
  rule('/cycles', [...rolesOf('cycles'), 'manager'], BELOW),
  rule('/calibration', rolesOf('calibration'), BELOW),
  rule('/schemes/new', ['hr']),
  rule('/appeals', rolesOf('appeals')),
  rule('/people', rolesOf('people')),
  rule('/targets', rolesOf('targets')),
  rule('/imports', rolesOf('imports'), BELOW),
  rule('/payouts', rolesOf('payouts'), BELOW),
  rule('/audit', rolesOf('audit'), BELOW),
  rule('/admin', [...rolesOf('admin'), 'hr', 'auditor'], BELOW),
];

/** Why a page is not shown to who has these roles. Undefined: it is. */
export function lackedAt(path: string, roles: readonly Role[]): Guard | undefined {
  const place = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const found = RULES.find((one) => place === one.path || (one.below && place.startsWith(`${one.path}/`)));
  return found && !found.roles.some((role) => roles.includes(role)) ? found : undefined;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** How the parts of an address look that name a thing. Of others the API knows. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  cycleId: new RegExp(`^${UUID}$`, 'i'),
  planId: new RegExp(`^${UUID}$`, 'i'),
  appealId: new RegExp(`^${UUID}$`, 'i'),
  batchId: new RegExp(`^${UUID}$`, 'i'),
  subject: new RegExp(`^${UUID}$`, 'i'),
  appraisalId: new RegExp(`^${UUID}\\.${UUID}$`, 'i'),
  period: /^\d{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?$/,
};

/** Whether each part can be the name of something at all; what can't leads to no page. */
export function namesSomething(params: Readonly<Record<string, string | undefined>>): boolean {
  return Object.entries(params).every(([name, value]) => value === undefined || (SHAPES[name]?.test(value) ?? true));
}
