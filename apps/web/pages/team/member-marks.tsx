import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { Mark, type MarkKind } from '../../pieces/mark';

type Member = components['schemas']['TeamMember'];
type Appraisal = components['schemas']['Appraisal'];

/** Where a person's appraisal stands, and whether it is late. */
export function StatusMark({ member: { appraisal, overdue } }: { readonly member: Member }): ReactElement {
  const { t } = useTranslation('team');
  if (appraisal === null) return <span className="soft">{t('people.notIn')}</span>;
  const isLate = appraisal.steps.some(({ late }) => late);
  return (
    <span className="row">
      <Mark kind={kindOf(appraisal)}>{t(`status.${stateOf(appraisal)}`)}</Mark>
      {overdue && <Mark kind="bad">{t('status.overdue')}</Mark>}
      {isLate && <Mark kind="warn">{t('late')}</Mark>}
    </span>
  );
}

type State =
  | 'self-review'
  | 'manager-review'
  | 'second-review'
  | 'open'
  | 'scored'
  | 'published'
  | 'confirmed'
  | 'objected'
  | 'answered'
  | 'final'
  | 'cancelled';

function stateOf({ status, currentStep, response }: Appraisal): State {
  if (status === 'open') return currentStep ?? 'open';
  return status === 'published' && response !== 'none' ? response : status;
}

function kindOf({ status, response }: Appraisal): MarkKind {
  if (status === 'open') return 'run';
  if (status === 'published') return response === 'objected' ? 'warn' : 'good';
  return status === 'final' ? 'good' : 'plain';
}

const PLAN_KINDS: Readonly<Record<NonNullable<Member['plan']>['status'], MarkKind>> = {
  'on-track': 'good',
  'at-risk': 'warn',
  behind: 'bad',
  paused: 'plain',
  graduated: 'good',
  ended: 'plain',
};

export function PlanMark({ status }: { readonly status: NonNullable<Member['plan']>['status'] }): ReactElement {
  const { t } = useTranslation('team');
  return <Mark kind={PLAN_KINDS[status]}>{t(`plan.${status}`)}</Mark>;
}
