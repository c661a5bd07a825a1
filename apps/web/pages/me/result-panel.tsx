import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../pieces/answer';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatInstant } from '../../pieces/format';
import { Go } from '../../pieces/go';
import { Panel } from '../../pieces/page';
import { language } from '../../texts';
import { type Detail, placeQuery, resultQuery, type ResultTable } from './queries';

/** Score, grade and place, and what they came to: every number opens its explanation. */
export function ResultPanel({ detail }: { readonly detail: Detail }): ReactElement {
  const { t } = useTranslation('me');
  const query = useQuery(resultQuery(detail.appraisalId, language()));
  return (
    <Panel title={t('result.title')} id="result">
      <Answer query={query} lines={8}>
        {(result) => (
          <>
            <Amended result={result} appraisalId={detail.appraisalId} />
            <Headline result={result} detail={detail} />
            <Consequences result={result} appraisalId={detail.appraisalId} />
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Amended({
  result: { amendment, score, grade },
  appraisalId,
}: {
  readonly result: ResultTable;
  readonly appraisalId: string;
}): ReactElement | null {
  const { t } = useTranslation('me');
  if (!amendment) return null;
  const words = { before: said(amendment.publishedScore, amendment.publishedGrade), now: said(score, grade) };
  return (
    <div className="note">
      {amendment.kind === 'appeal' ? t('result.amendedAppeal', words) : t('result.amendedCorrection', words)}{' '}
      <Explained of={explainScore(appraisalId).replace(/^score~/, 'published~')}>{t('result.asPublished')}</Explained>
    </div>
  );
}

function said(score: string | null, grade: string | null): string {
  return [score === null ? '–' : formatAmount(score), grade].filter((part) => part !== null).join(' · ');
}

function Headline({
  result,
  detail: { appraisalId, cycleId, publishedAt },
}: {
  readonly result: ResultTable;
  readonly detail: Detail;
}): ReactElement {
  const { t } = useTranslation('me');
  const board = useQuery(placeQuery(cycleId));
  const own = board.data?.own;
  return (
    <dl className="figures">
      <div>
        <dt>{t('result.score')}</dt>
        <dd>
          <Explained of={explainScore(appraisalId)}>{result.score === null ? '–' : formatAmount(result.score)}</Explained>
        </dd>
      </div>
      {result.grade !== null && (
        <div>
          <dt>{t('result.grade')}</dt>
          <dd>
            <Explained of={explainScore(appraisalId, 'grade')}>{result.grade}</Explained>
            {result.gradeTitle !== null && result.gradeTitle !== result.grade && <span className="soft small"> {result.gradeTitle}</span>}
          </dd>
        </div>
      )}
      <Place result={result} own={own} appraisalId={appraisalId} cycleId={cycleId} />
      {publishedAt !== null && (
        <div>
          <dt>{t('result.published')}</dt>
          <dd className="small">{formatInstant(publishedAt)}</dd>
        </div>
      )}
    </dl>
  );
}

/** Where the scheme ranks, the place of the result with its reason; else that of the board. */
function Place({
  result,
  own,
  appraisalId,
  cycleId,
}: {
  readonly result: ResultTable;
  readonly own: { readonly place: number; readonly ranked: number } | null | undefined;
  readonly appraisalId: string;
  readonly cycleId: string;
}): ReactElement | null {
  const { t } = useTranslation('me');
  const words = result.place ?? (own ? t('result.placeOf', { place: own.place, ranked: own.ranked }) : null);
  if (words === null) return null;
  return (
    <div>
      <dt>{t('result.place')}</dt>
      <dd>
        {result.place === null ? (
          <Go to={`/leaderboard?cycle=${cycleId}`}>{words}</Go>
        ) : (
          <Explained of={explainScore(appraisalId, 'outcome.place')}>{words}</Explained>
        )}
      </dd>
    </div>
  );
}

function Consequences({
  result: { consequences },
  appraisalId,
}: {
  readonly result: ResultTable;
  readonly appraisalId: string;
}): ReactElement | null {
  const { t } = useTranslation('me');
  const outcomes = consequences.filter(({ kind }) => kind === 'outcome');
  const actions = consequences.filter(({ kind }) => kind === 'action');
  if (consequences.length === 0) return null;
  return (
    <dl className="pairs consequences">
      {outcomes.map(({ key, title, text }) => (
        <div key={key} className="pair">
          <dt>{title}</dt>
          <dd>
            <Explained of={explainScore(appraisalId, key)} what={`${title}: ${text}`}>
              {text}
            </Explained>
          </dd>
        </div>
      ))}
      {actions.length > 0 && (
        <>
          <dt>{t('result.actions')}</dt>
          <dd>
            {actions.map(({ key, title }) => (
              <span key={key} className="change">
                <Explained of={explainScore(appraisalId, key)}>{title}</Explained>
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}
