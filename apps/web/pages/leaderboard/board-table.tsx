import { Button } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from '../../pieces/address';
import { Empty } from '../../pieces/empty';
import {
  type ExplainAddress,
  explainCompletion,
  Explained,
  explainPlace,
  explainScore,
  type PlaceAddress,
} from '../../pieces/explain/explained';
import type { Measure } from './board-address';
import type { Board, Entry } from './boards';
import { Movement } from './movement';
import { shownValue } from './value';

/** One page of a board; the viewer's own row stays in sight below it, wherever they stand. */
export function BoardTable({
  board,
  measure,
  address,
}: {
  readonly board: Board;
  readonly measure: Measure;
  readonly address: PlaceAddress;
}): ReactElement {
  const { t } = useTranslation('leaderboard');
  if (board.items.length === 0) return <Empty title={t('empty.title')} text={t('empty.text')} />;
  return (
    <>
      <table className="plain board">
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
            // Unnamed people have nothing else to be told apart by than where they stand on the page.
            <tr key={entry.subject ?? `row-${index}`} className={entry.isViewer ? 'mine' : undefined}>
              <Cells
                entry={entry}
                measure={measure}
                own={entry.isViewer ? board.own : null}
                hasMoved={board.before !== null}
                address={address}
              />
            </tr>
          ))}
        </tbody>
        {board.own && (
          <tfoot className="own">
            <tr aria-label={t('ownRow')}>
              <Cells entry={board.own} measure={measure} own={board.own} hasMoved={board.before !== null} address={address} isPinned />
            </tr>
          </tfoot>
        )}
      </table>
      <Pages next={board.next} ranked={board.ranked} />
    </>
  );
}

interface CellsProps {
  readonly entry: Entry;
  readonly measure: Measure;
  readonly own: Board['own'];
  /** Whether there was anybody to move past when the day began. */
  readonly hasMoved: boolean;
  readonly address: PlaceAddress;
  readonly isPinned?: boolean;
}

function Cells({ entry, measure, own, hasMoved, address, isPinned = false }: CellsProps): ReactElement {
  const { t } = useTranslation('leaderboard');
  const place = (
    <>
      {entry.place}
      {isPinned && own && <span className="soft"> / {own.ranked}</span>}
    </>
  );
  return (
    <>
      <td className="number">
        {own ? <Basis of={explainPlace(address)} shown={place} words={t('why.place', { place: entry.place })} /> : place}
      </td>
      <td>
        <Who entry={entry} />
        <Correction entry={entry} measure={measure} />
      </td>
      <td className="number">
        {own ? (
          <Basis
            of={measure === 'score' ? explainScore(own.appraisalId) : explainCompletion(own.appraisalId)}
            shown={shownValue(entry.value, measure)}
            words={t(`why.${measure}`, { value: shownValue(entry.value, measure) })}
          />
        ) : (
          shownValue(entry.value, measure)
        )}
      </td>
      {hasMoved && (
        <td>
          <Movement of={entry} />
        </td>
      )}
    </>
  );
}

function Who({ entry: { name, isViewer, subject } }: { readonly entry: Entry }): ReactElement {
  const { t } = useTranslation('leaderboard');
  if (isViewer) return <strong>{name === null ? t('youAlone') : t('you', { name })}</strong>;
  if (subject === null) return <span className="soft">{t('unnamed')}</span>;
  return <>{name ?? t('erased')}</>;
}

/** What a decision changed after publication stands beside the result, with what was published. */
function Correction({ entry, measure }: { readonly entry: Entry; readonly measure: Measure }): ReactElement | null {
  const { t } = useTranslation('leaderboard');
  if (entry.note === null && entry.place === entry.publishedPlace) return null;
  return (
    <div className="soft correction">
      {entry.note === null
        ? t('movedByOthers', { place: entry.publishedPlace })
        : t('amended', { value: shownValue(entry.publishedValue, measure), place: entry.publishedPlace })}
    </div>
  );
}

/** Only one's own: what others' places and scores rest on is theirs. */
function Basis({ of, shown, words }: { readonly of: ExplainAddress; readonly shown: ReactNode; readonly words: string }): ReactElement {
  return (
    <Explained of={of} what={words}>
      {shown}
    </Explained>
  );
}

function Pages({ next, ranked }: { readonly next: string | undefined; readonly ranked: number }): ReactElement {
  const { t } = useTranslation('leaderboard');
  const { t: common } = useTranslation('common');
  const { after } = useAddress();
  const change = useChangeAddress();
  return (
    <div className="row board-pages">
      <span className="soft">{t('ranked', { count: ranked })}</span>
      {after !== undefined && <Button onClick={() => change({ after: undefined })}>{common('firstPage')}</Button>}
      {next !== undefined && <Button onClick={() => change({ after: next })}>{common('nextPage')}</Button>}
    </div>
  );
}
