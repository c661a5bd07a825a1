import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark, type MarkKind } from '../../pieces/mark';
import type { CycleStatus, PhaseOfCycle, Progress } from './queries';

const STATUS_KIND: Readonly<Record<CycleStatus, MarkKind>> = { running: 'run', paused: 'warn', cancelled: 'bad', closed: 'good' };
const STATE_KIND: Readonly<Record<PhaseOfCycle['state'], MarkKind>> = { planned: 'plain', open: 'run', complete: 'good', closed: 'good' };

export function StatusMark({ status }: { readonly status: CycleStatus }): ReactElement {
  const { t } = useTranslation('cycles');
  return <Mark kind={STATUS_KIND[status]}>{t(`status.${status}`)}</Mark>;
}

export function StateMark({ state }: { readonly state: PhaseOfCycle['state'] }): ReactElement {
  const { t } = useTranslation('cycles');
  return <Mark kind={STATE_KIND[state]}>{t(`state.${state}`)}</Mark>;
}

/** How many still owe what an open phase asks for; none where it asks nothing of people. */
export function owedIn({ members, done, skipped }: Pick<Progress, 'members' | 'done' | 'skipped'>): number {
  return Math.max(members - done - skipped, 0);
}

export type PeriodKind = 'month' | 'quarter' | 'year';
export function kindOf(period: string): PeriodKind {
  if (/^\d{4}-\d{2}$/.test(period)) return 'month';
  return /^\d{4}-Q[1-4]$/.test(period) ? 'quarter' : 'year';
}

/** The period after, of the same kind. */
export function periodAfter(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) {
    const next = Number(month[1]) * 12 + Number(month[2]);
    return `${Math.floor(next / 12)}-${String((next % 12) + 1).padStart(2, '0')}`;
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) {
    const next = Number(quarter[1]) * 4 + Number(quarter[2]);
    return `${Math.floor(next / 4)}-Q${(next % 4) + 1}`;
  }
  return String(Number(period) + 1);
}
