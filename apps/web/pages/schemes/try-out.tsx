import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, type ReactElement, Suspense, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/problem';
import { asDecimalText, isDecimalText } from '../../pieces/decimals';
import { COMPANY_ZONE, formatAmount, formatDifference, formatPeriod } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { Skeleton } from '../../pieces/skeleton';
import { saveFile } from './file';
import { boardQuery, lastPublishedMonthQuery } from './queries';
import { type Progress, type Question, rehearsalFile, rehearse, type Summary } from './rehearse';
import { TrialPeople } from './trial-people';
import { inLanguage } from './words';

const Chart = lazy(() => import('../../pieces/chart').then((file) => ({ default: file.Chart })));

const MONTHS_BACK = 18;

/** What a text would have come to in periods that are over, beside what was published. Nothing of it is recorded. */
export function TryOut({ yaml }: { readonly yaml: string }): ReactElement {
  const { t } = useTranslation('schemes');
  const [asked, setAsked] = useState<Question | undefined>(undefined);
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const run = useMutation<Summary, Error, Question>({
    mutationFn: async (question) => {
      running.current?.abort();
      running.current = new AbortController();
      setProgress(undefined);
      setAsked(question);
      return rehearse(question, { signal: running.current.signal, onProgress: setProgress });
    },
  });
  return (
    <div className="tries">
      <p className="soft">{t('try.what')}</p>
      <Ask yaml={yaml} isRunning={run.isPending} onAsk={(question) => run.mutate(question)} />
      {run.isPending && (
        <p className="row" role="status">
          <progress aria-label={t('try.running')} {...(progress ? { value: progress.done, max: Math.max(progress.of, 1) } : {})} />
          {progress ? t('try.progress', { done: progress.done, of: progress.of }) : t('try.running')}
        </p>
      )}
      {run.error && <TryProblem error={run.error} />}
      {run.data && asked && (
        <>
          {'yaml' in asked.scheme && asked.scheme.yaml !== yaml && <p className="note warn">{t('try.changed')}</p>}
          <Results summary={run.data} />
          <TrialPeople key={JSON.stringify(asked)} question={asked} />
          <FileOf question={asked} />
        </>
      )}
    </div>
  );
}

function TryProblem({ error }: { readonly error: Error }): ReactElement {
  if (error instanceof ProblemError) return <ProblemNote problem={error.problem} />;
  throw error;
}

interface AskProps {
  readonly yaml: string;
  readonly isRunning: boolean;
  readonly onAsk: (question: Question) => void;
}

