import { isSubjectId, type PlainDay } from '#kernel';
import {
  type Column,
  type ColumnRef,
  Columns,
  compileCondition,
  dateReader,
  foldName,
  Problems,
  refName,
  type RowTest,
  type Table,
  type TableRow,
} from '#libs/tabular';
import { type PeopleProfile, type Role, ROLES } from '../contracts';
import type { CheckColumns, PersonRow } from '../domain/people-check.policy';

/** The file as documented: `employee_no,name,login,roles,position,department,team,region,site,manager_no,valid_from,valid_to`. */
export const STANDARD_PEOPLE_PROFILE: PeopleProfile = {
  kind: 'people',
  employeeNo: { column: ['employee_no', '工号'] },
  name: { column: ['name', '姓名'] },
  login: { column: ['login', '登录名', '账号'] },
  roles: {
    column: ['roles', '角色'],
    words: {
      销售员: 'rep',
      组长: 'manager',
      区域经理: 'manager',
      销售计划: 'planning',
      销售副总: 'second-reviewer',
      人力资源: 'hr',
      总经理: 'general-manager',
      财务: 'finance',
      评审: 'panel',
      教练: 'coach',
      审计: 'auditor',
      管理员: 'admin',
    },
    otherwise: [],
  },
  position: { column: ['position', '职位', '岗位'] },
  department: { column: ['department', '部门'] },
  team: { column: ['team', '小组', '团队'] },
  region: { column: ['region', '区域', '大区'] },
  site: { column: ['site', '地点', '办公地'] },
  manager: { column: ['manager_no', '上级工号'], by: 'employee-no' },
  validFrom: { column: ['valid_from', '生效日期'], formats: ['YYYY-MM-DD'] },
  validTo: { column: ['valid_to', '失效日期'], formats: ['YYYY-MM-DD'] },
  strictColumns: true,
};

export const PEOPLE_LIMITS = { codeChars: 60, nameChars: 120, labelChars: 120 } as const;
const ROLE_SEPARATOR = /[;,|/、，；]+/;

export interface PeopleFile {
  readonly rows: readonly PersonRow[];
  readonly columns: CheckColumns;
  /** Rows that the profile's filter left out. */
  readonly filtered: number;
}

/** The rows of a people file by its profile; problems are added for everything that can't be read. */
export function readPeopleFile(table: Table, profile: PeopleProfile, problems: Problems): PeopleFile {
  const layout = new Layout(table, profile, problems);
  const columns: CheckColumns = {
    employeeNo: layout.nameOf(profile.employeeNo.column),
    login: layout.nameOf(profile.login?.column ?? 'login'),
    manager: layout.nameOf(profile.manager?.column ?? 'manager_no'),
    validFrom: layout.nameOf(profile.validFrom?.column ?? 'valid_from'),
    site: layout.nameOf(cellColumn(profile.site) ?? 'site'),
  };
  if (problems.total > 0) return { rows: [], columns, filtered: 0 };
  const counted = table.rows.filter(({ cells }) => layout.counts(cells));
  const rows = counted.map((row) => layout.personOf(row));
  const withManagers = profile.managersBecomePeople ? [...rows, ...managersOf(rows, profile.managersBecomePeople)] : rows;
  return { rows: withManagers, columns, filtered: table.rows.length - counted.length };
}

type Cell = NonNullable<PeopleProfile['team']>;

function cellColumn(cell: Cell | undefined): ColumnRef | undefined {
  return cell && 'column' in cell ? cell.column : undefined;
}

type Reader = (row: TableRow) => string;

class Layout {
  readonly #columns: Columns;
  readonly #missing = new Set<string>();
  readonly counts: RowTest;
  readonly #employeeNo: Reader;
  readonly #name: Reader;
  readonly #login: Reader;
  readonly #roles: (row: TableRow) => readonly Role[];
  readonly #labels: Readonly<Record<'position' | 'department' | 'team' | 'region' | 'site', Reader>>;
  readonly #manager: Reader;
  readonly #validFrom: (row: TableRow) => PlainDay | null;
  readonly #validTo: (row: TableRow) => PlainDay | null;

  constructor(
    table: Table,
    private readonly profile: PeopleProfile,
    private readonly problems: Problems,
  ) {
    this.#columns = new Columns(table.header);
    this.counts = profile.filter ? compileCondition(profile.filter, this.#columns, (column) => this.missing(column)) : () => true;
    this.#employeeNo = this.text(profile.employeeNo.column, { required: true, chars: PEOPLE_LIMITS.codeChars });
    this.#name = this.text(profile.name.column, { required: true, chars: PEOPLE_LIMITS.nameChars });
    this.#login = profile.login ? this.text(profile.login.column, { required: false, chars: PEOPLE_LIMITS.codeChars }) : () => '';
    this.#roles = this.roles();
    this.#labels = {
      position: this.label(profile.position, false),
      department: this.label(profile.department, true),
      team: this.label(profile.team, false),
      region: this.label(profile.region, false),
      site: this.label(profile.site, false),
    };
    this.#manager = profile.manager ? this.text(profile.manager.column, { required: false, chars: PEOPLE_LIMITS.nameChars }) : () => '';
    this.#validFrom = this.day(profile.validFrom);
    this.#validTo = this.day(profile.validTo);
    if (profile.strictColumns) this.refuseOthers();
  }

