import {
  type ActorId,
  type Clock,
  type Decider,
  type Instant,
  type Message,
  type PersonalText,
  PersonalText as Text,
  type SealedText,
  type SubjectId,
} from '#kernel';
import {
  type CommandContext,
  type CommandResult,
  type CommandRunner,
  createInMemoryLog,
  createRunner,
  type EventContract,
  type EventLog,
  EventRegistry,
  type PersonalTextSealer,
  type RecordedEvent,
} from '#libs/event-store';
import { SPEC_ACTOR, SPEC_NOW } from './decider-spec';

const TEST_FINGERPRINT_KEY = Buffer.alloc(32, 7);

/** Seals in name only: the text stands in base64url in `sealed`. For tests that don't look at encryption. */
export const trivialSealer: PersonalTextSealer = {
  sealAll: async (items) => Promise.resolve(items.map(({ text, eventId, field }) => trivialSeal(text, `${eventId}${field}`))),
};

function trivialSeal(text: PersonalText, at: string): SealedText {
  return {
    subject: text.subject,
    keyVersion: 1,
    tag: text.tag,
    at,
    sealed: Buffer.from(text.freshText ?? '', 'utf8').toString('base64url'),
  };
}

/** A fresh personal text whose tag is the text itself in base64url: equal texts are equal, as with the real one. */
export function testText(subject: SubjectId, plain: string): PersonalText {
  return Text.fresh(subject, Buffer.from(plain, 'utf8').toString('base64url').slice(0, 22), plain);
}

/** What `trivialSealer` sealed. */
export function openTestText(text: PersonalText): string {
  return text.freshText ?? Buffer.from(text.stored?.sealed ?? '', 'base64url').toString('utf8');
}

export interface HarnessOptions {
  readonly now?: Instant;
  readonly actor?: ActorId;
}

/** Commands and events of some features on an in-memory log, through the real runner and registry. */
export interface Harness {
  readonly log: EventLog;
  readonly registry: EventRegistry;
  readonly runner: CommandRunner;
  /** What `now` of the following commands and the log's own time are. */
  setNow(now: Instant): void;
  /** A context with a request key of its own unless one is given. */
  context(changes?: Partial<CommandContext>): CommandContext;
  run<C extends Message, S, E extends Message>(
    decider: Decider<C, S, E>,
    id: string,
    command: C,
    changes?: Partial<CommandContext>,
  ): Promise<CommandResult>;
  /** All events of a stream, decoded. */
  events(streamId: string): Promise<readonly RecordedEvent[]>;
  /** The whole log, decoded. */
  all(): Promise<readonly RecordedEvent[]>;
}

export function createHarness(contracts: readonly EventContract[], options: HarnessOptions = {}): Harness {
  let now = options.now ?? SPEC_NOW;
  let keys = 0;
  const clock: Clock = { now: () => now };
  const log = createInMemoryLog({ clock });
  const registry = new EventRegistry(contracts);
  const runner = createRunner({ log, registry, sealer: trivialSealer, fingerprintKey: TEST_FINGERPRINT_KEY });
  const context = (changes: Partial<CommandContext> = {}): CommandContext => {
    keys += 1;
    return { now, actor: options.actor ?? SPEC_ACTOR, requestKey: `test/${keys}`, ...changes };
  };
  return {
    log,
    registry,
    runner,
    setNow: (later) => {
      now = later;
    },
    context,
    run: (decider, id, command, changes) => runner.run(decider, id, command, context(changes)),
    events: async (streamId) => (await log.readStream(streamId)).events.map((event) => registry.decode(event)),
    all: async () => {
      const events: RecordedEvent[] = [];
      for (;;) {
        const page = await log.readAll(events.length, { maxEvents: 1_000 });
        if (page.length === 0) return events;
        for (const event of page) events.push(registry.decode(event));
      }
    },
  };
}
