import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactElement, Suspense, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { hasRole, useMe } from '../../app/session';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { formatAmount, formatDay, formatInstant, formatPeriod } from '../../pieces/format';
import { DataTable } from '../../pieces/data-table';
import { Mark } from '../../pieces/mark';
import { Skeleton } from '../../pieces/skeleton';
import { useToast } from '../../pieces/toast';
import { bookOf } from './book';
import type { BoardVersion, Library, Review } from './queries';
import { useWords } from './words';
import { readYaml } from './yaml/read';

const Chart = lazy(() => import('../../pieces/chart').then((file) => ({ default: file.Chart })));

interface ReviewProps {
  readonly version: BoardVersion;
  readonly yaml: string;
  readonly library: Library | undefined;
}

/** What a version has done so far, and what HR and the general manager conclude from it. */
export function ReviewOf({ version, yaml, library }: ReviewProps): ReactElement {
  const { t } = useTranslation('schemes');
  const me = useMe();
  const { inFormula } = useWords();
  const book = useMemo(() => bookOf(readYaml(yaml).plain, library, inFormula), [yaml, library, inFormula]);
  const { schemeId, version: number } = version;
  const query = useQuery({
    queryKey: ['schemes', 'review', schemeId, number],
    queryFn: () =>
      bodyOf(api.GET('/api/v1/schemes/{schemeId}/versions/{version}/review', { params: { path: { schemeId, version: number } } })),
  });
  return (
    <Answer query={query} lines={8}>
      {(review) => (
        <div className="stack">
          <p className="row">
            {review.due && <Mark kind="warn">{t('review.due')}</Mark>}
            {review.reviewOn !== null && <span>{t('one.reviewOn', { day: formatDay(review.reviewOn) })}</span>}
          </p>
          <Figures review={review} />
          <Results review={review} />
          <Appeals review={review} nameOfLine={book.lineTitle} />
          <Earlier review={review} />
          {hasRole(me, 'hr', 'general-manager') && version.status === 'in-force' && <Conclude version={version} />}
        </div>
      )}
    </Answer>
  );
}

function Figures({ review }: { readonly review: Review }): ReactElement {
  const { t } = useTranslation('schemes');
  return (
    <dl className="figures">
      <div>
        <dt>{t('review.released')}</dt>
        <dd>{formatAmount(review.totalReleased)}</dd>
      </div>
      <div>
        <dt>{t('review.appeals')}</dt>
        <dd>{review.appeals.appeals}</dd>
      </div>
      <div>
        <dt>{t('review.acknowledged')}</dt>
        <dd>
          {review.acknowledgements.acknowledged} / {review.acknowledgements.concerned}
        </dd>
      </div>
    </dl>
  );
}

function Results({ review }: { readonly review: Review }): ReactElement {
  const { t } = useTranslation('schemes');
  const costs = new Map(review.cost.map((cost) => [cost.period, cost]));
  return (
    <section>
      <h2>{t('review.results')}</h2>
      <DataTable<Review['results'][number]>
        label={t('review.results')}
        rows={review.results}
        rowKey={({ period }) => period}
        columns={[
          { key: 'period', title: t('review.period'), primary: true, render: ({ period }) => formatPeriod(period) },
          { key: 'people', title: t('review.people'), number: true, render: ({ people }) => people },
          {
            key: 'mean',
            title: t('try.mean'),
            number: true,
            render: ({ meanScore }) => (meanScore === null ? '—' : formatAmount(meanScore)),
          },
          {
            key: 'range',
            title: t('review.range'),
            number: true,
            render: ({ lowest, highest }) =>
              lowest === null || highest === null ? '—' : `${formatAmount(lowest)} – ${formatAmount(highest)}`,
          },
          { key: 'amended', title: t('review.amended'), number: true, render: ({ amended }) => amended },
          {
            key: 'cost',
            title: t('review.cost'),
            number: true,
            render: ({ period }) => {
              const cost = costs.get(period);
              return cost ? formatAmount(cost.released) : '—';
            },
          },
        ]}
        empty={<p className="soft">{t('review.noResults')}</p>}
      />
      {review.results.map((result) => (
        <Suspense key={result.period} fallback={<Skeleton />}>
          <Grades result={result} />
        </Suspense>
      ))}
    </section>
  );
}

