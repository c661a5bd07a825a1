import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Confirm } from '../../pieces/confirm';
import { type Column, DataTable } from '../../pieces/data-table';
import { Empty } from '../../pieces/empty';
import { Explained, explainScore } from '../../pieces/explain/explained';
import { formatAmount } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { language } from '../../texts';
import { sumAmounts } from './money';
import { Field, useAct } from './batch-acts';
import { type Batch, type BatchAct, earlierHoldsQuery, type Figures, historyQuery, type Line, linesQuery } from './payout-queries';
import { lineName, STATUS_MARK } from './payout-words';
import { useTicked } from './ticked';

const route = getRouteApi('/frame/payouts/$batchId');
const STATUSES: readonly Line['status'][] = ['computed', 'held', 'released', 'withheld', 'acknowledged', 'cancelled'];
/** Lines are ticked to be held, and once they are out to be acknowledged. */
const HOLDABLE: readonly Batch['stage'][] = ['computed', 'checked', 'check-failed', 'approved'];
const CHOOSABLE: readonly Batch['stage'][] = [...HOLDABLE, 'released'];

interface LinesProps {
  readonly batch: Batch;
  readonly figures: Figures | undefined;
}

/** Lines by person, filtered by status and by what they pay for. */
export function Lines({ batch, figures }: LinesProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const search = route.useSearch();
  const query = useQuery(linesQuery(batch, search));
  const holds = useHolds(batch);
  const me = useMe();
  const { ticked, tick } = useTicked();
  const columns = useColumns({ batch, figures }, holds);
  const isFiltered = search.status !== undefined || search.line !== undefined || search.person !== undefined;
  return (
    <div className="stack">
      <Filters batch={batch} figures={figures} />
      <Answer query={query}>
        {({ items, next }) => (
          <DataTable
            label={t('tab.lines')}
            rows={items}
            rowKey={({ lineId }) => lineId}
            columns={columns}
            next={next}
            rowLabel={(line) => lineLabel(line, lineName(line.key, figures, t), common('erased'))}
            {...(hasRole(me, 'finance') && CHOOSABLE.includes(batch.stage)
              ? {
                  selection: {
                    selected: ticked.map(({ lineId }) => lineId),
                    onChange: (ids: readonly string[]) => tick(items.filter(({ lineId }) => ids.includes(lineId))),
                    canChoose: ({ status }: Line) => batch.stage !== 'released' || status === 'released',
                  },
                }
              : {})}
            empty={
              batch.stage === 'computing' ? (
                <Empty title={t('computing')} text={t('notComputed')} />
              ) : (
                <Empty
                  title={t('noLines')}
                  text={t('noLinesText')}
                  next={
                    isFiltered && (
                      <Button onClick={() => change({ status: undefined, line: undefined, person: undefined, after: undefined })}>
                        {t('empty.clear')}
                      </Button>
                    )
                  }
                />
              )
            }
          />
        )}
      </Answer>
    </div>
  );
}

/** Holds that lines were under: in this batch, and in the earlier ones where it settles what they held. */
function useHolds(batch: Batch): readonly BatchAct[] {
  const own = useQuery(historyQuery(batch)).data?.items ?? [];
  const earlier = useQuery({ ...earlierHoldsQuery(batch), enabled: batch.kind === 'supplementary' }).data ?? [];
  return [...own, ...earlier];
}

function lineLabel({ name, amount }: Line, line: string, erased: string): string {
  return `${name ?? erased} · ${line} · ${formatAmount(amount)}`;
}

