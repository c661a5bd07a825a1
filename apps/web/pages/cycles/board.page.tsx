import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { formatInstant, formatPeriod } from '../../pieces/format';
import { LiveMark } from '../../pieces/live-mark';
import { Mark } from '../../pieces/mark';
import { Page } from '../../pieces/page';
import './cycles.css';
import { useLiveBoard } from './live-board';
import { Phases } from './phases';
import { type BoardFilters, boardQuery, type CycleOnBoard, isOwedPhase, statusOf, STATUSES } from './queries';
import { RemindDialog } from './remind-dialog';
import { likeSearch } from './start/like';
import { kindOf, owedIn, periodAfter, type PeriodKind, StatusMark } from './words';

/** Every cycle with how far its phases are, as it moves. */
export function BoardPage(): ReactElement {
  const { t } = useTranslation('cycles');
  const { status, period, after } = useAddress();
  const known = statusOf(status);
  const filters: BoardFilters = {
    ...(known === undefined ? {} : { status: known }),
    ...(period === undefined ? {} : { period }),
    ...(after === undefined ? {} : { after }),
  };
  const query = useQuery(boardQuery(filters));
  const { items, freshness } = useLiveBoard(filters, query.data?.items);
  const isHr = hasRole(useMe(), 'hr');
  return (
    <Page title={t('board.title')} meta={t('board.meta')} actions={isHr && <StartButtons />}>
      <div className="row" style={{ marginBottom: 12 }}>
        <StatusFilter />
        <LiveMark freshness={freshness} />
      </div>
      <Answer query={query} lines={8}>
        {({ next }) =>
          items.length === 0 ? <Nothing isFiltered={status !== undefined || period !== undefined} /> : <Cycles items={items} next={next} />
        }
      </Answer>
      {isHr && <RemindFromAddress />}
    </Page>
  );
}

/** The newest of each kind of period can be done once more with two clicks. */
function StartButtons(): ReactElement {
  const { t } = useTranslation('cycles');
  const { data } = useQuery(boardQuery({}));
  const kinds: readonly PeriodKind[] = ['month', 'quarter', 'year'];
  const last = kinds.flatMap((kind) => {
    const ofKind = (data?.items ?? [])
      .map(({ cycle }) => cycle)
      .filter((cycle) => cycle.status !== 'cancelled' && kindOf(cycle.period) === kind);
    const newest = ofKind.reduce<(typeof ofKind)[number] | undefined>(
      (one, other) => (one === undefined || other.period > one.period ? other : one),
      undefined,
    );
    return newest === undefined ? [] : [newest];
  });
  return (
    <>
      {last.map((cycle, place) => (
        <Link
          key={cycle.cycleId}
          to="/cycles/new"
          search={likeSearch(cycle, t)}
          className={place === 0 ? 'act primary' : 'act'}
          title={t('board.likeTitle', { name: cycle.name })}
        >
          {t('board.like', { period: formatPeriod(periodAfter(cycle.period)) })}
        </Link>
      ))}
      <Link to="/cycles/new" className="act">
        {t('board.start')}
      </Link>
    </>
  );
}

function StatusFilter(): ReactElement {
  const { t } = useTranslation('cycles');
  const { status } = useAddress();
  const change = useChangeAddress();
  return (
    <select
      className="plain-select"
      aria-label={t('board.filter')}
      value={statusOf(status) ?? ''}
      onChange={(event) => change({ status: event.target.value === '' ? undefined : event.target.value, after: undefined })}
    >
      <option value="">{t('board.anyStatus')}</option>
      {STATUSES.map((one) => (
        <option key={one} value={one}>
          {t(`status.${one}`)}
        </option>
      ))}
    </select>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }): ReactElement {
  const { t } = useTranslation('cycles');
  const change = useChangeAddress();
  const isHr = hasRole(useMe(), 'hr');
  if (isFiltered)
    return (
      <Empty
        title={t('board.emptyFiltered')}
        text={t('board.emptyFilteredText')}
        next={<Button onClick={() => change({ status: undefined, period: undefined, after: undefined })}>{t('board.clear')}</Button>}
      />
    );
  return (
    <Empty
      title={t('board.emptyTitle')}
      text={t('board.emptyText')}
      next={
        isHr && (
          <Link to="/cycles/new" className="act primary">
            {t('board.start')}
          </Link>
        )
      }
    />
  );
}

function Cycles({ items, next }: { readonly items: readonly CycleOnBoard[]; readonly next: string | undefined }): ReactElement {
  const { t } = useTranslation('common');
  const { after } = useAddress();
  const change = useChangeAddress();
  return (
    <>
      {items.map((item) => (
        <CycleRow key={item.cycle.cycleId} item={item} />
      ))}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        {after !== undefined && <Button onClick={() => change({ after: undefined })}>{t('firstPage')}</Button>}
        {next !== undefined && <Button onClick={() => change({ after: next })}>{t('nextPage')}</Button>}
      </div>
    </>
  );
}

function CycleRow({ item: { cycle, progress } }: { readonly item: CycleOnBoard }): ReactElement {
  const { t } = useTranslation('cycles');
  const left = cycle.excluded.filter(({ reason }) => reason !== 'not-in-scope').reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="panel cycle-row" aria-label={cycle.name}>
      <div className="row">
        <h2>
          <Link to="/cycles/$cycleId" params={{ cycleId: cycle.cycleId }}>
            {cycle.name}
          </Link>
        </h2>
        <StatusMark status={cycle.status} />
        {cycle.published && <Mark kind="good">{t('published')}</Mark>}
        <span className="soft">
          {[
            formatPeriod(cycle.period),
            t('board.members', { count: cycle.members }),
            ...(left > 0 ? [t('board.setAside', { count: left })] : []),
            t('board.startedAt', { when: formatInstant(cycle.startedAt) }),
          ].join(' · ')}
        </span>
        <RemindButtons item={{ cycle, progress }} />
      </div>
      <Phases cycle={cycle} progress={progress} />
    </section>
  );
}

/** One for each open phase that somebody owes. */
function RemindButtons({ item: { cycle, progress } }: { readonly item: CycleOnBoard }): ReactElement | null {
  const { t } = useTranslation('cycles');
  const change = useChangeAddress();
  const isHr = hasRole(useMe(), 'hr');
  if (!isHr || cycle.status !== 'running') return null;
  const owing = (of: string): number => progress.filter(({ phase }) => phase === of).reduce((sum, one) => sum + owedIn(one), 0);
  const open = cycle.phases.filter(({ phase, state }) => state === 'open' && isOwedPhase(phase) && owing(phase) > 0);
  return (
    <>
      {open.map(({ phase }) => (
        <Button key={phase} onClick={() => change({ remind: `${cycle.cycleId}~${phase}` })}>
          {t('board.remind', { phase: t(`phase.${phase}`), count: owing(phase) })}
        </Button>
      ))}
    </>
  );
}

/** `?remind=<cycle>~<phase>`: who owes it, and the button that reminds them. */
function RemindFromAddress(): ReactElement | null {
  const { remind } = useAddress();
  const change = useChangeAddress();
  const [cycleId, phase] = remind?.split('~') ?? [];
  if (!cycleId || !isOwedPhase(phase)) return null;
  return <RemindDialog cycleId={cycleId} phase={phase} onClose={() => change({ remind: undefined })} />;
}