  nameOf(ref: ColumnRef): string {
    return this.#columns.find(ref)?.name ?? refName(ref);
  }

  personOf(row: TableRow): PersonRow {
    const manager = this.#manager(row);
    const validFrom = this.#validFrom(row);
    const validTo = this.#validTo(row);
    if (validFrom !== null && validTo !== null && validTo <= validFrom)
      this.problems.add(row.row, this.nameOf(this.profile.validTo?.column ?? 'valid_to'), 'ends-before-it-begins', validTo);
    return {
      row: row.row,
      employeeNo: this.#employeeNo(row),
      name: this.#name(row),
      login: this.#login(row) || null,
      roles: this.#roles(row),
      position: this.#labels.position(row) || null,
      department: this.#labels.department(row),
      team: this.#labels.team(row) || null,
      region: this.#labels.region(row) || null,
      site: this.#labels.site(row) || null,
      manager: manager === '' ? null : { by: this.profile.manager?.by ?? 'employee-no', text: manager },
      validFrom,
      validTo,
    };
  }

  private text(ref: ColumnRef, rule: { readonly required: boolean; readonly chars: number }): Reader {
    const column = this.column(ref, rule.required);
    if (!column) return () => '';
    return ({ row, cells }) => {
      const text = cells[column.index] ?? '';
      if (text === '' && rule.required) this.problems.add(row, column.name, 'empty');
      if (text.length > rule.chars) this.problems.add(row, column.name, 'too-long');
      // Ids of the log look like this: a person whose number did could be taken for another.
      else if (isSubjectId(text)) this.problems.add(row, column.name, 'looks-like-an-internal-id');
      return text;
    };
  }

  private label(cell: Cell | undefined, required: boolean): Reader {
    if (!cell) return () => '';
    if ('constant' in cell) return () => cell.constant;
    return this.text(cell.column, { required, chars: PEOPLE_LIMITS.labelChars });
  }

  private roles(): (row: TableRow) => readonly Role[] {
    const { column: ref, words = {}, otherwise } = this.profile.roles;
    const column = ref === undefined ? undefined : this.column(ref, false);
    if (!column) return () => otherwise;
    const meaning = new Map<string, Role>(ROLES.map((role) => [role, role]));
    for (const [word, role] of Object.entries(words)) meaning.set(foldName(word), role);
    return ({ row, cells }) => {
      const found = new Set<Role>();
      for (const word of (cells[column.index] ?? '').split(ROLE_SEPARATOR).map((part) => foldName(part))) {
        if (word === '') continue;
        const role = meaning.get(word);
        if (role) found.add(role);
        else this.problems.add(row, column.name, 'unknown-role', word);
      }
      return found.size === 0 ? otherwise : ROLES.filter((role) => found.has(role));
    };
  }

  private day(field: PeopleProfile['validFrom']): (row: TableRow) => PlainDay | null {
    const column = field && this.column(field.column, false);
    if (!field || !column) return () => null;
    const read = dateReader(field.formats);
    return ({ row, cells }) => {
      const text = cells[column.index] ?? '';
      if (text === '') return null;
      const day = read(text);
      if (day === undefined) this.problems.add(row, column.name, 'not-a-date', text);
      return day ?? null;
    };
  }

  private column(ref: ColumnRef, required: boolean): Column | undefined {
    const column = this.#columns.find(ref);
    if (!column && (required || !this.profile.strictColumns)) this.missing(refName(ref));
    return column;
  }

  private missing(name: string): void {
    if (!this.#missing.has(name)) this.problems.add(1, name, 'missing-column');
    this.#missing.add(name);
  }

  private refuseOthers(): void {
    const { profile } = this;
    const cells = [profile.position, profile.department, profile.team, profile.region, profile.site].map(cellColumn);
    const fields = [profile.employeeNo, profile.name, profile.login, profile.roles, profile.manager, profile.validFrom, profile.validTo];
    const refs = [...cells, ...fields.map((field) => field?.column)].filter((ref) => ref !== undefined);
    for (const name of this.#columns.others(refs)) this.problems.add(1, name, 'unknown-column');
  }
}

/** Managers who stand only in a column: in the unit that all who name them share. */
function managersOf(rows: readonly PersonRow[], rule: NonNullable<PeopleProfile['managersBecomePeople']>): readonly PersonRow[] {
  const present = new Set(rows.map(({ name, employeeNo, manager }) => foldName(manager?.by === 'employee-no' ? employeeNo : name)));
  const reports = new Map<string, PersonRow[]>();
  for (const row of rows) {
    const key = row.manager && foldName(row.manager.text);
    if (key === null || present.has(key)) continue;
    const list = reports.get(key);
    if (list) list.push(row);
    else reports.set(key, [row]);
  }
  return [...reports.values()].flatMap((team) => {
    const [first] = team;
    if (!first?.manager) return [];
    const shared = (key: 'team' | 'region' | 'site'): string | null => (team.every((row) => row[key] === first[key]) ? first[key] : null);
    const { text } = first.manager;
    return [
      {
        row: first.row,
        employeeNo: text,
        name: text,
        login: null,
        roles: rule.roles,
        position: rule.position ?? null,
        department: first.department,
        team: shared('team'),
        region: shared('region'),
        site: shared('site'),
        manager: null,
        validFrom: null,
        validTo: null,
        onlyNamed: true,
      },
    ];
  });
}
