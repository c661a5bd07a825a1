import { type ActorId, type Clock, type Instant, type SubjectId } from '#kernel';
import type { CommandContext } from '#libs/event-store';
import { createConsumerHost, projectionConsumer, reactorConsumer } from '#libs/projections';
import type { Core } from '../core';
import { assembleFeatures, type Features } from '../features';
import { demoPeople } from './demo-files';

const WAIT_MS = 120_000;

/** The product with a clock that is set: services and reactors act at the moment that the history is at. */
export interface DemoWorld {
  readonly core: Core;
  readonly features: Features;
  readonly setNow: (at: Instant) => void;
  /** `now` is the set time when absent. The key makes each act happen once, however often seeding is begun. */
  readonly as: (actor: ActorId, key: string, now?: Instant) => CommandContext;
  /** By employee number. Thrown when the people are not imported yet: Error. */
  readonly person: (employeeNo: string) => SubjectId;
  readonly numberOf: (subject: SubjectId) => string;
  /** Learns who has which number, from the read model. */
  readonly meetPeople: () => Promise<void>;
  /** Until read models and reactors have seen all there is, what reactors added included. Gives that position. */
  readonly settled: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * Follows the log with read models and reactors, never with the bridge: a closed month starts no workflow and reminds
 * nobody. The projector proper takes up where this one stopped.
 */
export function openDemoWorld(real: Core, startAt: Instant): DemoWorld {
  let now = startAt;
  const clock: Clock = { now: () => now };
  const core: Core = { ...real, clock };
  const features = assembleFeatures(core);
  const { pool, log, registry, runner, logger, readDb, privacy } = core;
  const host = createConsumerHost({
    pool,
    log,
    decoder: registry,
    logger,
    consumers: (parts) => [
      ...features.projections.map((projection) => projectionConsumer(projection, parts)),
      ...features.reactors.map((reactor) => reactorConsumer(reactor, { runner, clock }, parts)),
    ],
  });
  host.start();
  const followers = [...features.projections, ...features.reactors].map(({ name }) => name);
  const numbers = new Map<string, SubjectId>();
  return {
    core,
    features,
    setNow: (at) => {
      now = at;
    },
    as: (actor, key, at) => ({ now: at ?? now, actor, requestKey: `demo/${key}` }),
    person(employeeNo) {
      const subject = numbers.get(employeeNo);
      if (!subject) throw new Error(`the demo company has nobody with the number ${employeeNo}`);
      return subject;
    },
    numberOf(subject) {
      for (const [employeeNo, who] of numbers) if (who === subject) return employeeNo;
      throw new Error('a person who is not of the demo company');
    },
    async meetPeople() {
      const keys = new Map(demoPeople().map(({ employeeNo }) => [privacy.lookupKey('employee-no', employeeNo), employeeNo]));
      const found = await features.readers.organisation.find('employee-no', [...keys.keys()]);
      for (const [key, employeeNo] of keys) {
        const [subject] = found.get(key) ?? [];
        if (subject) numbers.set(employeeNo, subject);
      }
    },
    async settled() {
      for (;;) {
        const { position } = await log.head();
        await Promise.all(followers.map((name) => readDb.waitForProjection(name, position, WAIT_MS)));
        if ((await log.head()).position === position) return position;
      }
    },
    close: () => host.stop(),
  };
}
