import { hasRole, type Me } from '../../app/session';

export const IMPORT_KINDS = ['people', 'targets', 'facts'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Kinds of files that a person hands in; the API decides, this only leaves out what it would refuse. */
export function kindsOf(me: Me): readonly ImportKind[] {
  return IMPORT_KINDS.filter((kind) => hasRole(me, kind === 'people' ? 'hr' : 'planning'));
}

/** Columns of the files as documented, those that must be there first marked. */
export const COLUMNS: Readonly<Record<ImportKind, { readonly all: readonly string[]; readonly required: readonly string[] }>> = {
  people: {
    all: [
      'employee_no',
      'name',
      'login',
      'roles',
      'position',
      'department',
      'team',
      'region',
      'site',
      'manager_no',
      'valid_from',
      'valid_to',
    ],
    required: ['employee_no', 'name', 'department'],
  },
  targets: { all: ['owner', 'metric', 'period', 'value'], required: ['owner', 'metric', 'period', 'value'] },
  facts: {
    all: ['employee_no', 'metric', 'value', 'happened_on', 'record_id'],
    required: ['employee_no', 'metric', 'value', 'happened_on', 'record_id'],
  },
};
