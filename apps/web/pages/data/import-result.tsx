import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import type { Problem } from '../../api/problem';
import { useMetricName } from '../../pieces/metric-name';
import { formatExact } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { ProblemNote } from '../../pieces/problem-note';
import { useCellWords } from './cell-words';
import type { ImportKind } from './import-kinds';
import { ImportProblems } from './import-problems';
import { type ImportState, ProgressBar, useImportProgress } from './import-progress';
import { type Checked, COUNT_KEYS, type Counts, type Imported } from './import-send';

const LISTED = 50;

/** What a file would do, and the button that does it. */
export function CheckedFile({ checked, onImport }: { readonly checked: Checked; readonly onImport: () => void }): ReactElement {
  const { t } = useTranslation('data');
  const metricName = useMetricName();
  const { counts, setAside, differing } = checked;
  const isNew =
    (counts.newPeople ?? 0) +
      (counts.changedPeople ?? 0) +
      (counts.newTargets ?? 0) +
      (counts.revised ?? 0) +
      (counts.facts ?? 0) +
      setAside.length >
    0;
  return (
    <Panel title={t('wizard.ready')} extra={<Mark kind="good">{t('wizard.ready')}</Mark>}>
      <CountList counts={counts} />
      {differing.length > 0 && (
        <div className="note warn">
          {t('wizard.differingText')}{' '}
          {differing
            .slice(0, LISTED)
            .map(({ row, metric }) => `${row} (${metricName(metric)})`)
            .join(', ')}
          {differing.length > LISTED && ' …'}
        </div>
      )}
      {setAside.length > 0 && <SetAside rows={setAside} />}
      <p className="soft">{isNew ? t('wizard.readyText') : t('wizard.nothingNew')}</p>
      <Button type="primary" onClick={onImport}>
        {t('wizard.import')}
      </Button>
    </Panel>
  );
}

function SetAside({ rows }: { readonly rows: Checked['setAside'] }): ReactElement {
  const { t } = useTranslation('data');
  const words = useCellWords();
  return (
    <div className="note warn">
      {t('wizard.setAsideText')}
      <ul>
        {rows.slice(0, LISTED).map(({ row, reason }) => (
          <li key={row}>
            {t('wizard.row')} {row}: {words(reason)}
          </li>
        ))}
      </ul>
      {rows.length > LISTED && '…'}
    </div>
  );
}

function CountList({ counts }: { readonly counts: Counts }): ReactElement {
  const { t } = useTranslation('data');
  return (
    <dl className="figures">
      {COUNT_KEYS.flatMap((key) => {
        const count = counts[key];
        return count === undefined ? [] : [<Figure key={key} name={t(`wizard.counts.${key}`)} count={count} />];
      })}
    </dl>
  );
}

function Figure({ name, count }: { readonly name: string; readonly count: number }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{formatExact(count)}</dd>
    </div>
  );
}

interface ImportOutcomeProps {
  readonly progressKey: string;
  readonly kind: ImportKind;
  /** What the sending page was answered; after a reload only the progress tells. */
  readonly answer: Imported | undefined;
  /** Why nothing was imported; an answer that never came is none, since the import may go on: then the progress tells. */
  readonly problem: Problem | undefined;
  readonly isSending: boolean;
  readonly onAnother: () => void;
}

/** An import under way or over; lives by the key in the address. */
export function ImportOutcome({ progressKey, kind, answer, problem, isSending, onAnother }: ImportOutcomeProps): ReactElement {
  const { t } = useTranslation('data');
  const queries = useQueryClient();
  const live = useImportProgress(problem === undefined ? progressKey : undefined);
  const state = live.data;
  const isDone = state?.stage === 'done' || (answer !== undefined && state?.stage !== 'projecting' && state?.stage !== 'recording');
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['imports'] });
  }, [isDone, queries]);
  if (problem) return <NotImported problem={problem} onAnother={onAnother} />;
  if (isDone)
    return (
      <Done
        kind={kind}
        importId={answer?.importId ?? state?.importId ?? undefined}
        isRepeated={answer?.isRepeated === true}
        onAnother={onAnother}
      />
    );
  if (
    !isSending &&
    state &&
    state.stage !== 'reading' &&
    state.stage !== 'checking' &&
    state.stage !== 'recording' &&
    state.stage !== 'projecting'
  )
    return <Elsewhere state={state} onAnother={onAnother} />;
  return (
    <Panel>
      <ProgressBar live={live} title={t('wizard.importing')} />
      <p className="soft">{t('wizard.stays')}</p>
    </Panel>
  );
}

function NotImported({ problem, onAnother }: { readonly problem: Problem; readonly onAnother: () => void }): ReactElement {
  const { t } = useTranslation('data');
  return (
    <Panel>
      {problem.code === 'import.refused' ? <ImportProblems problem={problem} /> : <ProblemNote problem={problem} />}
      <p>
        <Button onClick={onAnother}>{t('wizard.another')}</Button>
      </p>
    </Panel>
  );
}

/** Refused, failed or unknown, as the progress alone tells it. */
function Elsewhere({ state, onAnother }: { readonly state: ImportState; readonly onAnother: () => void }): ReactElement {
  const { t } = useTranslation('data');
  const stage = state.stage === 'refused' || state.stage === 'failed' ? state.stage : 'unknown';
  return (
    <Panel title={t(`wizard.stage.${stage}`)}>
      {stage === 'unknown' && <p>{t('wizard.unknownText')}</p>}
      {state.code !== null && (
        <p className="soft">
          <code>{state.code}</code>
        </p>
      )}
      <div className="row">
        <Button type="primary" onClick={onAnother}>
          {t('wizard.another')}
        </Button>
        <Link to="/imports">{t('wizard.toHistory')}</Link>
      </div>
    </Panel>
  );
}

interface DoneProps {
  readonly kind: ImportKind;
  readonly importId: string | undefined;
  readonly isRepeated: boolean;
  readonly onAnother: () => void;
}

function Done({ kind, importId, isRepeated, onAnother }: DoneProps): ReactElement {
  const { t } = useTranslation('data');
  const query = { kind, limit: 50 };
  const { data } = useQuery({
    queryKey: ['imports', 'list', query],
    queryFn: () => bodyOf(api.GET('/api/v1/imports', { params: { query } })),
  });
  const done = data?.items.find((one) => one.importId === importId);
  return (
    <Panel title={t('wizard.done')} extra={<Mark kind="good">{t('wizard.done')}</Mark>}>
      {isRepeated && <div className="note">{t('wizard.repeated')}</div>}
      {done && <CountList counts={countsOf(done)} />}
      <div className="row below">
        <Link to={kind === 'people' ? '/people' : kind === 'targets' ? '/targets' : '/imports'}>{t(`wizard.toList.${kind}`)}</Link>
        {kind !== 'facts' && <Link to="/imports">{t('wizard.toHistory')}</Link>}
        <Button onClick={onAnother}>{t('wizard.another')}</Button>
      </div>
    </Panel>
  );
}

/** An import of the history as the same numbers that its preview told. */
function countsOf(done: object): Counts {
  const counts: Partial<Record<(typeof COUNT_KEYS)[number], number>> = {};
  for (const [key, value] of Object.entries(done)) {
    const known = COUNT_KEYS.find((one) => one === key);
    if (known && typeof value === 'number') counts[known] = value;
  }
  return counts;
}
