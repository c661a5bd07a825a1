import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatInstant } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import type { Owed, OwedPhase } from './queries';

export interface OwedListProps {
  readonly rows: readonly Owed[];
  readonly phase: OwedPhase;
  readonly next?: string | undefined;
  readonly selection?: { readonly selected: readonly string[]; readonly onChange: (selected: readonly string[]) => void };
}

/** Names a row for people and for the table: somebody may owe several things on one appraisal. */
export function owedKey({ subject, name, kind, department, part }: Owed): string {
  return [name ?? '', department ?? '', part ?? '', kind, subject].join(' · ');
}

/** What is owed of a phase: on whose appraisal, by whom, until when, and whether it was reminded of. */
export function OwedList({ rows, phase, next, selection }: OwedListProps): ReactElement {
  const { t } = useTranslation('cycles');
  const columns = useColumns(phase);
  const name = t(`phase.${phase}`);
  return (
    <DataTable
      label={t('owed.list')}
      rows={rows}
      rowKey={owedKey}
      columns={columns}
      next={next}
      empty={<Empty title={t('owed.emptyTitle', { phase: name })} text={t('owed.emptyText')} />}
      {...(selection === undefined ? {} : { selection })}
    />
  );
}

function useColumns(phase: OwedPhase): readonly Column<Owed>[] {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  const whose: Column<Owed> = {
    key: 'whose',
    title: t('owed.whose'),
    primary: true,
    render: ({ name, department, part }) =>
      [name ?? common('erased'), department, part === null ? null : t('owed.part', { part })].filter(Boolean).join(' · '),
  };
  const by: Column<Owed> = { key: 'by', title: t('owed.by'), render: (row) => <WaitsFor row={row} /> };
  const isTheirs = phase === 'self-review' || phase === 'confirmation';
  return [
    whose,
    ...(isTheirs ? [] : [by]),
    {
      key: 'due',
      title: t('owed.due'),
      render: ({ dueAt, overdue }) => (
        <span className="row">
          {overdue && <Mark kind="bad">{t('owed.overdue')}</Mark>}
          {dueAt !== null && <Deadline at={dueAt} />}
        </span>
      ),
    },
    {
      key: 'reminded',
      title: t('owed.reminded'),
      render: ({ reminded }) =>
        reminded === null ? (
          <span className="soft">{t('owed.notReminded')}</span>
        ) : (
          t('owed.remindedAt', { when: formatInstant(reminded.at), count: reminded.times })
        ),
    },
  ];
}

function WaitsFor({ row: { by, byName, role } }: { readonly row: Owed }): ReactElement {
  const { t } = useTranslation('cycles');
  const { t: common } = useTranslation('common');
  if (by !== null) return <>{byName ?? common('erased')}</>;
  return <>{role === null ? '–' : t('owed.byRole', { role: roleWord(role, common) })}</>;
}

type Common = ReturnType<typeof useTranslation<'common'>>['t'];
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

export function roleWord(role: string, common: Common): string {
  const known = ROLES.find((one) => one === role);
  return known === undefined ? role : common(`role.${known}`);
}
