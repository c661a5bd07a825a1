import type { ActorId, Instant } from '#kernel';
import type { EventStreams, RecordedEvent, StoredEvent } from '#libs/event-store';
import type { EventDecoder, ReadDb } from '#libs/projections';
import { anchorsOf, focused, mentions } from '../domain/anchors.policy';
import { eventInWords, type Language, namedIn, reasonOf } from '../domain/words.policy';
import { STREAM_ANCHOR, type StreamAnchorRow } from './stream-anchor.projection';

export const TIMELINE_LIMITS = {
  entries: 200,
  /** Streams of one person, the latest first; older ones are said to be left out. */
  streams: 500,
  streamsAtOnce: 50,
} as const;

export interface TimelineEntry {
  readonly epoch: number;
  readonly position: number;
  readonly streamId: string;
  readonly streamVersion: number;
  readonly eventId: string;
  readonly type: string;
  /** The log's own time, and when it happened as whoever acted said. */
  readonly recordedAt: Instant;
  readonly occurredAt: Instant;
  readonly actor: ActorId;
  /** What happened, in a sentence. */
  readonly what: string;
  /** The reason that was stated; null when none. */
  readonly why: string | null;
  /** The event or request that led to it. */
  readonly causedBy: string;
  /** As recorded; personal texts stay sealed. Lists are cut to the rows about the person asked for. */
  readonly data: unknown;
}

export interface Timeline {
  /** Latest first. */
  readonly entries: readonly TimelineEntry[];
  /** Ask again with `before` = this for earlier ones; null at the end. */
  readonly next: number | null;
  /** True when the person appears in more streams than are looked through. */
  readonly truncated: boolean;
}

export interface TimelineQuery {
  readonly language: Language;
  readonly limit?: number;
  /** Only entries before that position. */
  readonly before?: number;
  /** Nothing after that position: the timeline as it was. */
  readonly asOf?: number;
  /** Opens names for the page; ids are shown where it gives none. */
  readonly names?: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

export interface TimelineReader {
  /** Every event of one stream: a cycle, an appraisal, an appeal, a batch, a plan, a scheme. */
  ofStream(streamId: string, query: TimelineQuery): Promise<Timeline>;
  /** Every event that concerns a person (or names another thing with an id, such as an appeal), over all streams. */
  ofAnchor(anchor: string, query: TimelineQuery): Promise<Timeline>;
  /** What one event says, in a sentence. */
  inWords(event: StoredEvent, query: Pick<TimelineQuery, 'language' | 'names'>): Promise<string>;
}

export interface TimelineParts {
  readonly log: Pick<EventStreams, 'readStream' | 'readStreams'>;
  readonly decoder: EventDecoder;
  readonly readDb: ReadDb;
}

export function timelineReader(parts: TimelineParts): TimelineReader {
  return new LogTimelines(parts);
}

class LogTimelines implements TimelineReader {
  constructor(private readonly parts: TimelineParts) {}

  async ofStream(streamId: string, query: TimelineQuery): Promise<Timeline> {
    const events = await this.wholeStream(streamId, query);
    return this.page(events, query, false);
  }

  async ofAnchor(anchor: string, query: TimelineQuery): Promise<Timeline> {
    const upTo = query.before === undefined ? (query.asOf ?? Number.MAX_SAFE_INTEGER) : query.before - 1;
    const rows = await this.parts.readDb.query<StreamAnchorRow>(
      `SELECT * FROM read.${STREAM_ANCHOR} WHERE anchor = $1 AND first_position <= $2 ORDER BY first_position DESC LIMIT ${TIMELINE_LIMITS.streams + 1}`,
      [anchor, upTo],
    );
    const streams = rows.slice(0, TIMELINE_LIMITS.streams).map(({ stream_id: id }) => id);
    const found: RecordedEvent[] = [];
    for (let index = 0; index < streams.length; index += TIMELINE_LIMITS.streamsAtOnce) {
      const slices = await this.parts.log.readStreams(streams.slice(index, index + TIMELINE_LIMITS.streamsAtOnce));
      for (const { streamId, events } of slices) found.push(...this.concerning(anchor, streamId, events));
    }
    return this.page(found, query, rows.length > TIMELINE_LIMITS.streams, anchor);
  }

  async inWords(stored: StoredEvent, { language, names }: Pick<TimelineQuery, 'language' | 'names'>): Promise<string> {
    const event = this.parts.decoder.decode(stored);
    const named = (await names?.(namedIn(event))) ?? new Map<string, string>();
    return eventInWords(event, language, (id) => named.get(id) ?? id);
  }

  /** All of a stream whose id names the anchor; elsewhere the events that name it. */
  private concerning(anchor: string, streamId: string, events: readonly StoredEvent[]): readonly RecordedEvent[] {
    const decoded = events.map((event) => this.parts.decoder.decode(event));
    const own = mentions(streamId.slice(streamId.indexOf('-') + 1), anchor);
    return own ? decoded : decoded.filter((event) => anchorsOf(event).includes(anchor));
  }

  private async wholeStream(streamId: string, { asOf }: TimelineQuery): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for (;;) {
      const slice = await this.parts.log.readStream(streamId, {
        fromVersion: events.length + 1,
        ...(asOf !== undefined && { toPosition: asOf }),
      });
      if (slice.events.length === 0) return events;
      for (const stored of slice.events) events.push(this.parts.decoder.decode(stored));
    }
  }

  private async page(events: readonly RecordedEvent[], query: TimelineQuery, truncated: boolean, anchor?: string): Promise<Timeline> {
    const limit = Math.min(query.limit ?? TIMELINE_LIMITS.entries, TIMELINE_LIMITS.entries);
    const before = Math.min(query.before ?? Number.MAX_SAFE_INTEGER, (query.asOf ?? Number.MAX_SAFE_INTEGER - 1) + 1);
    const sorted = events.filter(({ position }) => position < before).sort((a, b) => b.position - a.position);
    const shown = sorted.slice(0, limit);
    const people = [...new Set(shown.flatMap((event) => [...namedIn(event), event.metadata.actor]))];
    const names = (await query.names?.(people)) ?? new Map<string, string>();
    const last = shown.at(-1);
    return {
      entries: shown.map((event) => entryOf(event, query.language, (id) => names.get(id) ?? id, anchor)),
      next: sorted.length > limit && last ? last.position : null,
      truncated,
    };
  }
}

function entryOf(event: RecordedEvent, language: Language, nameOf: (id: string) => string, anchor: string | undefined): TimelineEntry {
  const { epoch, position, streamId, streamVersion, eventId, type, recordedAt, metadata, data } = event;
  return {
    epoch,
    position,
    streamId,
    streamVersion,
    eventId,
    type,
    recordedAt,
    occurredAt: metadata.occurredAt,
    actor: metadata.actor,
    what: eventInWords(event, language, nameOf),
    why: reasonOf(event, language),
    causedBy: metadata.causationId,
    data: anchor === undefined ? data : focused(data, anchor),
  };
}
