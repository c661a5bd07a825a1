import type { SubjectId } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { AppraisalReader, ScoredWhich } from '../contracts';
import { appraisalResultProjection } from './appraisal-result.projection';
import { appraisalProjection } from './appraisal.projection';

const SUBJECTS_AT_ONCE = 5_000;

/** Whose scores a fact can have moved. */
export function scoredQueries(read: ReadDb): Pick<AppraisalReader, 'scored'> {
  const find = async (cycleId: string, condition: string, values: readonly string[]): Promise<readonly SubjectId[]> => {
    const rows = await read.query<{ readonly subject: SubjectId }>(
      `SELECT a.subject FROM ${asOfTable(appraisalProjection)} a JOIN ${asOfTable(appraisalResultProjection)} r
         ON r.cycle_id = a.cycle_id AND r.subject = a.subject
       WHERE a.cycle_id = $1 AND a.status IN ('scored', 'published', 'final') AND ${condition} ORDER BY a.subject`,
      [cycleId, values],
    );
    return rows.map(({ subject }) => subject);
  };
  return {
    async scored({ cycleId, which }) {
      if (!('subjects' in which)) return find(cycleId, conditionOf(which), 'labels' in which ? which.labels : which.lacking);
      const found: SubjectId[] = [];
      for (let first = 0; first < which.subjects.length; first += SUBJECTS_AT_ONCE) {
        found.push(...(await find(cycleId, 'a.subject = ANY($2)', which.subjects.slice(first, first + SUBJECTS_AT_ONCE))));
      }
      return found;
    },
  };
}

const LACKS = `EXISTS (SELECT 1 FROM unnest($2::text[]) k WHERE NOT r.basis->'facts' @> jsonb_build_array(jsonb_build_object('key', k)))`;

/** Column names come from this list alone. */
function conditionOf(which: Exclude<ScoredWhich, { readonly subjects: readonly SubjectId[] }>): string {
  if ('lacking' in which) return LACKS;
  switch (which.unit) {
    case 'company':
      return '$2::text[] IS NOT NULL';
    case 'team':
      return 'a.team = ANY($2)';
    case 'department':
      return 'a.department = ANY($2)';
    case 'region':
      return 'a.region = ANY($2)';
  }
}
