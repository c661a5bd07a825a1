import type { PlainDay, SubjectId } from '#kernel';
import type { MemberExclusion, MemberRow, MemberScope, PersonUnit } from '../contracts';
import { employment, type Standing, type Timeline } from './timeline.policy';

/** Lists as sets, made once for many people. */
export interface CompiledScope {
  readonly roles: ReadonlySet<string> | undefined;
  readonly departments: ReadonlySet<string> | undefined;
  readonly regions: ReadonlySet<string> | undefined;
  readonly teams: ReadonlySet<string> | undefined;
  readonly subjects: ReadonlySet<string> | undefined;
}

export function compileScope(scope: MemberScope): CompiledScope {
  const set = (list: readonly string[] | undefined): ReadonlySet<string> | undefined => (list === undefined ? undefined : new Set(list));
  return {
    roles: set(scope.roles),
    departments: set(scope.departments),
    regions: set(scope.regions),
    teams: set(scope.teams),
    subjects: set(scope.subjects),
  };
}

export function inScope(scope: CompiledScope, unit: Standing, subject: SubjectId): boolean {
  return (
    (scope.subjects === undefined || scope.subjects.has(subject)) &&
    (scope.roles === undefined || unit.roles.some((role) => scope.roles?.has(role))) &&
    matches(scope.departments, unit.department) &&
    matches(scope.regions, unit.region) &&
    matches(scope.teams, unit.team)
  );
}

function matches(list: ReadonlySet<string> | undefined, value: string | null): boolean {
  return list === undefined || (value !== null && list.has(value));
}

/**
 * A person's place in a period: in scope by their last line in it, a member when that line holds on the last day and names
 * a manager. Undefined when nothing was ever known of the person.
 */
export function memberOf(
  subject: SubjectId,
  timeline: Timeline,
  window: { readonly firstDay: PlainDay; readonly lastDay: PlainDay },
  scope: CompiledScope,
): MemberRow | undefined {
  const employed = employment(timeline, window.firstDay, window.lastDay);
  const segment = employed.segment ?? nearest(timeline, window.firstDay);
  if (!segment) return undefined;
  return {
    ...unitOf(subject, segment),
    employedDays: employed.days,
    firstEmployedDay: employed.first,
    lastEmployedDay: employed.last,
    stretches: employed.stretches.map(({ from, to, segment: { department, manager } }) => ({ from, to, department, manager })),
    excluded: inScope(scope, segment, subject) ? exclusion(segment, employed, window.lastDay) : 'not-in-scope',
  };
}

function exclusion(
  segment: Standing,
  employed: { readonly days: number; readonly last: PlainDay | null },
  lastDay: PlainDay,
): MemberExclusion | null {
  if (employed.days === 0) return 'not-employed-in-period';
  if (employed.last !== lastDay) return 'left';
  return segment.manager === null ? 'no-manager' : null;
}

/** For people outside the period: their last line before it, else their first one after. */
function nearest(timeline: Timeline, firstDay: PlainDay): Standing | undefined {
  let before: Standing | undefined;
  for (const segment of timeline) {
    if (segment.from !== null && segment.from >= firstDay) return before ?? segment;
    before = segment;
  }
  return before;
}

export function unitOf(subject: SubjectId, standing: Standing): PersonUnit {
  const { roles, position, department, team, region, site, manager } = standing;
  return { subject, roles, position, department, team, region, site, manager };
}
