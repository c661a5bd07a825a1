import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import { isAbove, shownCompletion } from '../domain/completion.policy';
import { leaderboardProjection, type LeaderboardRow } from './leaderboard.projection';

/**
 * `publicNames`: how many places are shown with their names to everybody, unless the company sets it; never more than the upper half
 * of a board, or a team's board would name whom the company's does not.
 */
export const LEADERBOARD_LIMITS = { page: 100, publicNames: 10, amended: 10_000, units: 500, honours: 24 } as const;

export const BOARD_SCOPES = ['company', 'region', 'team'] as const;
export type BoardScope = (typeof BOARD_SCOPES)[number];
export const BOARD_MEASURES = ['score', 'completion'] as const;
export type BoardMeasure = (typeof BOARD_MEASURES)[number];

/** Printed beside every board. */
export const TIE_RULE = {
  code: 'same-value-same-place-next-skips',
  'zh-CN': '数值相同者名次相同，其后的名次顺延空出。',
  en: 'Equal values share a place; the places after them are skipped.',
} as const;

export interface BoardQuery {
  readonly cycleId: string;
  readonly scope: BoardScope;
  /** The region or team; ignored for the company. */
  readonly unit?: string;
  readonly measure: BoardMeasure;
  /** Log position; the latest when absent. */
  readonly asOf?: number;
}

export interface BoardViewer {
  readonly subject: SubjectId | null;
  /** HR and whoever else may see every name. */
  readonly seesAllNames: boolean;
  /** People whose names this viewer may see wherever they stand: a manager's own team. */
  readonly mayName: ReadonlySet<SubjectId>;
  /** The company's setting. */
  readonly publicNames: number;
}

export interface BoardEntry {
  /** In the corrected order of now. */
  readonly place: number;
  /** At publication; frozen for everyone but those amended or published since, who are placed against the frozen group. */
  readonly publishedPlace: number;
  /** Null where the viewer may not see who it is. */
  readonly subject: SubjectId | null;
  readonly isViewer: boolean;
  /** Two decimals; percent for completion. */
  readonly value: string;
  readonly publishedValue: string;
  /** Set where a decision changed the value after publication. */
  readonly note: 'amended-after-publication' | null;
}

export interface BoardPage {
  readonly tieRule: typeof TIE_RULE;
  /** The ranking group: those of the cycle and scope who were published with a value. */
  readonly ranked: number;
  /** How many places of this board have their names shown to everybody. */
  readonly publicNames: number;
  readonly items: readonly BoardEntry[];
  /** Who each item is, whether or not the viewer may see it: to look further with, never to be shown. */
  readonly subjects: readonly SubjectId[];
  /** Hand it back as `after`; absent on the last page. */
  readonly next?: string;
}

type ValueRow = Pick<LeaderboardRow, 'subject' | 'amended' | 'late'> & { readonly value: string; readonly published_value: string };

export interface Group {
  /** Table and condition: those published with a value. */
  readonly from: string;
  readonly columns: string;
  readonly value: string;
  readonly params: readonly [string, string | null];
}

/** Column names come from the two lists above, never from a caller's text. */
export function groupOf({ cycleId, scope, unit, measure, asOf }: BoardQuery): Group {
  const where = scope === 'company' ? '$2::text IS NULL' : `${scope} = $2`;
  return {
    from: `${asOfTable(leaderboardProjection, asOf)} b WHERE cycle_id = $1 AND ${where} AND published AND published_${measure} IS NOT NULL AND ${measure} IS NOT NULL`,
    columns: `subject, amended, late, ${measure} AS value, published_${measure} AS published_value`,
    value: measure,
    params: [cycleId, scope === 'company' ? null : (unit ?? '')],
  };
}

/**
 * One page of a board, best first; equal values by subject id. A place is 1 + the number of those strictly ahead; someone
 * amended is placed against the values that were published, which moves nobody else's published place.
 * Thrown when the cursor is none of ours: RangeError.
 */
