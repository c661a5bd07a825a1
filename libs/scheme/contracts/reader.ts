import type { ActorId, Instant, PlainDay } from '#kernel';
import type { Title } from './document';

export const SCHEME_STATUSES = ['draft', 'in-discussion', 'discussed', 'approved', 'in-force', 'superseded', 'retired'] as const;
export type SchemeStatus = (typeof SCHEME_STATUSES)[number];

/** One version of a scheme as read models show it. */
export interface SchemeVersionRow {
  readonly schemeId: string;
  readonly version: number;
  readonly status: SchemeStatus;
  readonly template: string | null;
  readonly title: Title;
  readonly yaml: string;
  readonly yamlHash: string;
  readonly draftedBy: ActorId;
  readonly draftedAt: Instant;
  readonly approvedBy: ActorId | null;
  readonly approvedAt: Instant | null;
  readonly inForceAt: Instant | null;
  /** Of the version in force: when it is looked at again. */
  readonly reviewOn: PlainDay | null;
  /** Of its last review. */
  readonly conclusion: 'keep' | 'change' | 'retire' | null;
  readonly reviewedAt: Instant | null;
}

export interface SchemeReader {
  /** At most 500, by scheme and version. */
  versions(filter?: { readonly schemeId?: string; readonly status?: SchemeStatus }): Promise<readonly SchemeVersionRow[]>;
  version(schemeId: string, version: number): Promise<SchemeVersionRow | undefined>;
}
