import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { hasRole, useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { type Column, DataTable } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { formatInstant, formatPeriod } from '../../pieces/format';
import { Page, Panel } from '../../pieces/page';
import type { AppealOnBoard, Stage } from './appeal';
import './appeals.css';
import { Clock, StageMark } from './stage';

type Whose = 'all' | 'assigned';
const STAGES: readonly Stage[] = [
  'triage',
  'more-asked',
  'declined',
  'escalated',
  'fact-owner',
  'offer-due',
  'offered',
  'to-panel',
  'panel-not-seatable',
  'hearing',
  'decided',
  'declined-final',
  'withdrawn',
  'closed',
];
const ONCE_MORE_MS = 60_000;

/** Appeals by state with their clocks, overdue ones first; everything chosen stands in the address. */
export function BoardPage(): ReactElement {
  const { t } = useTranslation('appeals');
  const me = useMe();
  const seesAll = hasRole(me, 'hr', 'general-manager', 'auditor');
  const address = useAddress();
  const change = useChangeAddress();
  const whose: Whose = seesAll && address['whose'] !== 'assigned' ? 'all' : 'assigned';
  const stage = STAGES.find((one) => one === address['stage']);
  const show = address['show'] === 'all' || address['show'] === 'overdue' ? address['show'] : 'open';
  const { period, after } = address;
  const query = {
    whose,
    ...(stage === undefined ? (show === 'open' ? { open: 'true' as const } : {}) : { stage }),
    ...(show === 'overdue' ? { overdue: 'true' as const } : {}),
    ...(period === undefined ? {} : { period }),
    ...(after === undefined ? {} : { after }),
  };
  const board = useQuery({
    queryKey: ['appeals', 'board', query],
    refetchInterval: ONCE_MORE_MS,
    queryFn: () => bodyOf(api.GET('/api/v1/appeals/board', { params: { query } })),
  });
  return (
    <Page title={t('board.title')} meta={whose === 'all' ? t('board.metaAll') : t('board.metaAssigned')}>
      <Stages
        whose={whose}
        chosen={stage}
        onChoose={(next) => change({ stage: next, show: next === undefined ? undefined : 'all', after: undefined })}
      />
      <div className="row" style={{ marginBottom: 16 }}>
        <label htmlFor="show">{t('board.show')}</label>
        <select
          id="show"
          className="plain-select"
          value={show}
          onChange={(event) =>
            change({
              show: event.target.value === 'open' ? undefined : event.target.value,
              after: undefined,
              ...(event.target.value === 'open' ? { stage: undefined } : {}),
            })
          }
        >
          <option value="open">{t('board.showOpen')}</option>
          <option value="overdue">{t('board.showOverdue')}</option>
          <option value="all">{t('board.showAll')}</option>
        </select>
        {seesAll && (
          <>
            <label htmlFor="whose">{t('board.whose')}</label>
            <select
              id="whose"
              className="plain-select"
              value={whose}
              onChange={(event) => change({ whose: event.target.value === 'assigned' ? 'assigned' : undefined, after: undefined })}
            >
              <option value="all">{t('board.whoseAll')}</option>
              <option value="assigned">{t('board.whoseAssigned')}</option>
            </select>
          </>
        )}
      </div>
      <Panel title={t('board.list')}>
        <Answer query={board}>
          {(page) => (
            <DataTable
              label={t('board.list')}
              rows={page.items}
              rowKey={({ appealId }) => appealId}
              columns={columnsOf(t)}
              next={page.next}
              empty={<Empty title={t('board.empty')} text={whose === 'all' ? t('board.emptyAll') : t('board.emptyAssigned')} />}
            />
          )}
        </Answer>
      </Panel>
    </Page>
  );
}

function columnsOf(t: ReturnType<typeof useTranslation<'appeals'>>['t']): readonly Column<AppealOnBoard>[] {
  return [
    {
      key: 'name',
      title: t('column.appellant'),
      primary: true,
      width: 170,
      render: ({ appealId, name, period }) => (
        <Link to="/appeals/$appealId" params={{ appealId }}>
          {name ?? t('erased')}
          {period !== null && ` · ${formatPeriod(period)}`}
        </Link>
      ),
    },
    { key: 'stage', title: t('column.stage'), render: ({ stage, verdict }) => <StageMark stage={stage} verdict={verdict} /> },
    { key: 'clock', title: t('column.clock'), render: (row) => <Clock of={row} /> },
    {
      key: 'decide',
      title: t('column.decideBy'),
      render: ({ decideBy, verdict }) => (decideBy === null || verdict !== null ? null : <Deadline at={decideBy.at} />),
    },
    {
      key: 'grounds',
      title: t('column.grounds'),
      render: ({ grounds, lines }) => `${grounds.map((one) => t(`ground.${one}`)).join(' · ')} (${t('column.lines', { count: lines })})`,
    },
    {
      key: 'votes',
      title: t('column.votes'),
      width: 72,
      render: ({ votes }) => (votes === null ? null : t('column.votesOf', { cast: votes.cast, of: votes.of })),
    },
    {
      key: 'filed',
      title: t('column.filed'),
      render: ({ filedAt, late }) => (late ? t('column.filedLate', { at: formatInstant(filedAt) }) : formatInstant(filedAt)),
    },
  ];
}

/** How many stand where; choosing one shows only those. */
function Stages({
  whose,
  chosen,
  onChoose,
}: {
  readonly whose: Whose;
  readonly chosen: Stage | undefined;
  readonly onChoose: (stage: Stage | undefined) => void;
}): ReactElement {
  const { t } = useTranslation('appeals');
  const query = useQuery({
    queryKey: ['appeals', 'counts', whose],
    refetchInterval: ONCE_MORE_MS,
    queryFn: () => bodyOf(api.GET('/api/v1/appeals/counts', { params: { query: { whose } } })),
  });
  return (
    <Answer query={query} lines={1}>
      {({ items }) => (
        <ul className="stages" aria-label={t('board.byStage')}>
          {STAGES.flatMap((stage) => {
            const count = items.find((one) => one.stage === stage);
            if (!count) return [];
            return (
              <li key={stage}>
                <button type="button" aria-pressed={stage === chosen} onClick={() => onChoose(stage === chosen ? undefined : stage)}>
                  {t(`stage.${stage}`)} <strong className="number">{count.appeals}</strong>
                  {count.overdue > 0 && <span className="late">{t('board.overdue', { count: count.overdue })}</span>}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </Answer>
  );
}
