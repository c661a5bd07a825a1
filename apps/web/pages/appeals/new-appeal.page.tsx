import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Deadline } from '../../pieces/deadline';
import { type DraftInHand, useDraft } from '../../pieces/draft';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount, formatPeriod } from '../../pieces/format';
import { LongText } from '../../pieces/long-text';
import { Page, Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useToast } from '../../pieces/toast';
import { language } from '../../texts';
import { type Contestable, contestableQuery, myAppraisalsQuery } from './appeal';
import './appeals.css';
import { type AppealDraft, contested, emptyDraft, filing, lineNamed, type Missing, missingIn, withLine } from './claims';
import { ContestLines } from './contest-lines';
import { EvidencePicker } from './evidence-picker';
import { TEXT_MOST } from './text-field';

const route = getRouteApi('/frame/me/appeals/new');

/** An appeal is chosen on the result itself; of several results the newest whose window is open. */
export function NewAppealPage(): ReactElement {
  const { t } = useTranslation('appeals');
  const { appraisal } = route.useSearch();
  const mine = useQuery(myAppraisalsQuery);
  const published = (mine.data?.items ?? []).filter(({ publishedAt, appealUntil }) => publishedAt !== null && appealUntil !== null);
  const now = mine.dataUpdatedAt;
  const chosen =
    appraisal ?? (published.find(({ appealUntil }) => appealUntil !== null && Date.parse(appealUntil) > now) ?? published[0])?.appraisalId;
  return (
    <Page title={t('new.title')} meta={t('new.meta')}>
      <Answer query={mine}>
        {() =>
          chosen === undefined ? (
            <Empty title={t('new.nothing')} text={t('new.nothingText')} next={<Link to="/">{t('toHome')}</Link>} />
          ) : (
            <>
              {published.length > 1 && <ResultPicker results={published} chosen={chosen} />}
              <OfResult key={chosen} appraisalId={chosen} />
            </>
          )
        }
      </Answer>
    </Page>
  );
}

interface Result {
  readonly appraisalId: string;
  readonly period: string;
  readonly score: string | null;
}

function ResultPicker({ results, chosen }: { readonly results: readonly Result[]; readonly chosen: string }): ReactElement {
  const { t } = useTranslation('appeals');
  const change = useChangeAddress();
  return (
    <div className="row" style={{ marginBottom: 16 }}>
      <label htmlFor="result">{t('new.result')}</label>
      <select
        id="result"
        className="plain-select"
        value={chosen}
        onChange={(event) => change({ appraisal: event.target.value, line: undefined })}
      >
        {results.map(({ appraisalId, period, score }) => (
          <option key={appraisalId} value={appraisalId}>
            {formatPeriod(period)}
            {score !== null && ` · ${formatAmount(score)}`}
          </option>
        ))}
      </select>
    </div>
  );
}

function OfResult({ appraisalId }: { readonly appraisalId: string }): ReactElement {
  const query = useQuery(contestableQuery(appraisalId));
  return (
    <Answer query={query}>
      {(result) => (result.filed === null ? <AppealForm result={result} /> : <FiledAlready appealId={result.filed} />)}
    </Answer>
  );
}

function FiledAlready({ appealId }: { readonly appealId: string }): ReactElement {
  const { t } = useTranslation('appeals');
  return (
    <Empty
      title={t('new.filedAlready')}
      text={t('new.filedAlreadyText')}
      next={
        <Link to="/me/appeals/$appealId" params={{ appealId }}>
          {t('new.openFiled')}
        </Link>
      }
    />
  );
}

