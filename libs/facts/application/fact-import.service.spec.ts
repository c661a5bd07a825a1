import { plainDay, subjectId } from '#kernel';
import type { CommandRunner } from '#libs/event-store';
import { metricRegistry } from '#libs/organisation/contracts';
import { createHarness, type Harness } from '#libs/testing';
import { type Fact, factCorrected, factEvents, factImportCompleted, type FactRow, factsRecorded } from '../contracts';
import { createFactImports, type FactImports } from './fact-import.service';
import type { FactInput } from './fact-import.types';

const ANNA = subjectId('0190a000-0000-7000-8000-000000000001');
const SOURCE = 'erp';

let harness: Harness;
beforeEach(() => {
  harness = createHarness(factEvents);
});

const sale = (recordId: string, value: string): FactInput => ({
  subject: ANNA,
  metric: 'sales.amount',
  value,
  happenedOn: plainDay('2026-07-01'),
  recordId,
});
const list = (...facts: readonly FactInput[]) => ({ source: SOURCE, facts });
const corrected = (...facts: readonly FactInput[]) => ({ ...list(...facts), corrections: { reason: 'late bookings' } });

function rowOf(fact: Fact, importId: string, position: number): FactRow {
  const { owner, ...said } = fact;
  const subject = 'subject' in owner ? owner.subject : null;
  const unit = 'unit' in owner ? { kind: owner.unit, label: owner.label } : null;
  return { ...said, importId, subject, unit, position, supersededAt: null, reason: null };
}

function ownerOfRow({ subject, unit }: FactRow): Fact['owner'] | null {
  return subject ? { subject } : unit && { unit: unit.kind, label: unit.label };
}

/** The read models as the events say, always at the head. */
async function readAll() {
  const rows = new Map<string, FactRow>();
  const imports = new Map<string, number>();
  for (const { type, data, position } of await harness.all()) {
    if (type === 'FactsRecorded') {
      const { facts, importId } = factsRecorded.schema.parse(data);
      for (const fact of facts) rows.set(fact.factId, rowOf(fact, importId, position));
    } else if (type === 'FactImportCompleted') {
      imports.set(factImportCompleted.schema.parse(data).importId, position);
    } else if (type === 'FactCorrected') {
      const { fact, supersedes, importId } = factCorrected.schema.parse(data);
      rows.set(fact.factId, rowOf(fact, importId, position));
      const before = rows.get(supersedes);
      if (before) rows.set(supersedes, { ...before, supersededAt: position });
    }
  }
  return { rows, imports };
}

function importsOver(runner: CommandRunner): FactImports {
  return createFactImports({
    runner,
    log: harness.log,
    store: {
      reach: async () => Promise.resolve(),
      knownRecords: async (_, ids) =>
        [...(await readAll()).rows.values()]
          .filter(({ recordId, supersededAt }) => supersededAt === null && ids.includes(recordId))
          .map((row) => ({ ...row, owner: ownerOfRow(row) })),
      setAside: async () => Promise.resolve(undefined),
    },
    facts: {
      fact: async (factId) => (await readAll()).rows.get(factId),
      metrics: async () => Promise.resolve(metricRegistry([])),
      import: async (importId) => {
        const position = (await readAll()).imports.get(importId);
        if (position === undefined) return undefined;
        return { importId, source: SOURCE, facts: 0, repeated: 0, filtered: 0, setAside: [], completedAt: '', position };
      },
    },
    organisation: { find: async () => Promise.resolve(new Map()) },
    texts: { lookupKey: (kind, value) => `${kind}:${value}` },
  });
}

