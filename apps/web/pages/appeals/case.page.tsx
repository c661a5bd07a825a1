import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { formatInstant, formatPeriod } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import { CaseActs } from './acts';
import { type AppealFile, appealFileQuery } from './appeal';
import './appeals.css';
import { CaseDecision } from './case-decision';
import { CaseEvidence, CaseLines } from './case-lines';
import { CasePanel } from './case-panel';
import { CaseMoments, CaseSteps, NextStep } from './case-timeline';
import { StageMark } from './stage';

const ONCE_MORE_MS = 30_000;
/** While the system itself is at work on it. */
const SOON_MS = 2_000;
const mine = getRouteApi('/frame/me/appeals/$appealId');
const others = getRouteApi('/frame/appeals/$appealId');

export function MyAppealPage(): ReactElement {
  const { appealId } = mine.useParams();
  return <Case appealId={appealId} />;
}

export function CasePage(): ReactElement {
  const { appealId } = others.useParams();
  return <Case appealId={appealId} />;
}

/** The file of one case, for the appellant as for who decides it: each sees what the API shows them and may do what it offers them. */
function Case({ appealId }: { readonly appealId: string }): ReactElement {
  const { t } = useTranslation('appeals');
  const query = useQuery({
    ...appealFileQuery(appealId),
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? SOON_MS : ONCE_MORE_MS),
  });
  return (
    <Page title={t('case.title')} meta={query.data && <Meta file={query.data} />}>
      <Answer query={query} lines={8}>
        {(file) => (
          <>
            <CaseSteps file={file} />
            <Panel title={t('case.next')}>
              <NextStep file={file} />
              <CaseActs key={file.appealId} file={file} />
            </Panel>
            <CaseDecision file={file} />
            <CaseLines file={file} />
            <div className="grid">
              <Panel title={t('case.timeline')}>
                <CaseMoments file={file} />
              </Panel>
              <div>
                <CaseEvidence file={file} />
                <CasePanel file={file} />
              </div>
            </div>
          </>
        )}
      </Answer>
    </Page>
  );
}

function isAtWork({ stage, decision, amended }: AppealFile): boolean {
  const changes = decision !== null && decision.verdict !== 'dismissed' && decision.redoStep === null;
  return stage === 'to-panel' || stage === 'offer-due' || (stage === 'decided' && changes && amended === null);
}

function Meta({ file }: { readonly file: AppealFile }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const { appellant, period, filedAt, stage, decision, late } = file;
  const place = [appellant.name ?? c('erased'), appellant.team ?? appellant.department].filter((one) => one !== null).join(' · ');
  return (
    <span className="row" style={{ marginTop: 4 }}>
      <StageMark stage={stage} verdict={decision?.verdict ?? null} />
      <span>
        {place}
        {period !== null && ` · ${formatPeriod(period)}`}
      </span>
      <span>{late ? t('column.filedLate', { at: formatInstant(filedAt) }) : t('case.filed', { at: formatInstant(filedAt) })}</span>
    </span>
  );
}