function Grades({ result }: { readonly result: Review['results'][number] }): ReactElement | null {
  const { t } = useTranslation('schemes');
  const bars = useMemo(() => barsOf(result), [result]);
  const option = useMemo(
    () => ({
      grid: { left: 40, right: 12, top: 24, bottom: 28 },
      xAxis: { type: 'category', data: bars.map(({ name }) => name) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [{ type: 'bar', data: bars.map(({ people }) => people), label: { show: true, position: 'top' } }],
    }),
    [bars],
  );
  if (bars.length === 0) return null;
  const title = t('review.distribution', { period: formatPeriod(result.period) });
  return (
    <>
      <h3>{title}</h3>
      <Chart
        title={title}
        option={option}
        height={220}
        table={{ head: [t('try.grade'), t('review.people')], rows: bars.map(({ name, people }) => [name, String(people)]) }}
      />
    </>
  );
}

function barsOf({ grades, scores }: Review['results'][number]): readonly { readonly name: string; readonly people: number }[] {
  if (grades.length > 0) return grades.map(({ grade, people }) => ({ name: grade ?? '—', people }));
  return scores.map(({ from, people }) => ({ name: `${from}+`, people }));
}

const OUTCOMES = ['upheld', 'partly', 'dismissed', 'withdrawn', 'declined', 'open'] as const;

interface AppealsProps {
  readonly review: Review;
  readonly nameOfLine: (line: string) => string;
}

function Appeals({ review, nameOfLine }: AppealsProps): ReactElement | null {
  const { t } = useTranslation('schemes');
  const wordOf = (outcome: string): string => {
    const known = OUTCOMES.find((one) => one === outcome);
    return known ? t(`review.outcome.${known}`) : outcome;
  };
  const { lines } = review.appeals;
  if (lines.length === 0 && review.schemeAtFault.length === 0) return null;
  return (
    <section>
      <h2>{t('review.appeals')}</h2>
      <ul>
        {lines.map(({ line, outcome, appeals }) => (
          <li key={`${line ?? ''} ${outcome}`}>
            {t('review.appealLine', {
              line: line === null ? t('comment.whole') : nameOfLine(line),
              outcome: wordOf(outcome),
              count: appeals,
            })}
          </li>
        ))}
      </ul>
      {review.schemeAtFault.map(({ appealId, note, closedAt }) => (
        <p key={appealId} className="note warn">
          {t('review.atFault', { at: formatInstant(closedAt) })} {note}
        </p>
      ))}
    </section>
  );
}

function Earlier({ review }: { readonly review: Review }): ReactElement | null {
  const { t } = useTranslation('schemes');
  if (review.reviews.length === 0) return null;
  return (
    <section>
      <h2>{t('review.earlier')}</h2>
      <ul className="cards">
        {review.reviews.map(({ conclusion, reason, reviewedAt, nextReviewOn }) => (
          <li key={reviewedAt}>
            <strong>{t(`review.conclusion.${conclusion}`)}</strong> <span className="soft">{formatInstant(reviewedAt)}</span>
            {nextReviewOn !== null && <span className="soft"> · {t('one.reviewOn', { day: formatDay(nextReviewOn) })}</span>}
            <p>{reason}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const CONCLUSIONS = ['keep', 'change', 'retire'] as const;
type Conclusion = (typeof CONCLUSIONS)[number];

function Conclude({ version }: { readonly version: BoardVersion }): ReactElement {
  const { t } = useTranslation('schemes');
  const say = useToast();
  const id = useId();
  const [conclusion, setConclusion] = useState<Conclusion>('keep');
  const [reason, setReason] = useState('');
  const [next, setNext] = useState('');
  const command = useCommand({
    send: (body: { readonly conclusion: Conclusion; readonly reason: string; readonly nextReviewOn?: string }, headers) =>
      bodyOf(
        api.POST('/api/v1/schemes/{schemeId}/versions/{version}/review', {
          params: { path: { schemeId: version.schemeId, version: version.version }, header: headers },
          body,
        }),
      ),
    touches: [['schemes']],
    onDone: () => say(t('review.done')),
  });
  return (
    <Confirm
      act={t('review.conclude')}
      problem={command.error}
      ready={reason.trim() !== ''}
      danger={conclusion === 'retire'}
      onConfirm={() =>
        command.mutateAsync({ conclusion, reason, ...(next === '' || conclusion === 'retire' ? {} : { nextReviewOn: next }) })
      }
      what={
        <div className="stack">
          <div className="field">
            <label htmlFor={`${id}what`}>{t('review.what')}</label>
            <select
              id={`${id}what`}
              className="plain-select"
              value={conclusion}
              onChange={(event) => setConclusion(CONCLUSIONS.find((one) => one === event.target.value) ?? 'keep')}
            >
              {CONCLUSIONS.map((one) => (
                <option key={one} value={one}>
                  {t(`review.conclusion.${one}`)}
                </option>
              ))}
            </select>
          </div>
          {conclusion !== 'retire' && (
            <div className="field">
              <label htmlFor={`${id}next`}>{t('review.next')}</label>
              <input id={`${id}next`} type="date" className="plain-input" value={next} onChange={(event) => setNext(event.target.value)} />
            </div>
          )}
          <div className="field">
            <label htmlFor={`${id}why`}>{t('review.reason')}</label>
            <textarea
              id={`${id}why`}
              className="plain-input"
              rows={3}
              maxLength={4000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </div>
      }
    />
  );
}