/** Ends before the correction of that number, as a process that is killed there. */
function importsKilledAtCorrection(number: number): FactImports {
  const { runner } = harness;
  let corrections = 0;
  return importsOver({
    run: async (decider, id, command, context) => {
      if (command.type === 'CorrectFact' && ++corrections === number) throw new Error('killed');
      return runner.run(decider, id, command, context);
    },
    runMany: (decider, items, context) => runner.runMany(decider, items, context),
    runTogether: (parts, context) => runner.runTogether(parts, context),
    load: (decider, id, options) => runner.load(decider, id, options),
    loadMany: (decider, ids) => runner.loadMany(decider, ids),
  });
}

async function standing(): Promise<Record<string, string>> {
  const rows = [...(await readAll()).rows.values()].filter(({ supersededAt }) => supersededAt === null);
  return Object.fromEntries(rows.map(({ recordId, value }) => [recordId, value]));
}

describe('facts of units', () => {
  const team = (recordId: string, value: string, label = 'east'): FactInput => ({
    unit: { unit: 'team', label },
    metric: 'sales.amount',
    value,
    happenedOn: plainDay('2026-07-01'),
    recordId,
  });

  it('come in beside people, once, and are corrected for the same unit', async () => {
    const imports = importsOver(harness.runner);
    expect(await imports.importList(list(team('1', '10'), sale('2', '5')), harness.context())).toMatchObject({ facts: 2, repeated: 0 });
    expect(await imports.importList(list(team('1', '10.0')), harness.context())).toMatchObject({ facts: 0, repeated: 1 });
    expect(await imports.importList(list(team('1', '10', 'west')), harness.context())).toMatchObject({ differing: [{ row: 1 }] });
    await imports.importList(corrected(team('1', '12')), harness.context());
    const row = [...(await readAll()).rows.values()].find(({ recordId, supersededAt }) => recordId === '1' && supersededAt === null);
    expect(row).toMatchObject({ value: '12', unit: { kind: 'team', label: 'east' }, subject: null });
  });
});

describe('an import with corrections', () => {
  const file = corrected(sale('1', '11'), sale('2', '12'), sale('3', '13'), sale('4', '14'));

  beforeEach(async () => {
    await importsOver(harness.runner).importList(list(sale('1', '1'), sale('2', '2'), sale('3', '3')), harness.context());
  });

  it('that was killed between corrections is finished by the same request again, and changes nothing after that', async () => {
    const context = harness.context({ requestKey: 'late' });
    await expect(importsKilledAtCorrection(2).importList(file, context)).rejects.toThrow('killed');
    expect(await standing()).toEqual({ 1: '11', 2: '2', 3: '3', 4: '14' });
    expect(await importsOver(harness.runner).importList(file, context)).toMatchObject({
      kind: 'imported',
      repeatedRequest: true,
      facts: 1,
    });
    expect(await standing()).toEqual({ 1: '11', 2: '12', 3: '13', 4: '14' });
    const before = await harness.all();
    expect(await importsOver(harness.runner).importList(file, context)).toMatchObject({ kind: 'imported', repeatedRequest: true });
    expect(await harness.all()).toEqual(before);
  });

  it('asked for again leaves alone what was corrected by hand since', async () => {
    const context = harness.context({ requestKey: 'late' });
    const imports = importsOver(harness.runner);
    await imports.importList(file, context);
    for (const recordId of ['1', '4']) {
      const now = [...(await readAll()).rows.values()].find((row) => row.recordId === recordId && row.supersededAt === null);
      await imports.correct({ factId: now?.factId ?? '', value: '99', reason: 'by hand' }, harness.context());
    }
    await imports.importList(file, context);
    expect(await standing()).toEqual({ 1: '99', 2: '12', 3: '13', 4: '99' });
  });

  it('of records all known is finished, too, though the import itself says nothing', async () => {
    const context = harness.context({ requestKey: 'late' });
    const known = corrected(sale('1', '11'), sale('2', '12'));
    await expect(importsKilledAtCorrection(2).importList(known, context)).rejects.toThrow('killed');
    await importsOver(harness.runner).importList(known, context);
    expect(await standing()).toEqual({ 1: '11', 2: '12', 3: '3' });
  });
});