export async function leaderboard(
  read: ReadDb,
  query: BoardQuery,
  viewer: BoardViewer,
  page: { readonly after?: string; readonly limit: number },
): Promise<BoardPage> {
  const size = Math.min(Math.max(page.limit, 1), LEADERBOARD_LIMITS.page);
  const offset = offsetOf(page.after);
  const group = groupOf(query);
  const [ranked, amended, rows] = await Promise.all([
    countOf(read, group),
    amendedOf(read, group),
    read.query<ValueRow>(`SELECT ${group.columns} FROM ${group.from} ORDER BY ${group.value} DESC, subject OFFSET $3 LIMIT $4`, [
      ...group.params,
      offset,
      size,
    ]),
  ]);
  const publicNames = Math.min(viewer.publicNames, Math.ceil(ranked / 2));
  const first = rows[0];
  const aheadOfFirst = first ? await aheadOf(read, group, first.value) : 0;
  let ahead = aheadOfFirst;
  const items = rows.map((row, index) => {
    const before = rows[index - 1];
    if (before && before.value !== row.value) ahead = offset + index;
    return entryOf(row, { place: ahead + 1, amended, measure: query.measure, viewer: { ...viewer, publicNames } });
  });
  return {
    tieRule: TIE_RULE,
    ranked,
    publicNames,
    items,
    subjects: rows.map(({ subject }) => subject),
    ...(offset + rows.length < ranked && rows.length > 0 ? { next: String(offset + rows.length) } : {}),
  };
}

/** A person's exact place, whatever may be seen of others. Undefined when not in the ranking group. */
export async function ownPlace(
  read: ReadDb,
  query: BoardQuery,
  subject: SubjectId,
): Promise<(BoardEntry & { readonly ranked: number }) | undefined> {
  const group = groupOf(query);
  const row = await read.one<ValueRow>(`SELECT ${group.columns} FROM ${group.from} AND subject = $3`, [...group.params, subject]);
  if (!row) return undefined;
  const [ranked, amended, ahead] = await Promise.all([countOf(read, group), amendedOf(read, group), aheadOf(read, group, row.value)]);
  const viewer: BoardViewer = { subject, seesAllNames: false, mayName: new Set(), publicNames: 0 };
  return { ...entryOf(row, { place: ahead + 1, amended, measure: query.measure, viewer }), ranked };
}

async function countOf(read: ReadDb, { from, params }: Group): Promise<number> {
  return (await read.one<{ readonly count: number }>(`SELECT count(*)::int AS count FROM ${from}`, params))?.count ?? 0;
}

async function aheadOf(read: ReadDb, { from, value, params }: Group, than: string): Promise<number> {
  return (
    (await read.one<{ readonly count: number }>(`SELECT count(*)::int AS count FROM ${from} AND ${value} > $3::numeric`, [...params, than]))
      ?.count ?? 0
  );
}

/** The few who were published late or whose value changed since: what tells the published order from the corrected one. */
function amendedOf(read: ReadDb, { from, columns, params }: Group): Promise<readonly ValueRow[]> {
  return read.query<ValueRow>(
    `SELECT ${columns} FROM ${from} AND (amended OR late) ORDER BY subject LIMIT ${LEADERBOARD_LIMITS.amended}`,
    params,
  );
}

interface Placing {
  readonly place: number;
  readonly amended: readonly ValueRow[];
  readonly measure: BoardMeasure;
  readonly viewer: BoardViewer;
}

function entryOf(row: ValueRow, { place, amended, measure, viewer }: Placing): BoardEntry {
  const isViewer = row.subject === viewer.subject;
  const named = isViewer || viewer.seesAllNames || viewer.mayName.has(row.subject) || place <= viewer.publicNames;
  const shown = (value: string): string => (measure === 'completion' ? shownCompletion(value) : value);
  return {
    place,
    publishedPlace: publishedPlace(row, place, amended),
    subject: named ? row.subject : null,
    isViewer,
    value: shown(row.value),
    publishedValue: shown(row.published_value),
    note: row.amended ? 'amended-after-publication' : null,
  };
}

/**
 * The place among published values: that of now, with the others who were amended put back where they were published. Who
 * came late was in no group: it moves nobody's published place.
 */
function publishedPlace(row: ValueRow, place: number, amended: readonly ValueRow[]): number {
  const mine = row.amended ? row.value : row.published_value;
  let published = place;
  for (const other of amended) {
    if (other.subject === row.subject) continue;
    if (isAbove(other.value, mine)) published -= 1;
    if (!other.late && isAbove(other.published_value, mine)) published += 1;
  }
  return published;
}

function offsetOf(after: string | undefined): number {
  if (after === undefined) return 0;
  if (!/^\d{1,7}$/.test(after)) throw new RangeError('not a cursor of a leaderboard');
  return Number(after);
}
