import { period } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { PeriodResults, ResultSummaries } from '../contracts/result-summary';
import { appraisalProjection } from './appraisal.projection';

const MOST_PERIODS = 60;

type SummaryRow = {
  readonly period: string;
  readonly people: number;
  readonly with_score: number;
  readonly amended: number;
  readonly mean: string | null;
  readonly lowest: string | null;
  readonly highest: string | null;
};
type CellRow = { readonly period: string; readonly grade: string | null; readonly bottom: string | null; readonly people: number };

export function createResultSummaries(read: ReadDb): ResultSummaries {
  const table = asOfTable(appraisalProjection);
  const published = `FROM ${table} a WHERE scheme_id = $1 AND scheme_version = $2 AND published_at IS NOT NULL AND status <> 'cancelled'`;
  return {
    async ofScheme(schemeId, version) {
      const [rows, cells] = await Promise.all([
        read.query<SummaryRow>(
          `SELECT period, count(*)::int AS people, count(score)::int AS with_score, count(*) FILTER (WHERE amended)::int AS amended,
             round(avg(score), 2) AS mean, min(score) AS lowest, max(score) AS highest
           ${published} GROUP BY period ORDER BY period DESC LIMIT ${MOST_PERIODS}`,
          [schemeId, version],
        ),
        read.query<CellRow>(
          `SELECT period, grade, (floor(score / 10) * 10)::text AS bottom, count(*)::int AS people ${published} GROUP BY 1, 2, 3`,
          [schemeId, version],
        ),
      ]);
      return [...rows].reverse().map((row) =>
        periodResults(
          row,
          cells.filter((cell) => cell.period === row.period),
        ),
      );
    },
  };
}

function periodResults(row: SummaryRow, cells: readonly CellRow[]): PeriodResults {
  const grades = counted(cells, ({ grade }) => grade);
  const scores = counted(cells, ({ bottom }) => bottom);
  return {
    period: period(row.period),
    people: row.people,
    withScore: row.with_score,
    amended: row.amended,
    meanScore: row.mean,
    lowest: row.lowest,
    highest: row.highest,
    grades: [...grades].map(([grade, people]) => ({ grade, people })).sort((a, b) => ((a.grade ?? '~') < (b.grade ?? '~') ? -1 : 1)),
    scores: [...scores]
      .flatMap(([from, people]) => (from === null ? [] : [{ from, people }]))
      .sort((a, b) => Number(a.from) - Number(b.from)),
  };
}

function counted(cells: readonly CellRow[], by: (cell: CellRow) => string | null): ReadonlyMap<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const cell of cells) counts.set(by(cell), (counts.get(by(cell)) ?? 0) + cell.people);
  return counts;
}
