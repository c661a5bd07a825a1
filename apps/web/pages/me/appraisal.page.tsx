import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem';
import { useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { formatPeriod } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Page, Panel } from '../../pieces/page';
import { language } from '../../texts';
import { AnswerPanel } from './answer-panel';
import './me.css';
import { ProcessPanel } from './process-panel';
import { type Detail, detailQuery, type Process, processQuery } from './queries';
import { ResultLines } from './result-lines';
import { ResultPanel } from './result-panel';
import { SaidPanel } from './said-panel';
import { SelfReviewPanel } from './self-review';
import { stateWords } from './state';
import { nameIn } from './submitted';

const route = getRouteApi('/frame/me/appraisals/$cycleId');
const MISSING = [400, 404];

/** One of my appraisals: where it is, what I fill in, what came of it and what I can do about it. */
export function AppraisalPage(): ReactElement {
  const { t } = useTranslation('me');
  const { cycleId } = route.useParams();
  const me = useMe();
  const appraisalId = `${cycleId}.${me.subject}`;
  const detail = useQuery(detailQuery(appraisalId));
  const process = useQuery(processQuery(appraisalId));
  if (detail.error instanceof ProblemError && MISSING.includes(detail.error.status))
    return (
      <Page title={t('appraisals.title')}>
        <Empty title={t('notOpen')} text={t('notOpenText')} next={<Link to="/me/appraisals">{t('appraisals.title')}</Link>} />
      </Page>
    );
  const period = detail.data?.period;
  return (
    <Page
      title={period === undefined ? t('appraisals.title') : t('appraisal.title', { period: formatPeriod(period) })}
      meta={detail.data && process.data ? <Meta detail={detail.data} process={process.data} /> : undefined}
    >
      <Answer query={process}>
        {(of) => (
          <>
            <ProcessPanel process={of} />
            <Answer query={detail} lines={8}>
              {(one) => <Body detail={one} process={of} />}
            </Answer>
          </>
        )}
      </Answer>
    </Page>
  );
}

function Meta({ detail, process }: { readonly detail: Detail; readonly process: Process }): ReactElement {
  const { t } = useTranslation('me');
  const state = stateWords(detail, t);
  const manager = nameIn(process, detail.manager);
  return (
    <span className="row meta">
      <Mark kind={state.kind}>{state.words}</Mark>
      <span>{process.name}</span>
      {process.scheme.title && (
        <span>
          {t('process.scheme')}: {process.scheme.title[language()]}
        </span>
      )}
      {manager !== null && (
        <span>
          {t('process.manager')}: {manager}
        </span>
      )}
    </span>
  );
}

function Body({ detail, process }: { readonly detail: Detail; readonly process: Process }): ReactElement {
  const { t } = useTranslation('me');
  const review = process.acts.find(({ act }) => act === 'self-review');
  const appeal = process.acts.find(({ act }) => act === 'appeal');
  const isPublished = detail.publishedAt !== null;
  return (
    <>
      {review && <SelfReviewPanel detail={detail} act={review} />}
      {review && !isPublished && <ReviewState detail={detail} blocked={review.blocked} />}
      {isPublished ? (
        <>
          <ResultPanel detail={detail} />
          <AnswerPanel detail={detail} process={process} />
          <ResultLines detail={detail} contest={appeal?.blocked === null && !appeal.late} />
        </>
      ) : null}
      <SaidPanel detail={detail} process={process} />
      {!isPublished && detail.status !== 'cancelled' && (
        <Panel title={t('result.title')}>
          <Empty title={t('result.waiting')} text={t('result.waitingText')} />
        </Panel>
      )}
    </>
  );
}

type Blocked = Process['acts'][number]['blocked'];

/** Why there is nothing to fill in. */
function ReviewState({ detail, blocked }: { readonly detail: Detail; readonly blocked: Blocked }): ReactElement | null {
  const { t } = useTranslation('me');
  if (blocked !== 'not-begun' && blocked !== 'submitted' && blocked !== 'closed' && blocked !== 'cancelled') return null;
  const opened = detail.steps.some(({ step }) => step === 'self-review');
  if (!opened) return null;
  return (
    <div className="note" role="status">
      {t(`review.blocked.${blocked}`)}
    </div>
  );
}
