import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live';
import { Answer } from '../../pieces/answer';
import { formatPeriod } from '../../pieces/format';
import { LiveMark } from '../../pieces/live-mark';
import { language } from '../../texts';
import { type Measure, measureOf } from './board-address';
import { type Board, type BoardCycle, cyclesQuery, type Entry, liveAddress, type Units, unitsQuery } from './boards';
import './leaderboard.css';
import { Movement } from './movement';
import { isNameless, nextNamed, slidesOf, type Turn, turned } from './tv-slides';
import { shownValue } from './value';

const route = getRouteApi('/tv');
const ROWS = 8;
/** Long enough to read a page of names from across a room. */
const TURN_MS = 12_000;

/** A screen on a wall: turns by itself until somebody stops it; only names that everybody may see. */
export function TvPage(): ReactElement {
  const { t } = useTranslation('leaderboard');
  const search = route.useSearch();
  const cycles = useQuery(cyclesQuery(search.period));
  useEffect(() => {
    document.title = `${t('title')} · Centum`;
  }, [t]);
  return (
    <Answer query={cycles}>
      {({ items }) => {
        const cycle = items.find(({ cycleId }) => cycleId === search.cycle) ?? items[0];
        return cycle ? (
          <Turning key={cycle.cycleId} cycle={cycle} measure={measureOf(search.measure)} />
        ) : (
          <Nothing period={search.period} />
        );
      }}
    </Answer>
  );
}

function Nothing({ period }: { readonly period: string | undefined }): ReactElement {
  const { t } = useTranslation('leaderboard');
  return (
    <main className="tv">
      <h1>{t('none.title')}</h1>
      <p>{t(period === undefined ? 'none.text' : 'none.ofPeriod')}</p>
      <footer>
        <Link to="/leaderboard" className="turn" search={{ period }}>
          {t('tv.leave')}
        </Link>
      </footer>
    </main>
  );
}

function Turning({ cycle, measure }: { readonly cycle: BoardCycle; readonly measure: Measure }): ReactElement {
  const units = useQuery(unitsQuery(cycle.cycleId));
  return <Answer query={units}>{(known) => <Slides cycle={cycle} measure={measure} units={known} />}</Answer>;
}

function Slides({ cycle, measure, units }: { readonly cycle: BoardCycle; readonly measure: Measure; readonly units: Units }): ReactElement {
  const { t } = useTranslation('leaderboard');
  const search = route.useSearch();
  const slides = slidesOf(units);
  const [turn, setTurn] = useState<Turn>({ slide: 0, after: undefined });
  // Who asked their device for less motion starts it themselves.
  const [isTurning, setTurning] = useState(() => !window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const slide = slides[turn.slide] ?? { scope: 'company' as const };
  const url = liveAddress({ cycleId: cycle.cycleId, measure, ...slide, after: turn.after, limit: ROWS, isPublic: true });
  const { data, freshness } = useLive<Board>({ url });
  const next = nextNamed(data);
  const advance = (): void => setTurn((now) => turned(now, { slides: slides.length, next }));
  useEffect(() => {
    if (!isTurning) return undefined;
    const timer = window.setTimeout(() => setTurn((now) => turned(now, { slides: slides.length, next })), TURN_MS);
    return () => window.clearTimeout(timer);
  }, [isTurning, turn, next, slides.length]);
  // Names end where the page before ended: nothing is left to read of this board.
  const isSkipped = turn.after !== undefined && isNameless(data);
  useEffect(() => {
    if (isSkipped) setTurn((now) => turned(now, { slides: slides.length, next: undefined }));
  }, [isSkipped, slides.length]);
  return (
    <main className="tv">
      <header>
        <h1>{slide.unit ?? t('scope.company')}</h1>
        <span className="of">
          {formatPeriod(cycle.period)} · {t(`measure.${measure}`)}
          {data && ` · ${t('ranked', { count: data.ranked })}`}
        </span>
        <span className="space" />
        <LiveMark freshness={freshness} />
      </header>
      <div>{data && !isSkipped ? <Rows board={data} measure={measure} /> : null}</div>
      <footer>
        <button type="button" className="turn" onClick={() => setTurning(!isTurning)} aria-pressed={!isTurning}>
          {isTurning ? t('tv.pause') : t('tv.go')}
        </button>
        <button type="button" className="turn" onClick={advance}>
          {t('tv.next')}
        </button>
        <Link to="/leaderboard" className="turn" search={{ ...search, cycle: cycle.cycleId }}>
          {t('tv.leave')}
        </Link>
        <span className="space" />
        <span className="soft">{data?.tieRule[language()]}</span>
        <span className="soft">{t('tv.page', { number: turn.slide + 1, of: slides.length })}</span>
      </footer>
    </main>
  );
}

function Rows({ board, measure }: { readonly board: Board; readonly measure: Measure }): ReactElement {
  const { t } = useTranslation('leaderboard');
  return (
    <table>
      <caption className="hidden">{t('caption', { count: board.ranked })}</caption>
      <thead>
        <tr>
          <th scope="col" className="number">
            {t('place')}
          </th>
          <th scope="col">{t('name')}</th>
          <th scope="col" className="number">
            {t(`measure.${measure}`)}
          </th>
          {board.before !== null && <th scope="col">{t('since')}</th>}
        </tr>
      </thead>
      <tbody>
        {board.items.map((entry, index) => (
          <tr key={entry.subject ?? `row-${index}`}>
            <td className="number">{entry.place}</td>
            <td>
              <Name of={entry} />
            </td>
            <td className="number">{shownValue(entry.value, measure)}</td>
            {board.before !== null && (
              <td>
                <Movement of={entry} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Name({ of: { subject, name, note } }: { readonly of: Entry }): ReactElement {
  const { t } = useTranslation('leaderboard');
  return (
    <>
      {subject === null ? <span className="soft">{t('unnamed')}</span> : (name ?? t('erased'))}
      {note !== null && <span className="soft correction"> {t('tv.amended')}</span>}
    </>
  );
}
