import type { PersonalText, PlainDay, SubjectId } from '#kernel';
import type { MetricCombine, MetricUnit } from './commands';
import type { Role } from './events';

/** Who is meant: everyone whose line matches all the lists given (an absent list matches all). Same shape as a cycle's scope. */
export interface MemberScope {
  readonly roles?: readonly string[] | undefined;
  readonly departments?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly subjects?: readonly SubjectId[] | undefined;
}

export interface MembersQuery {
  readonly scope: MemberScope;
  /** First and last day of the period, both included. */
  readonly firstDay: PlainDay;
  readonly lastDay: PlainDay;
  /** Log position: imports completed after it are not seen. The caller has waited until the read models reached it. */
  readonly asOf?: number;
  /** The person's first 4 bytes of SHA-256(subject id) mod `of` is `index`. */
  readonly cohort?: { readonly index: number; readonly of: number };
  /** Also those outside the scope, as excluded `not-in-scope`; for "who is not in it and why". Default false. */
  readonly withOutOfScope?: boolean;
  readonly afterSubject?: SubjectId;
  /** At most ORGANISATION_READ_LIMITS.page. */
  readonly limit: number;
}

export type MemberExclusion = 'not-in-scope' | 'not-employed-in-period' | 'left' | 'no-manager';

/** Where a person stands on one day. */
export interface PersonUnit {
  readonly subject: SubjectId;
  readonly roles: readonly Role[];
  readonly position: string | null;
  readonly department: string;
  readonly team: string | null;
  readonly region: string | null;
  readonly site: string | null;
  readonly manager: SubjectId | null;
}

/** Days of a period, both included, on which a person stood at one place of the organisation. */
export interface Stretch {
  readonly from: PlainDay;
  readonly to: PlainDay;
  readonly department: string;
  readonly manager: SubjectId | null;
}

/**
 * A person in a period, as of their last day in it (for those excluded as `not-employed-in-period`: of their nearest line).
 * Counts as a member when employed on the period's last day with a manager; otherwise `excluded` says why not.
 */
export interface MemberRow extends PersonUnit {
  /** Calendar days of the period on which a line holds. */
  readonly employedDays: number;
  readonly firstEmployedDay: PlainDay | null;
  readonly lastEmployedDay: PlainDay | null;
  /** In order of time, one for each line that holds on a day of the period; none for who isn't employed in it. */
  readonly stretches: readonly Stretch[];
  readonly excluded: MemberExclusion | null;
}

export interface MemberCount {
  readonly members: number;
  readonly excluded: readonly { readonly reason: MemberExclusion; readonly count: number }[];
}

export interface PersonTexts {
  readonly name: PersonalText;
  readonly employeeNo: PersonalText;
  readonly login: PersonalText | null;
}

export interface PeopleFilter {
  readonly roles?: readonly string[];
  readonly departments?: readonly string[];
  readonly regions?: readonly string[];
  readonly teams?: readonly string[];
  /** Direct reports of this person. */
  readonly manager?: SubjectId;
}

export interface LineBelowQuery {
  readonly leader: SubjectId;
  readonly day: PlainDay;
  readonly asOf?: number;
  readonly afterSubject?: SubjectId;
  /** At most ORGANISATION_READ_LIMITS.page. */
  readonly limit: number;
}

export interface CalendarOverrideRow {
  readonly region: string;
  readonly day: PlainDay;
  readonly working: boolean;
  readonly reason: string;
}

export interface SiteRow {
  readonly site: string;
  readonly zone: string;
  readonly calendarRegion: string;
}

export interface DeclaredMetric {
  readonly metric: string;
  readonly unit: MetricUnit;
  readonly combine: MetricCombine;
  readonly owner: SubjectId | null;
  readonly minimum: string | null;
}

export interface PeopleImportView {
  readonly importId: string;
  readonly rows: number;
  readonly newPeople: number;
  readonly changedPeople: number;
  readonly unchangedPeople: number;
  readonly completedAt: string;
  readonly position: number;
}

/** `below`: people under one leader; twice the largest company that is measured, so that only a mistake meets it. */
export const ORGANISATION_READ_LIMITS = { page: 2_000, subjects: 5_000, lineDepth: 50, below: 200_000 } as const;

/** `asOf` everywhere: log position, the latest when absent. Days answer from the lines known at that position. */
export interface OrganisationReader {
  /** By subject id ascending; the last row's subject is the next page's `afterSubject`; a short page is the last. */
  members(query: MembersQuery): Promise<readonly MemberRow[]>;
  countMembers(query: Omit<MembersQuery, 'afterSubject' | 'limit'>): Promise<MemberCount>;
  /** Undefined when no line holds on that day. */
  person(subject: SubjectId, day: PlainDay, asOf?: number): Promise<PersonUnit | undefined>;
  people(subjects: readonly SubjectId[], day: PlainDay, asOf?: number): Promise<ReadonlyMap<SubjectId, PersonUnit>>;
  /** Everyone with a line on that day that matches the filter, by subject id. */
  list(query: {
    readonly filter: PeopleFilter;
    readonly day: PlainDay;
    readonly asOf?: number;
    readonly afterSubject?: SubjectId;
    readonly limit: number;
  }): Promise<readonly PersonUnit[]>;
  /** Keys are made by PersonalTexts.lookupKey of the same kind; a name may belong to several people. */
  find(kind: 'employee-no' | 'login' | 'name', keys: readonly string[], asOf?: number): Promise<ReadonlyMap<string, readonly SubjectId[]>>;
  findByEmployeeNo(key: string): Promise<SubjectId | undefined>;
  findByLogin(key: string): Promise<SubjectId | undefined>;
  names(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, PersonalText>>;
  texts(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, PersonTexts>>;
  /** Manager, manager's manager … on that day; at most `lineDepth`. */
  lineAbove(subject: SubjectId, day: PlainDay, asOf?: number): Promise<readonly SubjectId[]>;
  /**
   * Everyone who reports to the leader on that day, directly or through others, in one query a page: by subject id, a short
   * page is the last. Each stands in it once, the leader never, also where lines run in a ring. Thrown: Rejection
   * `organisation.too-many-below` { most } where more than ORGANISATION_READ_LIMITS.below are.
   */
  lineBelow(query: LineBelowQuery): Promise<readonly PersonUnit[]>;
  calendarOverrides(region: string, asOf?: number): Promise<readonly CalendarOverrideRow[]>;
  /** Undefined where nobody declared it: the company's default zone and calendar hold. */
  site(site: string): Promise<SiteRow | undefined>;
  sites(): Promise<readonly SiteRow[]>;
  declaredMetrics(asOf?: number): Promise<readonly DeclaredMetric[]>;
  imports(): Promise<readonly PeopleImportView[]>;
}
