import type { RecordedEvent, SequencedLog, StoredEvent } from '#libs/event-store';
import type { PageEvent } from './fold';
import { PROJECTION_LIMITS } from './limits';

/** What consumers need of the registry. Thrown: EventStoreError `unknown-event-type`, `undecodable-event`. */
export interface EventDecoder {
  decode(stored: StoredEvent): RecordedEvent;
}

/** Reads pages of the log for all consumers of a process: an event is read and decoded once, however many take it. */
export interface PageReader {
  /** Events after that position, at most a page, dense and in order; empty at the end of the log. */
  read(after: number): Promise<readonly PageEvent[]>;
  /** Reads and decodes what comes next while somebody waits for the database; what fails here fails again when it is read. */
  prefetch(after: number, handles: (type: string) => boolean): void;
  /** After a change of epoch: positions may hold other events now. */
  forget(): void;
}

interface CachedPage {
  /** Position before the first event held. */
  readonly after: number;
  readonly events: PageEvent[];
}

export function pageReader(
  log: Pick<SequencedLog, 'readAll'>,
  decoder: EventDecoder,
  pageEvents: number = PROJECTION_LIMITS.pageEvents,
): PageReader {
  return new SharedPages(log, decoder, pageEvents);
}

/** Page n holds positions n·size+1 … (n+1)·size, so that consumers at different places still share. */
class SharedPages implements PageReader {
  private readonly pages = new Map<number, CachedPage>();
  private readonly reading = new Map<number, Promise<void>>();

  constructor(
    private readonly log: Pick<SequencedLog, 'readAll'>,
    private readonly decoder: EventDecoder,
    private readonly size: number,
  ) {}

  async read(after: number): Promise<readonly PageEvent[]> {
    const number = Math.floor(after / this.size);
    const known = this.slice(number, after);
    if (known.length > 0) return known;
    for (let waited = 0; ; waited += 1) {
      const running = this.reading.get(number);
      if (!running) break;
      await running;
      const shared = this.slice(number, after);
      // Of all who waited in vain for one read, one reads again and the others take what that brings.
      if (shared.length > 0 || waited > 0) return shared;
    }
    const reading = this.extend(number, after);
    this.reading.set(number, reading);
    try {
      await reading;
    } finally {
      if (this.reading.get(number) === reading) this.reading.delete(number);
    }
    return this.slice(number, after);
  }

  prefetch(after: number, handles: (type: string) => boolean): void {
    if (this.pages.has(Math.floor(after / this.size))) return;
    this.read(after)
      .then((page) => {
        for (const event of page) if (handles(event.type)) event.event();
      })
      .catch(() => undefined);
  }

  forget(): void {
    this.pages.clear();
    this.reading.clear();
  }

  private slice(number: number, after: number): readonly PageEvent[] {
    const page = this.pages.get(number);
    if (!page || after < page.after) return [];
    return after === page.after ? page.events.slice() : page.events.slice(after - page.after);
  }

  private async extend(number: number, after: number): Promise<void> {
    const held = this.pages.get(number);
    const from = held && after >= held.after && after <= held.after + held.events.length ? held.after + held.events.length : after;
    const room = (number + 1) * this.size - from;
    if (room <= 0) return;
    const stored = await this.log.readAll(from, { maxEvents: room });
    if (stored.length === 0) return;
    const read = stored.map((event) => decodedOnce(event, this.decoder));
    const page = this.pages.get(number);
    if (page && page.after + page.events.length === from) page.events.push(...read);
    else this.keep(number, { after: from, events: read });
  }

  private keep(number: number, page: CachedPage): void {
    this.pages.delete(number);
    this.pages.set(number, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= PROJECTION_LIMITS.cachedPages) break;
      this.pages.delete(oldest);
    }
  }
}

function decodedOnce(stored: StoredEvent, decoder: EventDecoder): PageEvent {
  const { position, type, streamId } = stored;
  // Let go once decoded: a page holds either the bytes of an event or what they say.
  let raw: StoredEvent | undefined = stored;
  let decoded: Decoded | undefined;
  return {
    position,
    type,
    streamId,
    event: () => {
      if (raw) decoded = tryDecode(raw, decoder);
      raw = undefined;
      if (!decoded) throw new TypeError('an event was neither held nor decoded');
      if ('error' in decoded) throw decoded.error;
      return decoded.event;
    },
  };
}

type Decoded = { readonly event: RecordedEvent } | { readonly error: unknown };

function tryDecode(stored: StoredEvent, decoder: EventDecoder): Decoded {
  try {
    return { event: decoder.decode(stored) };
  } catch (error) {
    return { error };
  }
}