function AppealForm({ result }: { readonly result: Contestable }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const { line } = route.useSearch();
  const me = useMe();
  const say = useToast();
  const navigate = useNavigate();
  const { draft, change, drop, kept } = useDraft<AppealDraft>(`appeal.${me.subject}.${result.appraisalId}`, emptyDraft(result.lines, line));
  useLineOfAddress(result, { draft, kept, change });
  const [isChecked, setChecked] = useState(false);
  const [isSending, setSending] = useState(false);
  const missing = missingIn(result.lines, draft);
  const file = useCommand({
    send: (body: ReturnType<typeof filing>, header) => bodyOf(api.POST('/api/v1/appeals', { params: { header }, body })),
    touches: [['appeals'], ['appraisals'], ['todo'], ['statement']],
    onDone: ({ id }) => {
      drop();
      say(t('new.filed'));
      void navigate({ to: '/me/appeals/$appealId', params: { appealId: id } });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (missing.length === 0 && !isSending) file.mutate(filing(result, draft));
  };
  return (
    <form onSubmit={submit} noValidate>
      {result.late && <div className="note warn">{t('new.late')}</div>}
      <Panel
        title={t('new.choose')}
        extra={
          <span className="soft">
            {formatPeriod(result.period)}
            {result.score !== null && (
              <>
                {' · '}
                <Explained of={explainScore(result.appraisalId)}>{formatAmount(result.score)}</Explained> {c('points')}
              </>
            )}
          </span>
        }
      >
        <p className="soft">{t('new.chooseHint')}</p>
        <ContestLines result={result} draft={draft} strict={isChecked} onChange={(claims) => change((now) => ({ ...now, claims }))} />
        {result.steps.length > 0 && (
          <label className="tick" style={{ marginTop: 12 }}>
            <input
              type="checkbox"
              checked={draft.procedure}
              onChange={(event) => change((now) => ({ ...now, procedure: event.target.checked }))}
            />
            <span>{t('new.procedure')}</span>
          </label>
        )}
      </Panel>
      <Panel title={t('new.why')}>
        <div className="field">
          <label htmlFor="statement">{t('new.statement')}</label>
          <LongText
            id="statement"
            className="plain-input wide-text"
            most={TEXT_MOST}
            value={draft.statement}
            aria-invalid={isChecked && missing.includes('statement')}
            onChange={(statement) => change((now) => ({ ...now, statement }))}
          />
        </div>
        <h3 style={{ margin: '16px 0 8px' }}>
          {t('evidence.title')} <span className="soft">({c('optional')})</span>
        </h3>
        <EvidencePicker
          files={draft.evidence}
          onChange={(next) => change((now) => ({ ...now, evidence: next(now.evidence) }))}
          onSending={setSending}
        />
      </Panel>
      <Panel title={t('new.whatHappens')}>
        <Consequences result={result} draft={draft} />
        {isChecked && missing.length > 0 && <MissingNote missing={missing} />}
        {file.error && <ProblemNote problem={file.error.problem} />}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={file.isPending} disabled={isSending}>
            {t('new.submit')}
          </Button>
          {isSending && <span className="soft">{t('evidence.wait')}</span>}
          {kept && (
            <>
              <span className="soft" role="status">
                {t('new.draftKept')}
              </span>
              <Button type="link" onClick={drop}>
                {t('new.dropDraft')}
              </Button>
            </>
          )}
        </div>
      </Panel>
    </form>
  );
}

/** A line that one comes from the result with joins a draft that was begun before, once: the address is done with then. */
function useLineOfAddress(
  { lines }: Contestable,
  { draft, kept, change }: Pick<DraftInHand<AppealDraft>, 'draft' | 'kept' | 'change'>,
): void {
  const { t } = useTranslation('appeals');
  const { line: name } = route.useSearch();
  const say = useToast();
  const go = useChangeAddress();
  const [wasBegun] = useState(kept);
  const line = lineNamed(lines, name);
  const isNew = line !== undefined && draft.claims[line.line] === undefined;
  const title = line?.title[language()] ?? '';
  useEffect(() => {
    if (name === undefined || !kept) return;
    if (wasBegun && isNew) {
      change((now) => withLine(now, line));
      say(t('new.lineAdded', { line: title }));
    }
    go({ line: undefined }, { replace: true });
  }, [name, kept, wasBegun, isNew, line, title, change, say, go, t]);
}

function MissingNote({ missing }: { readonly missing: readonly Missing[] }): ReactElement {
  const { t } = useTranslation('appeals');
  return (
    <div className="note bad" role="alert">
      <strong>{t('new.missing.title')}</strong>
      <ul>
        {missing.map((one) => (
          <li key={one}>{t(`new.missing.${one}`)}</li>
        ))}
      </ul>
    </div>
  );
}

/** What filing does: which pay it holds, who looks at it by when, and that it can be taken back. */
function Consequences({ result, draft }: { readonly result: Contestable; readonly draft: AppealDraft }): ReactElement {
  const { t } = useTranslation('appeals');
  const lines = contested(result.lines, draft);
  const held = new Set(lines.flatMap(({ line }) => line.holds));
  const pay = result.pay.filter(({ key }) => held.has(key) || (lines.length === 0 && draft.procedure));
  return (
    <dl className="pairs" style={{ marginBottom: 16 }}>
      <dt>{t('new.holds')}</dt>
      <dd>
        {result.late && t('new.holdsLate')}
        {!result.late && pay.length === 0 && t('new.holdsNothing')}
        {!result.late &&
          pay.map(({ key, title, amount }) => (
            <div key={key}>
              {title[language()]} <span className="number">{formatAmount(amount)}</span>
            </div>
          ))}
      </dd>
      <dt>{t('new.window')}</dt>
      <dd>
        <Deadline at={result.appealUntil} />
      </dd>
      <dt>{t('new.triageBy')}</dt>
      <dd>
        <Deadline at={result.triageBy.at} />
      </dd>
      <dt>{t('new.decideBy')}</dt>
      <dd>
        <Deadline at={result.decideBy.at} />
      </dd>
      <dt>{t('new.back')}</dt>
      <dd>{t('new.backText')}</dd>
    </dl>
  );
}
