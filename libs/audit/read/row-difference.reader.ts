import type { ActorId, Instant } from '#kernel';
import type { SequencedLog } from '#libs/event-store';
import { type AnyProjection, asOfTable, type EventDecoder, ProjectionError, type ReadDb, type Row, type RowKey } from '#libs/projections';
import { eventInWords, type Language, namedIn } from '../domain/words.policy';

/** At most this many versions of one row are gone through. */
const MAX_VERSIONS = 1_000;

export interface FieldChange {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The event that made it so. */
  readonly position: number;
  readonly type: string;
  readonly what: string;
  readonly recordedAt: Instant;
  readonly actor: ActorId;
}

export interface RowsOfTwoMoments {
  readonly before: Row | null;
  readonly after: Row | null;
  /** In the order of the log; a field that changed twice is there twice. */
  readonly changes: readonly FieldChange[];
}

export interface DifferenceParts {
  readonly readDb: ReadDb;
  readonly log: Pick<SequencedLog, 'readAll'>;
  readonly decoder: EventDecoder;
}

type Names = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
const nobody: Names = () => Promise.resolve(new Map());

type Version = Row & { readonly from_position: number; readonly to_position: number | null };

/**
 * What changed in one row of a read model with history between two positions, field by field, each with its event.
 * Thrown for a projection without history: ProjectionError `no-history`.
 */
export async function rowDifference(
  parts: DifferenceParts,
  asked: {
    readonly projection: AnyProjection;
    readonly key: RowKey;
    readonly from: number;
    readonly to: number;
    readonly language: Language;
    /** Opens names for the page; ids are shown where it gives none. */
    readonly names?: Names;
  },
): Promise<RowsOfTwoMoments> {
  const { projection, key, from, to, language, names = nobody } = asked;
  if (!projection.history) throw new ProjectionError('no-history', { projection: projection.name });
  const where = projection.key.map((column, index) => `"${column}" = $${index + 1}`).join(' AND ');
  const at = async (position: number): Promise<Row | null> =>
    (await parts.readDb.one<Row>(`SELECT * FROM ${asOfTable(projection, position)} AS t WHERE ${where}`, key)) ?? null;
  const before = await at(from);
  const versions = await parts.readDb.query<Version>(
    `SELECT * FROM read."${projection.name}_history" WHERE ${where} AND ((from_position > ${from} AND from_position <= ${to}) OR (to_position > ${from} AND to_position <= ${to}))
     ORDER BY from_position LIMIT ${MAX_VERSIONS}`,
    key,
  );
  const changes: FieldChange[] = [];
  let last = before;
  for (const moment of momentsOf(versions, from, to)) {
    const row = versions.find(({ from_position: begins }) => begins === moment) ?? null;
    changes.push(...(await changesAt(parts, { projection, position: moment, language, names, last, row })));
    last = row;
  }
  return { before, after: await at(to), changes };
}

/** Positions at which a version begins, or one ends and none begins. */
function momentsOf(versions: readonly Version[], from: number, to: number): readonly number[] {
  const moments = new Set<number>();
  for (const { from_position: begins, to_position: ends } of versions) {
    if (begins > from && begins <= to) moments.add(begins);
    if (ends !== null && ends > from && ends <= to) moments.add(ends);
  }
  return [...moments].sort((a, b) => a - b);
}

async function changesAt(
  { log, decoder }: DifferenceParts,
  step: {
    readonly projection: AnyProjection;
    readonly position: number;
    readonly language: Language;
    readonly names: Names;
    readonly last: Row | null;
    readonly row: Row | null;
  },
): Promise<readonly FieldChange[]> {
  const [stored] = await log.readAll(step.position - 1, { maxEvents: 1 });
  if (!stored) return [];
  const event = decoder.decode(stored);
  const named = await step.names(namedIn(event));
  const about = {
    position: step.position,
    type: event.type,
    what: eventInWords(event, step.language, (id) => named.get(id) ?? id),
    recordedAt: event.recordedAt,
    actor: event.metadata.actor,
  };
  return Object.keys(step.projection.columns).flatMap((field) => {
    const [from, to] = [step.last?.[field] ?? null, step.row?.[field] ?? null];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to, ...about }];
  });
}
