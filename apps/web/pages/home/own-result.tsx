import { useQuery } from '@tanstack/react-query';
import { Go } from '../../pieces/go';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatPeriod } from '../../pieces/format';
import { Mark, type MarkKind } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { Sparkline } from '../../pieces/sparkline';
import { type AppealState, payTrendOf, publishedOf, standingAppeal, stateOfAppeal, trendOf } from './results';

type Appraisal = components['schemas']['Appraisal'];

/** Score, grade, place and pay of the newest published result, each with what it rests on one click away. */
export function OwnResult(): ReactElement {
  const { t } = useTranslation('home');
  const query = useQuery({ queryKey: ['appraisals', 'mine'], queryFn: () => bodyOf(api.GET('/api/v1/appraisals/mine')) });
  return (
    <Panel title={t('rep.title')} extra={<Go to="/me/appraisals">{t('rep.all')}</Go>}>
      <Answer query={query}>
        {({ items }) => {
          const published = publishedOf(items);
          const [newest] = published;
          return newest ? <Result of={newest} published={published} /> : <Empty title={t('rep.none')} text={t('rep.noneText')} />;
        }}
      </Answer>
    </Panel>
  );
}

function Result({ of, published }: { readonly of: Appraisal; readonly published: readonly Appraisal[] }): ReactElement {
  const { t } = useTranslation('home');
  const { cycleId, appraisalId } = of;
  const board = useQuery({
    queryKey: ['leaderboard', cycleId, 'own'],
    queryFn: () => bodyOf(api.GET('/api/v1/leaderboard', { params: { query: { cycleId, limit: 1 } } })),
  });
  const statements = useQuery({
    queryKey: ['statements', 'mine', undefined],
    queryFn: () => bodyOf(api.GET('/api/v1/statements/mine', { params: { query: {} } })),
  });
  const paid = statements.data?.items ?? [];
  const pay = paid.find((one) => one.cycleId === cycleId)?.entitledTotal;
  const payTrend = payTrendOf(of.period, paid);
  const trend = trendOf(of, published);
  const period = formatPeriod(of.period);
  const own = board.data?.own;
  return (
    <>
      <dl className="figures">
        <div>
          <dt>{t('rep.score', { period })}</dt>
          <dd>
            <Explained of={explainScore(appraisalId)}>{formatAmount(of.score ?? '')}</Explained>
            <Sparkline what={t('rep.score', { period })} values={trend} shown={trend.map(formatAmount)} />
          </dd>
        </div>
        {of.grade !== null && (
          <div>
            <dt>{t('rep.grade')}</dt>
            <dd>
              <Explained of={explainScore(appraisalId, 'grade')}>{of.grade}</Explained>
            </dd>
          </div>
        )}
        {own && (
          <div>
            <dt>{t('rep.place')}</dt>
            <dd>
              <Go to={`/leaderboard?cycle=${cycleId}`}>{t('rep.placeOf', { place: own.place, ranked: own.ranked })}</Go>
            </dd>
          </div>
        )}
        {pay !== undefined && (
          <div>
            <dt>{t('rep.pay', { period })}</dt>
            <dd>
              <Explained of={explainScore(appraisalId, 'pay')}>{formatAmount(pay)}</Explained>
              <Sparkline what={t('rep.pay', { period })} values={payTrend} shown={payTrend.map(formatAmount)} />
            </dd>
          </div>
        )}
      </dl>
      <p className="row">
        <Go to={`/me/appraisals/${cycleId}`}>{t('rep.form', { period })}</Go>
        <AppealLink of={of} />
        <PlanLink />
      </p>
    </>
  );
}

const APPEAL_MARKS: Readonly<Record<AppealState, MarkKind>> = { 'waits-for-you': 'warn', running: 'run', decided: 'good', closed: 'plain' };

/** Files an appeal against a result, or opens the one that was filed. */
function AppealLink({ of: { appraisalId, cycleId } }: { readonly of: Appraisal }): ReactElement | null {
  const { t } = useTranslation('home');
  const { data } = useQuery({
    queryKey: ['appeals', 'mine', cycleId],
    queryFn: () => bodyOf(api.GET('/api/v1/appeals/mine', { params: { query: { cycleId } } })),
  });
  if (!data) return null;
  const appeal = standingAppeal(data.items);
  if (!appeal) return <Go to={`/me/appeals/new?appraisal=${encodeURIComponent(appraisalId)}`}>{t('rep.appeal')}</Go>;
  const state = stateOfAppeal(appeal);
  return (
    <span className="row">
      <Go to={`/me/appeals/${appeal.appealId}`}>{t('rep.myAppeal')}</Go>
      <Mark kind={APPEAL_MARKS[state]}>{t(`rep.appealState.${state}`)}</Mark>
    </span>
  );
}

/** Today's log is for who has a plan that runs. */
function PlanLink(): ReactElement | null {
  const { t } = useTranslation('home');
  const { subject } = useMe();
  const { data } = useQuery({
    queryKey: ['plans', 'own', subject],
    queryFn: () => bodyOf(api.GET('/api/v1/plans', { params: { query: { subject, live: 'true', limit: 1 } } })),
  });
  return data && data.items.length > 0 ? <Go to="/me/plan">{t('rep.plan')}</Go> : null;
}
