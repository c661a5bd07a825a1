import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { formatDay } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { Activity } from './activity';
import { Assess } from './assess';
import './coaching.css';
import { DailyLogForm } from './daily-log';
import { Gates } from './gates';
import { Happenings } from './happenings';
import { PlanBar } from './plan-bar';
import { currentOf, isOver, logsQuery, type Plan, plansQuery } from './plans';
import { Radar } from './radar';
import { Reviews } from './reviews';
import { PlanStatus } from './status';

const route = getRouteApi('/frame/me/plan');

/** My 100 days: today's log first, since that is what is done here every day. */
export function MyPlanPage(): ReactElement {
  const me = useMe();
  const search = route.useSearch();
  const query = useQuery(plansQuery({ subject: me.subject }));
  return (
    <Answer query={query} lines={8}>
      {({ items }) => {
        const plan = items.find(({ planId }) => planId === search.plan) ?? currentOf(items);
        return plan ? <MyPlan plan={plan} plans={items} /> : <NoPlan />;
      }}
    </Answer>
  );
}

function NoPlan(): ReactElement {
  const { t } = useTranslation('coaching');
  return (
    <Page title={t('mine.title')}>
      <Panel>
        <Empty title={t('mine.none')} text={t('mine.noneText')} next={<Link to="/">{t('mine.home')}</Link>} />
      </Panel>
    </Page>
  );
}

function MyPlan({ plan, plans }: { readonly plan: Plan; readonly plans: readonly Plan[] }): ReactElement {
  const { t } = useTranslation('coaching');
  const logs = useQuery(logsQuery(plan.planId));
  const isRunning = !isOver(plan.status.status);
  return (
    <Page
      title={t('mine.title')}
      meta={t('mine.meta', { day: formatDay(plan.startDay), coach: plan.coachName ?? t('erased') })}
      actions={<OtherPlans plans={plans} shown={plan.planId} />}
    >
      <Answer query={logs}>
        {({ items }) => (
          <div className="plan-page">
            <div>
              {isRunning && (
                <Panel title={t('log.title')}>
                  <DailyLogForm plan={plan} logs={items} />
                </Panel>
              )}
              <Panel title={t('bar.title')}>
                <PlanStatus plan={plan} />
                <PlanBar plan={plan} />
              </Panel>
              <Panel title={t('gates')}>
                <Gates plan={plan} />
              </Panel>
            </div>
            <div>
              <Panel title={t('radar.panel')}>
                <Assess plan={plan} />
                <Radar plan={plan} />
              </Panel>
              <Panel title={t('activity.panel')}>
                <Activity plan={plan} logs={items} />
              </Panel>
              <Panel title={t('review.panel')}>
                <Reviews plan={plan} />
              </Panel>
              <Panel title={t('happened.panel')}>
                <Happenings plan={plan} />
              </Panel>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  );
}

/** Earlier plans are kept, and may be looked at. */
function OtherPlans({ plans, shown }: { readonly plans: readonly Plan[]; readonly shown: string }): ReactElement | null {
  const { t } = useTranslation('coaching');
  if (plans.length < 2) return null;
  return (
    <>
      {plans
        .filter(({ planId }) => planId !== shown)
        .map(({ planId, startDay }) => (
          <Link key={planId} to="/me/plan" search={{ plan: planId }}>
            {t('mine.other', { day: formatDay(startDay) })}
          </Link>
        ))}
    </>
  );
}
