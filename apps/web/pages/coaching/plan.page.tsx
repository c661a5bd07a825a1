import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { formatDay } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { weekOf } from '../../pieces/plan-due';
import { Activity } from './activity';
import { Assess } from './assess';
import './coaching.css';
import { Gates } from './gates';
import { Happenings } from './happenings';
import { Manage, useManages } from './manage';
import { PlanBar } from './plan-bar';
import { isOver, type Log, logsQuery, type Plan, planQuery } from './plans';
import { Radar } from './radar';
import { Reviews, WeeklyReview } from './reviews';
import { PlanStatus } from './status';

const route = getRouteApi('/frame/coaching/$planId');

/** One plan as its coach works on it: where it stands, the week's talk beside the week's numbers, the gates. */
export function PlanPage(): ReactElement {
  const { planId } = route.useParams();
  const plan = useQuery(planQuery(planId));
  const logs = useQuery(logsQuery(planId));
  return (
    <Answer query={plan} lines={8}>
      {(found) => <Answer query={logs}>{({ items }) => <Whole plan={found} logs={items} />}</Answer>}
    </Answer>
  );
}

function Whole({ plan, logs }: { readonly plan: Plan; readonly logs: readonly Log[] }): ReactElement {
  const { t } = useTranslation('coaching');
  const me = useMe();
  const manages = useManages(plan);
  const isCoach = me.subject === plan.coach && !isOver(plan.status.status);
  const name = plan.name ?? t('erased');
  return (
    <Page title={t('plan.title', { name })} meta={<Meta plan={plan} />} actions={manages ? <Manage plan={plan} /> : undefined}>
      <div className="plan-page">
        <div>
          <Panel title={t('bar.title')}>
            <PlanStatus plan={plan} />
            <PlanBar plan={plan} />
          </Panel>
          {isCoach && (
            <Panel title={t('review.title', { week: weekOf(plan) })}>
              <WeeklyReview plan={plan} />
            </Panel>
          )}
          <Panel title={t('review.panel')}>
            <Reviews plan={plan} />
          </Panel>
          <Panel title={t('happened.panel')}>
            <Happenings plan={plan} />
          </Panel>
        </div>
        <div>
          <Panel title={t('gates')}>
            <Gates plan={plan} />
          </Panel>
          <Panel title={t('activity.panel')}>
            <Activity plan={plan} logs={logs} />
          </Panel>
          <Panel title={t('radar.panel')}>
            {isCoach && <Assess plan={plan} />}
            <Radar plan={plan} />
          </Panel>
        </div>
      </div>
    </Page>
  );
}

function Meta({ plan }: { readonly plan: Plan }): ReactElement {
  const { t } = useTranslation('coaching');
  const { cause } = plan;
  const why = cause.kind === 'hr' ? t('cause.hr', { reason: cause.reason }) : t(`cause.${cause.kind}`);
  return (
    <>
      {t('plan.meta', { day: formatDay(plan.startDay), coach: plan.coachName ?? t('erased'), why })}
      {plan.mentor !== null && ` · ${t('plan.mentor', { name: plan.mentorName ?? t('erased') })}`}
      {plan.pausedDays > 0 && ` · ${t('plan.pausedDays', { count: plan.pausedDays })}`}
      {plan.extensionDays > 0 && ` · ${t('plan.extensionDays', { count: plan.extensionDays })}`}
    </>
  );
}