function Ask({ yaml, isRunning, onAsk }: AskProps): ReactElement {
  const { t } = useTranslation(['schemes', 'common']);
  const id = useId();
  const { data: board = [] } = useQuery(boardQuery());
  const compared = board.filter(({ status }) => status === 'in-force' || status === 'superseded' || status === 'retired');
  const own = /^id:\s*(\S+)/m.exec(yaml)?.[1];
  const inForce = compared.filter(({ status }) => status === 'in-force');
  const suggested = inForce.find(({ schemeId }) => schemeId === own) ?? inForce[0];
  const periods = useMemo(() => periodsBack(), []);
  const { data: published } = useQuery(lastPublishedMonthQuery());
  const [chosenFrom, setFrom] = useState<string | undefined>(undefined);
  const [chosenTo, setTo] = useState<string | undefined>(undefined);
  const first = published ?? periods[1] ?? '';
  const from = chosenFrom ?? first;
  const to = chosenTo ?? from;
  const [against, setAgainst] = useState<string | undefined>(undefined);
  const [share, setShare] = useState('');
  const chosen = compared.find((version) => keyOf(version) === against) ?? suggested;
  const percent = asDecimalText(share);
  const isShareWrong = share !== '' && !isDecimalText(percent);
  const isMixed = kindOf(from) !== kindOf(to);
  const isBackwards = !isMixed && from > to;
  const ask = (): void =>
    onAsk({
      scheme: { yaml },
      ...(chosen ? { against: { schemeId: chosen.schemeId, version: chosen.version } } : {}),
      periods: [from === to ? from : `${from}..${to}`],
      ratings: { carry: {}, defaults: {}, ...(share === '' ? {} : { defaultShare: percent }) },
      reevaluate: false,
    });
  return (
    <div className="row" style={{ alignItems: 'end' }}>
      <div className="field">
        <label htmlFor={`${id}from`}>{t('try.from')}</label>
        <PeriodSelect id={`${id}from`} value={from} periods={periods} onChange={setFrom} />
      </div>
      <div className="field">
        <label htmlFor={`${id}to`}>{t('try.to')}</label>
        <PeriodSelect id={`${id}to`} value={to} periods={periods} onChange={setTo} />
      </div>
      <div className="field">
        <label htmlFor={`${id}against`}>{t('try.against')}</label>
        <select
          id={`${id}against`}
          className="plain-select"
          value={chosen ? keyOf(chosen) : ''}
          onChange={(event) => setAgainst(event.target.value)}
        >
          {compared.map((version) => (
            <option key={keyOf(version)} value={keyOf(version)}>
              {t('try.version', { title: inLanguage(version.title), version: version.version })}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}share`}>{t('try.share')}</label>
        <input
          id={`${id}share`}
          className="plain-input"
          inputMode="decimal"
          value={share}
          placeholder={t('common:optional')}
          aria-describedby={`${id}why`}
          aria-invalid={isShareWrong}
          onChange={(event) => setShare(event.target.value)}
        />
      </div>
      <Button type="primary" disabled={isShareWrong || isMixed || isBackwards || chosen === undefined} loading={isRunning} onClick={ask}>
        {t('try.run')}
      </Button>
      <span id={`${id}why`} className={isShareWrong || isMixed || isBackwards ? 'wrong' : 'soft'}>
        {isShareWrong
          ? t('try.shareWrong')
          : isMixed
            ? t('try.mixed')
            : isBackwards
              ? t('try.backwards')
              : chosen === undefined
                ? t('try.nothingToCompare')
                : t('try.shareWhy')}
      </span>
    </div>
  );
}

function keyOf({ schemeId, version }: { readonly schemeId: string; readonly version: number }): string {
  return `${schemeId}/${version}`;
}

function PeriodSelect({
  id,
  value,
  periods,
  onChange,
}: {
  readonly id: string;
  readonly value: string;
  readonly periods: readonly string[];
  readonly onChange: (period: string) => void;
}): ReactElement {
  return (
    <select id={id} className="plain-select" value={value} onChange={(event) => onChange(event.target.value)}>
      {periods.map((period) => (
        <option key={period} value={period}>
          {formatPeriod(period)}
        </option>
      ))}
    </select>
  );
}

/** This month and those before it, their quarters and years. */
function periodsBack(): readonly string[] {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit' })
    .format(Date.now())
    .split('-')
    .map(Number);
  const months = Array.from({ length: MONTHS_BACK }, (_, back) => {
    const count = year * 12 + month - 1 - back;
    return { year: Math.floor(count / 12), month: (count % 12) + 1 };
  });
  return [
    ...months.map((one) => `${one.year}-${String(one.month).padStart(2, '0')}`),
    ...new Set(months.map((one) => `${one.year}-Q${Math.ceil(one.month / 3)}`)),
    ...new Set(months.map((one) => String(one.year))),
  ];
}

/** A range is of months, of quarters or of years. */
function kindOf(period: string): 'month' | 'quarter' | 'year' {
  if (period.includes('-Q')) return 'quarter';
  return period.includes('-') ? 'month' : 'year';
}

function Results({ summary }: { readonly summary: Summary }): ReactElement {
  const { t } = useTranslation('schemes');
  const { cost, against } = summary;
  return (
    <>
      {cost === null ? (
        <p className="soft">{t('try.payHidden')}</p>
      ) : (
        <dl className="figures" aria-label={t('try.totals')}>
          <div>
            <dt>{t('try.costBefore')}</dt>
            <dd>{formatAmount(cost.published)}</dd>
          </div>
          <div>
            <dt>{t('try.costAfter')}</dt>
            <dd>{formatAmount(cost.draft)}</dd>
          </div>
          <div>
            <dt>{t('try.costDifference')}</dt>
            <dd>{formatDifference(cost.difference)}</dd>
          </div>
        </dl>
      )}
      <p className="soft">{t('try.asOf', { schemeId: against.schemeId, version: against.version, position: summary.asOf })}</p>
      {summary.periods.map((period) => (
        <PeriodResult key={period.period} of={period} />
      ))}
    </>
  );
}

function PeriodResult({ of }: { readonly of: Summary['periods'][number] }): ReactElement {
  const { t } = useTranslation('schemes');
  const name = formatPeriod(of.period);
  if (of.people === 0)
    return (
      <Panel title={name}>
        <p className="soft">{t('try.nobody')}</p>
      </Panel>
    );
  return (
    <Panel title={t('try.periodTitle', { period: name, count: of.people })}>
      <dl className="pairs">
        <dt>{t('try.mean')}</dt>
        <dd>
          {of.meanScore.published === null ? '—' : formatAmount(of.meanScore.published)} →{' '}
          {of.meanScore.draft === null ? '—' : formatAmount(of.meanScore.draft)}
        </dd>
        <dt>{t('try.scores')}</dt>
        <dd>{t('try.moves', of.score)}</dd>
        {of.pay && (
          <>
            <dt>{t('try.pay')}</dt>
            <dd>
              {formatAmount(of.pay.published)} → {formatAmount(of.pay.draft)} ({formatDifference(of.pay.difference)}) ·{' '}
              {t('try.moves', of.pay)}
            </dd>
          </>
        )}
        {of.notScored > 0 && (
          <>
            <dt>{t('try.notScored')}</dt>
            <dd>
              {t('try.people', { count: of.notScored })}:{' '}
              {of.errors.map(({ code, key, people }) => `${code} ${key} (${people})`).join(' · ')}
            </dd>
          </>
        )}
        {of.defaulted > 0 && (
          <>
            <dt>{t('try.defaulted')}</dt>
            <dd>{t('try.people', { count: of.defaulted })}</dd>
          </>
        )}
      </dl>
      <Suspense fallback={<Skeleton lines={5} />}>
        <Distribution of={of} />
      </Suspense>
    </Panel>
  );
}

function Distribution({ of }: { readonly of: Summary['periods'][number] }): ReactElement {
  const { t } = useTranslation('schemes');
  const groups = useMemo(
    () =>
      of.grades.length > 0
        ? of.grades.map(({ grade, published, draft }) => ({ name: grade, before: published, after: draft }))
        : [{ name: t('try.scored'), before: of.published, after: of.scored }],
    [of, t],
  );
  const option = useMemo(
    () => ({
      legend: { data: [t('try.before'), t('try.after')] },
      grid: { left: 40, right: 12, top: 36, bottom: 28 },
      xAxis: { type: 'category', data: groups.map(({ name }) => name) },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        { type: 'bar', name: t('try.before'), data: groups.map(({ before }) => before), label: { show: true, position: 'top' } },
        { type: 'bar', name: t('try.after'), data: groups.map(({ after }) => after), label: { show: true, position: 'top' } },
      ],
    }),
    [groups, t],
  );
  return (
    <Chart
      title={t('try.distribution', { period: formatPeriod(of.period) })}
      option={option}
      table={{
        head: [t('try.grade'), t('try.before'), t('try.after')],
        rows: groups.map(({ name, before, after }) => [name, String(before), String(after)]),
      }}
    />
  );
}

function FileOf({ question }: { readonly question: Question }): ReactElement {
  const { t } = useTranslation('schemes');
  const file = useMutation<Blob, Error, Question>({
    mutationFn: rehearsalFile,
    onSuccess: (blob) => saveFile(blob, 'rehearsal.csv'),
  });
  return (
    <div>
      <Button loading={file.isPending} onClick={() => file.mutate(question)}>
        {t('try.csv')}
      </Button>
      {file.error && <TryProblem error={file.error} />}
    </div>
  );
}
