import { plainDay, subjectId } from '#kernel';
import { given, SPEC_NOW } from '#libs/testing';
import type { CompleteFactImport, Fact, FactEvent, FactImportCommand } from '../contracts';
import { factImportDecider, factSourceDecider } from './fact-import.decider';
import { importProfileDecider } from './import-profile.decider';

const ID = '00000000-0000-7000-8000-000000000001';
const OTHER = '00000000-0000-7000-8000-000000000002';
const HASH = 'a'.repeat(64);
const FACT: Fact = {
  factId: ID,
  owner: { subject: subjectId('00000000-0000-7000-8000-00000000000a') },
  metric: 'sales.amount',
  value: '10',
  happenedOn: plainDay('2026-10-01'),
  source: 'csv',
  recordId: 'r',
};
const correct = (value: string): FactImportCommand => ({
  type: 'CorrectFact',
  data: { supersedes: ID, fact: { ...FACT, factId: OTHER, value }, reason: 'typo' },
});
const complete = (basedOn: number, facts = 1): CompleteFactImport => ({
  type: 'CompleteFactImport',
  data: { importId: ID, source: 'csv', basedOn, facts, repeated: 0, filtered: 0, setAside: [], setAsideTotal: 0 },
});
const completed: FactEvent = {
  type: 'FactImportCompleted',
  data: { importId: ID, source: 'csv', facts: 1, repeated: 0, filtered: 0, setAside: [], setAsideTotal: 0, completedAt: SPEC_NOW },
};

describe('a fact', () => {
  it('is superseded once; the same correction again is said already', () => {
    const past: FactEvent[] = [
      { type: 'FactCorrected', data: { importId: ID, supersedes: ID, fact: { ...FACT, factId: OTHER, value: '12' }, reason: 'typo' } },
    ];
    given(factImportDecider).when(correct('12')).then(past);
    given(factImportDecider, past).when(correct('12')).thenNothing();
    given(factImportDecider, past).when(correct('13')).thenRejects('facts.already-corrected', { by: OTHER });
  });

  it('comes from one file for each import', () => {
    const start: FactImportCommand = { type: 'StartFactImport', data: { importId: ID, source: 'csv', fileHash: HASH, rows: 1 } };
    const past: FactEvent[] = [{ type: 'FactImportStarted', data: start.data }];
    given(factImportDecider).when(start).then(past);
    given(factImportDecider, past).when(start).thenNothing();
    given(factImportDecider, past)
      .when({ ...start, data: { ...start.data, fileHash: 'b'.repeat(64) } })
      .thenRejects('facts.import-of-another-file');
  });
});

describe('a source of facts', () => {
  it('accepts an import at the state it was checked against, once', () => {
    given(factSourceDecider).when(complete(0)).then([completed]);
    given(factSourceDecider, [completed]).when(complete(0)).thenNothing();
    const second = complete(0);
    given(factSourceDecider, [completed])
      .when({ ...second, data: { ...second.data, importId: OTHER } })
      .thenRejects('facts.changed-meanwhile', { basedOn: 0, imports: 1 });
  });

  it('is silent about a file that only repeats, unless it says for whom it is complete', () => {
    given(factSourceDecider).when(complete(0, 0)).thenNothing();
  });
});

describe('an import profile', () => {
  it('gets a new version only when it says something else', () => {
    const save = (definition: string) => ({
      type: 'SaveImportProfile' as const,
      data: { name: 'crm', kind: 'facts' as const, definition },
    });
    const first: FactEvent = { type: 'ImportProfileSaved', data: { name: 'crm', kind: 'facts', definition: '{}', version: 1 } };
    given(importProfileDecider).when(save('{}')).then([first]);
    given(importProfileDecider, [first]).when(save('{}')).thenNothing();
    given(importProfileDecider, [first])
      .when(save('{"a":1}'))
      .then([{ type: 'ImportProfileSaved', data: { name: 'crm', kind: 'facts', definition: '{"a":1}', version: 2 } }]);
  });
});