function Filters({ batch, figures }: LinesProps): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  const { status, line, person } = route.useSearch();
  const me = useMe();
  const set = (name: 'status' | 'line', value: string): void => change({ [name]: value === '' ? undefined : value, after: undefined });
  return (
    <div className="row">
      <select
        className="plain-select"
        aria-label={t('filter.status')}
        value={status ?? ''}
        onChange={(event) => set('status', event.target.value)}
      >
        <option value="">
          {t('filter.status')}: {common('all')}
        </option>
        {STATUSES.map((one) => (
          <option key={one} value={one}>
            {t(`status.${one}`)}
          </option>
        ))}
      </select>
      <select
        className="plain-select"
        aria-label={t('filter.line')}
        value={line ?? ''}
        onChange={(event) => set('line', event.target.value)}
      >
        <option value="">
          {t('filter.line')}: {common('all')}
        </option>
        {(figures?.byKey ?? []).map(({ key }) => (
          <option key={key} value={key}>
            {lineName(key, figures, t)}
          </option>
        ))}
      </select>
      {person !== undefined && <Button onClick={() => change({ person: undefined, after: undefined })}>{t('filter.clearPerson')}</Button>}
      {hasRole(me, 'finance') && <Hold batch={batch} />}
      <a href={`/api/v1/payouts/${batch.batchId}/lines.csv?language=${language()}`} download>
        {t('csv')}
      </a>
    </div>
  );
}

function useColumns({ batch, figures }: LinesProps, holds: readonly BatchAct[]): readonly Column<Line>[] {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const change = useChangeAddress();
  return [
    {
      key: 'person',
      title: t('column.person'),
      primary: true,
      render: ({ subject, name }) => (
        <Button type="link" size="small" onClick={() => change({ person: subject, after: undefined })}>
          {name ?? common('erased')}
        </Button>
      ),
    },
    { key: 'line', title: t('column.line'), render: ({ key }) => lineName(key, figures, t) },
    {
      key: 'amount',
      title: t('column.amount'),
      number: true,
      render: (line) => <Amount line={line} name={lineName(line.key, figures, t)} />,
    },
    {
      key: 'status',
      title: t('column.status'),
      render: ({ status }) => <Mark kind={STATUS_MARK[status]}>{t(`status.${status}`)}</Mark>,
    },
    { key: 'why', title: t('column.why'), render: (line) => <Why batch={batch} line={line} holds={holds} /> },
  ];
}

function Amount({ line, name }: { readonly line: Line; readonly name: string }): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const amount = formatAmount(line.amount);
  if (line.key === 'deposit_release') return <>{amount}</>;
  const what = t('amountOf', { name: line.name ?? common('erased'), line: name, amount });
  return (
    <Explained of={explainScore(line.appraisalId, `line.${line.key}`)} what={what}>
      {amount}
    </Explained>
  );
}

/** Adjustments with what they settle, holds with their reason and how to lift them, findings, payroll's reference. */
function Why({
  batch,
  line,
  holds,
}: {
  readonly batch: Batch;
  readonly line: Line;
  readonly holds: readonly BatchAct[];
}): ReactElement | null {
  const { t } = useTranslation('payouts');
  const { difference, heldBy, reference } = line;
  const findings = batch.findings.filter(({ lineId }) => lineId === line.lineId);
  if (!difference && heldBy.length === 0 && reference === null && findings.length === 0) return null;
  return (
    <div>
      {difference && (
        <div>
          {t('lineNote.adjustment', { entitled: formatAmount(difference.entitled), settled: formatAmount(difference.settled) })} ·{' '}
          {t(`cause.${difference.cause.kind}`)}
          <Lifted cause={difference.cause} holds={holds} />
        </div>
      )}
      {heldBy.map((key) => (
        <HeldBy
          key={key}
          batch={batch}
          line={line}
          hold={holds.find((act) => act.type === 'PayoutLinesHeld' && act.hold?.key === key)}
          of={key}
        />
      ))}
      {findings.map(({ code }) => (
        <div key={code}>
          <Mark kind="bad">{t('finding')}</Mark> {findingWords(code, t)}
        </div>
      ))}
      {reference !== null && <div className="soft">{t('lineNote.reference', { reference })}</div>}
    </div>
  );
}

