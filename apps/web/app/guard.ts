import { isAppraisalId, isUuid } from '../pieces/ids';
import { NAVIGATION, type NavEntry } from './navigation';
import type { Role } from './session';

interface Rule {
  readonly path: string;
  /** Those to whom the page is shown. */
  readonly roles: readonly Role[];
  /** Also for the pages below it. Where not, those are for whoever is named on the case, and only the API knows. */
  readonly below: boolean;
}

const rolesOf = (key: NavEntry['key']): readonly Role[] => NAVIGATION.find((entry) => entry.key === key)?.roles ?? [];
const alone = (path: string, roles: readonly Role[]): Rule => ({ path, roles, below: false });
const withBelow = (path: string, roles: readonly Role[]): Rule => ({ path, roles, below: true });

/**
 * Pages that are refused as a whole to who lacks the role: by the navigation's table, with those who get there by links only.
 * The API decides all the same. What is left out (schemes, the calendar, one's own) everybody may read; who scores and reviews is named
 * by each scheme, by role or by person, and finds there what is theirs. The closest rule comes first.
 */
const RULES: readonly Rule[] = [
  alone('/team', rolesOf('team')),
  alone('/coaching', rolesOf('coaching')),
  alone('/cycles/new', ['hr']),
  withBelow('/cycles', [...rolesOf('cycles'), 'manager']),
  withBelow('/calibration', rolesOf('calibration')),
  alone('/schemes/new', ['hr']),
  alone('/appeals', rolesOf('appeals')),
  alone('/people', rolesOf('people')),
  alone('/targets', rolesOf('targets')),
  withBelow('/imports', rolesOf('imports')),
  withBelow('/payouts', rolesOf('payouts')),
  withBelow('/audit', rolesOf('audit')),
  withBelow('/admin', [...rolesOf('admin'), 'hr', 'auditor']),
];

/** To whom a page is shown instead, when not to who has these roles. Undefined: it is shown. */
export function lackedAt(path: string, roles: readonly Role[]): readonly Role[] | undefined {
  const place = path.length > 1 ? path.replace(/\/+$/, '') : path;
  const found = RULES.find((one) => place === one.path || (one.below && place.startsWith(`${one.path}/`)));
  return found?.roles.some((role) => roles.includes(role)) === false ? found.roles : undefined;
}

/** How the parts of an address look that name a thing. Of others the API knows. */
const SHAPES: Readonly<Record<string, (part: string) => boolean>> = {
  cycleId: isUuid,
  planId: isUuid,
  appealId: isUuid,
  batchId: isUuid,
  subject: isUuid,
  appraisalId: isAppraisalId,
  period: (part) => /^\d{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?$/.test(part),
};

/** Whether each part can be the name of something at all; what can't leads to no page. */
export function namesSomething(params: Readonly<Record<string, string | undefined>>): boolean {
  return Object.entries(params).every(([name, value]) => value === undefined || (SHAPES[name]?.(value) ?? true));
}
