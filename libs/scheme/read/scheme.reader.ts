import { actorId, instant, plainDay } from '#kernel';
import { asOfTable, type ReadDb } from '#libs/projections';
import type { SchemeReader, SchemeVersionRow } from '../contracts/reader';
import { type SchemeVersionRecord, schemeVersionProjection } from './scheme-version.projection';

const MOST_VERSIONS = 500;

export function createSchemeReader(read: ReadDb): SchemeReader {
  const table = asOfTable(schemeVersionProjection);
  return {
    async versions(filter = {}) {
      const rows = await read.query<SchemeVersionRecord>(
        `SELECT * FROM ${table} s WHERE ($1::text IS NULL OR scheme_id = $1) AND ($2::text IS NULL OR status = $2)
         ORDER BY scheme_id, version LIMIT ${MOST_VERSIONS}`,
        [filter.schemeId ?? null, filter.status ?? null],
      );
      return rows.map(versionRowOf);
    },
    async version(schemeId, version) {
      const row = await read.one<SchemeVersionRecord>(`SELECT * FROM ${table} s WHERE scheme_id = $1 AND version = $2`, [
        schemeId,
        version,
      ]);
      return row && versionRowOf(row);
    },
  };
}

export function versionRowOf(row: SchemeVersionRecord): SchemeVersionRow {
  return {
    schemeId: row.scheme_id,
    version: row.version,
    status: row.status,
    template: row.template,
    title: { 'zh-CN': row.title_zh, en: row.title_en },
    yaml: row.yaml,
    yamlHash: row.yaml_hash,
    draftedBy: actorId(row.drafted_by),
    draftedAt: instant(row.drafted_at),
    approvedBy: row.approved_by === null ? null : actorId(row.approved_by),
    approvedAt: row.approved_at === null ? null : instant(row.approved_at),
    inForceAt: row.in_force_at === null ? null : instant(row.in_force_at),
    reviewOn: row.review_on === null ? null : plainDay(row.review_on),
    conclusion: row.conclusion,
    reviewedAt: row.reviewed_at === null ? null : instant(row.reviewed_at),
  };
}
