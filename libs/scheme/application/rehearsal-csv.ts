import { CSV_BOM, csvRow } from '#libs/tabular';
import type { RehearsalRow } from './rehearsal-types';

const COLUMNS = [
  'period',
  'subject',
  'department',
  'team',
  'published_score',
  'draft_score',
  'difference_score',
  'published_grade',
  'draft_grade',
  'published_rank',
  'draft_rank',
  'places',
  'published_pay',
  'draft_pay',
  'difference_pay',
  'again_score',
  'again_grade',
  'again_rank',
  'again_pay',
  'amended',
  'defaulted',
  'errors',
] as const;

/**
 * The rows as a file, piece by piece: UTF-8 with byte order mark, no cell that a spreadsheet would run. The first piece comes with the
 * first rows, so that a refusal comes before anything is written.
 */
export async function* rehearsalCsv(batches: AsyncIterable<readonly RehearsalRow[]>): AsyncGenerator<string, void, undefined> {
  let head = `${CSV_BOM}${csvRow(COLUMNS)}`;
  for await (const rows of batches) {
    yield head + rows.map((row) => csvRow(cellsOf(row))).join('');
    head = '';
  }
  if (head !== '') yield head;
}

function cellsOf({ published, again, draft, difference, ...row }: RehearsalRow): readonly string[] {
  const cells = [
    row.period,
    row.subject,
    row.department,
    row.team,
    published?.score,
    draft.score,
    difference.score,
    published?.grade,
    draft.grade,
    published?.rank,
    draft.rank,
    difference.places,
    published?.pay,
    draft.pay,
    difference.pay,
    again?.score,
    again?.grade,
    again?.rank,
    again?.pay,
    row.amended ? 'yes' : 'no',
    row.defaulted.join(' '),
    draft.errors.map(({ code, key }) => `${code} ${key}`).join('; '),
  ];
  return cells.map((cell) => (cell === null || cell === undefined ? '' : String(cell)));
}
