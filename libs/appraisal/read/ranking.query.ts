import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { AppraisalReader, RankedBy } from '../contracts';
import { appraisalResultProjection } from './appraisal-result.projection';

/** The frozen groups that people are ranked in; values are counted where they are stored. */
export function rankingQueries(read: ReadDb): Pick<AppraisalReader, 'rankingGroup' | 'rankedValues'> {
  return {
    rankingGroup({ cycleId, of, asOf }) {
      const group = rankedBy(of);
      return read.query<{ readonly value: string; readonly people: number }>(
        `SELECT value, count(*)::int AS people FROM (SELECT ${group.value} AS value FROM ${asOfTable(appraisalResultProjection, asOf)} r
           WHERE cycle_id = $1 AND ${IS_WHOLE}) v WHERE value IS NOT NULL GROUP BY value`,
        [cycleId, ...group.params],
      );
    },

    async rankedValues({ cycleId, of, asOf, subjects }) {
      const group = rankedBy(of);
      const rows = await read.query<{ readonly subject: SubjectId; readonly value: string }>(
        `SELECT subject, value FROM (SELECT subject, ${group.value} AS value FROM ${asOfTable(appraisalResultProjection, asOf)} r
           WHERE cycle_id = $1 AND subject = ANY($${group.params.length + 2}) AND ${IS_WHOLE}) v WHERE value IS NOT NULL`,
        [cycleId, ...group.params, subjects],
      );
      return new Map(rows.map(({ subject, value }) => [subject, value]));
    },
  };
}

/** With errors there is no score, and nobody in the group. */
const IS_WHOLE = `jsonb_array_length(r.result->'errors') = 0`;

/** `$2` is the fact's key where people are ranked by a fact. */
function rankedBy(of: RankedBy): { readonly value: string; readonly params: readonly string[] } {
  if (of === 'score') return { value: `(r.result->>'score')::numeric`, params: [] };
  const found = `jsonb_path_query_first(r.basis, '$.facts[*] ? (@.key == $key).value', jsonb_build_object('key', $2::text))`;
  return { value: `(${found}#>>'{}')::numeric`, params: [of.fact] };
}
