import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { type Freshness, useLive } from '../../api/live';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import type { PlaceAddress } from '../../pieces/explain/explained';
import { COMPANY_ZONE, formatDay } from '../../pieces/format';
import { LiveMark } from '../../pieces/live-mark';
import { Page, Panel } from '../../pieces/page';
import { Skeleton } from '../../pieces/skeleton';
import { language } from '../../texts';
import { measureOf, scopeOf } from './board-address';
import { BoardTable } from './board-table';
import { type Board, type BoardCycle, cyclesQuery, honoursQuery, liveAddress, unitsQuery } from './boards';
import { Choices } from './choices';
import './leaderboard.css';
import { Honours } from './honours';

const route = getRouteApi('/frame/leaderboard');
const ROWS = 50;

/** Places of a published cycle as they are now; never pay. */
export function BoardPage(): ReactElement {
  const { t } = useTranslation('leaderboard');
  const { period, cycle, measure } = route.useSearch();
  const cycles = useQuery(cyclesQuery(period));
  const honours = useQuery(honoursQuery);
  return (
    <Page
      title={t('title')}
      meta={t('meta')}
      actions={
        <Link to="/tv" className="ant-btn tv-link" search={{ period, cycle, measure }}>
          {t('toTv')}
        </Link>
      }
    >
      <div className="board-page">
        <Answer query={cycles} lines={8}>
          {({ items }) => (items.length === 0 ? <NoBoards period={period} /> : <Chosen cycles={items} />)}
        </Answer>
        <Panel title={t('honours.title')}>
          <Answer query={honours}>{({ items }) => <Honours honours={items} />}</Answer>
        </Panel>
      </div>
    </Page>
  );
}

function NoBoards({ period }: { readonly period: string | undefined }): ReactElement {
  const { t } = useTranslation('leaderboard');
  return (
    <Panel>
      <Empty
        title={t('none.title')}
        text={t(period === undefined ? 'none.text' : 'none.ofPeriod')}
        {...(period === undefined
          ? {}
          : {
              next: (
                <Link to="/leaderboard" search={{ period: undefined }}>
                  {t('none.all')}
                </Link>
              ),
            })}
      />
    </Panel>
  );
}

function Chosen({ cycles }: { readonly cycles: readonly BoardCycle[] }): ReactElement {
  const search = route.useSearch();
  const cycleId = (cycles.find((one) => one.cycleId === search.cycle) ?? cycles[0])?.cycleId ?? '';
  const measure = measureOf(search.measure);
  const scope = scopeOf(search.scope);
  const units = useQuery(unitsQuery(cycleId));
  const url = liveAddress({ cycleId, measure, scope, unit: search.unit, after: search.after, limit: ROWS });
  const { data, freshness } = useLive<Board>({ url });
  const { t } = useTranslation('leaderboard');
  return (
    <Panel title={t('panel')} {...(url === undefined ? {} : { extra: <LiveMark freshness={freshness} /> })}>
      <Choices cycles={cycles} cycleId={cycleId} measure={measure} scope={scope} unit={search.unit} units={units.data} />
      {url === undefined ? (
        <Empty title={t('chooseUnit')} text={t('chooseUnitText')} />
      ) : (
        <Shown board={data} freshness={freshness} measure={measure} place={{ cycleId, measure, scope, unit: search.unit }} />
      )}
    </Panel>
  );
}

interface ShownProps {
  readonly board: Board | undefined;
  readonly freshness: Freshness;
  readonly measure: ReturnType<typeof measureOf>;
  readonly place: PlaceAddress;
}

function Shown({ board, freshness, measure, place }: ShownProps): ReactElement {
  const { t } = useTranslation('leaderboard');
  if (!board) return freshness.state === 'lost' ? <Empty title={t('unreachable')} text={t('unreachableText')} /> : <Skeleton lines={10} />;
  return (
    <div className={freshness.state === 'lost' ? 'board-old' : undefined}>
      <BoardTable board={board} measure={measure} address={place} />
      <p className="soft rules">
        {board.tieRule[language()]} {board.before === null ? t('sinceNone') : t('sinceText', { day: formatDay(dayBefore(board.before)) })}{' '}
        {t('namesText', { count: board.publicNames })}
        {board.own === null && ` ${t('notRanked')}`}
      </p>
    </div>
  );
}

/** Movement is told from the end of the day before: that day is named. */
function dayBefore(instant: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    Date.parse(instant) - 1,
  );
}
