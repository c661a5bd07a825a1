import { instant, type Instant, type SubjectId } from '#kernel';
import type { ReadDb } from '#libs/projections';
import type { AuditReadRow } from './audit-read.projection';

export const AUDIT_READS_LIMITS = { page: 200 } as const;

export interface AuditLook {
  readonly position: number;
  readonly auditor: SubjectId;
  readonly question: AuditReadRow['question'];
  /** Of a read: the operation that the policy allowed. */
  readonly operation: string | null;
  /** A stream, a person or another thing by id, or an appraisal; `all` of what concerns nobody alone. */
  readonly about: string;
  readonly reason: string | null;
  readonly readAt: Instant;
}

/** Who looked at what, the latest first. `about` finds looks at that thing, by its id wherever it stands in what was asked for. */
export async function auditReads(
  read: ReadDb,
  query: { readonly auditor?: SubjectId; readonly about?: string; readonly before?: number; readonly limit: number },
): Promise<{ readonly items: readonly AuditLook[]; readonly next: number | null }> {
  const size = Math.min(Math.max(query.limit, 1), AUDIT_READS_LIMITS.page);
  const rows = await read.query<AuditReadRow>(
    `SELECT * FROM read.audit_read WHERE ($1::bigint IS NULL OR position < $1) AND ($2::text IS NULL OR auditor = $2)
        AND ($3::text IS NULL OR position($3 IN about) > 0) ORDER BY position DESC LIMIT $4`,
    [query.before ?? null, query.auditor ?? null, query.about ?? null, size + 1],
  );
  const items = rows.slice(0, size).map(({ read_at: readAt, ...row }) => ({ ...row, readAt: instant(readAt) }));
  return { items, next: rows.length > size ? (items.at(-1)?.position ?? null) : null };
}
