import { type EventContract, EventRegistry, EventStoreError } from '#libs/event-store';
import { SPEC_ACTOR, SPEC_NOW } from './decider-spec';

/**
 * Decodes the golden samples of all contracts as if they had just been read from the store.
 * Gives one line for each sample that is missing or no longer decodes; empty when all is well.
 */
export function goldenProblems(contracts: readonly EventContract[]): readonly string[] {
  const registry = new EventRegistry(contracts);
  const problems: string[] = [];
  for (const contract of contracts) {
    for (let version = 1; version <= contract.version; version += 1) {
      const problem = problemOf(registry, contract, version);
      if (problem !== undefined) problems.push(`${contract.type} v${version}: ${problem}`);
    }
  }
  return problems;
}

function problemOf(registry: EventRegistry, contract: EventContract, version: number): string | undefined {
  const sample = contract.golden[version];
  if (sample === undefined) return 'no golden sample';
  const metadata = { actor: SPEC_ACTOR, causationId: 'golden', commandId: 'golden', correlationId: 'golden', occurredAt: SPEC_NOW };
  try {
    registry.decode({
      type: contract.type,
      schemaVersion: version,
      eventId: 'golden#0',
      metadata: Buffer.from(JSON.stringify(metadata)),
      payload: Buffer.from(JSON.stringify(sample)),
      epoch: 1,
      position: 1,
      streamId: 'golden-1',
      streamVersion: 1,
      recordedAt: SPEC_NOW,
    });
    return undefined;
  } catch (error) {
    if (error instanceof EventStoreError) return `${error.code}: ${String(error.details['problem'])}`;
    throw error;
  }
}