/** With what reason finance had held it. */
function Lifted({
  cause,
  holds,
}: {
  readonly cause: NonNullable<Line['difference']>['cause'];
  readonly holds: readonly BatchAct[];
}): ReactElement | null {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const hold = holds.find((act) => act.hold?.id === cause.id && act.type === 'PayoutLinesHeld');
  if (cause.kind !== 'hold-lifted' || !hold?.reason) return null;
  return <span className="soft"> {t('heldReason', { name: hold.byName ?? common('erased'), reason: hold.reason })}</span>;
}

function HeldBy({
  batch,
  line,
  hold,
  of,
}: {
  readonly batch: Batch;
  readonly line: Line;
  readonly hold: BatchAct | undefined;
  readonly of: string;
}): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const [kind = '', id = ''] = of.split('/');
  const { command, changed, problem } = useAct(batch, t('hold.lifted'), { seen: false });
  const reason = hold?.reason ?? t('toBatchHistory');
  const how = batch.releasedAt === null ? t('hold.inBatch') : t('hold.later');
  return (
    <div className="row">
      <span>
        {kind === 'appeal' ? t('heldBy.appeal') : t('heldBy.finance')}
        {kind === 'finance' && hold && <span className="soft"> {t('heldReason', { name: hold.byName ?? common('erased'), reason })}</span>}
      </span>
      {kind === 'finance' && hasRole(me, 'finance') && (
        <Confirm
          act={t('hold.lift')}
          what={
            <>
              <p>{t('hold.liftWhat', { name: line.name ?? common('erased'), reason, how })}</p>
              {changed}
            </>
          }
          problem={problem}
          onConfirm={() => command.mutateAsync({ act: 'lift-hold', holdId: id })}
        />
      )}
    </div>
  );
}

const KNOWN_CODES = ['wrong-amount', 'wrong-person', 'missing-line', 'should-be-held', 'data-not-final'] as const;

/** A finding in words; one that another system recorded is shown by its code. */
export function findingWords(code: string, t: ReturnType<typeof useTranslation<'payouts'>>['t']): string {
  const known = KNOWN_CODES.find((one) => one === code);
  return known ? t(`check.codes.${known}`) : code;
}

/** Holds what is ticked, of one person at a time. */
function Hold({ batch }: { readonly batch: Batch }): ReactElement {
  const { t } = useTranslation('payouts');
  const { t: common } = useTranslation('common');
  const { ticked, tick } = useTicked();
  const [reason, setReason] = useState('');
  const [holdId, setHoldId] = useState(() => crypto.randomUUID());
  const { command, changed, problem } = useAct(batch, t('hold.done'), { seen: false });
  const id = useId();
  const [first] = ticked;
  const total = formatAmount(sumAmounts(ticked.map(({ amount }) => amount)));
  const send = async (): Promise<void> => {
    await command.mutateAsync({ act: 'hold', holdId, lineIds: ticked.map(({ lineId }) => lineId), reason: reason.trim() });
    setHoldId(crypto.randomUUID());
    setReason('');
    tick([]);
  };
  return (
    <Confirm
      act={t('hold.act')}
      blocked={blockedOf(batch, ticked, t)}
      ready={reason.trim() !== ''}
      what={
        <div className="stack">
          <p>{t('hold.what', { name: first?.name ?? common('erased'), count: ticked.length, total })}</p>
          <Field id={id} label={t('hold.reason')}>
            <input id={id} className="plain-input" value={reason} maxLength={120} onChange={(event) => setReason(event.target.value)} />
          </Field>
          {changed}
        </div>
      }
      problem={problem}
      onConfirm={send}
    />
  );
}

function blockedOf(batch: Batch, ticked: readonly Line[], t: ReturnType<typeof useTranslation<'payouts'>>['t']): string | undefined {
  if (batch.stage === 'computing') return t('hold.notYet');
  if (!HOLDABLE.includes(batch.stage)) return t('hold.notNow');
  if (ticked.length === 0) return t('hold.none');
  return new Set(ticked.map(({ subject }) => subject)).size > 1 ? t('hold.several') : undefined;
}
