import { actorId, plainDay } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import { createHarness, goldenProblems } from '#libs/testing';
import { templateText } from '../application/templates';
import type { SchemeCommand, SchemeEvent } from '../contracts/commands';
import { schemeEvents } from '../contracts/events';
import { schemeDecider } from '../domain/scheme.decider';
import { schemeVersionProjection, type SchemeVersionRecord } from './scheme-version.projection';

const GENERAL_MANAGER = actorId('00000000-0000-7000-8000-0000000000bb');
const ID = 'twelve-item-sheet';

/** The rows after all events, as a runner folds them. */
function rowsAfter(events: readonly RecordedEvent[]): readonly SchemeVersionRecord[] {
  const rows = new Map<string, SchemeVersionRecord>();
  for (const event of events) {
    const change: (typeof schemeVersionProjection.on)[SchemeEvent['type']] | undefined = Reflect.get(
      schemeVersionProjection.on,
      event.type,
    );
    for (const key of change?.keys(event as never) ?? []) {
      const row = change?.evolve(rows.get(key.join('/')), event as never, key);
      if (row) rows.set(key.join('/'), row);
    }
  }
  return [...rows.values()];
}

describe('versions of schemes', () => {
  it('events of every version ever shipped still decode', () => {
    expect(goldenProblems(schemeEvents)).toEqual([]);
  });

  it('follow draft, approval, the next version and retirement through log and registry', async () => {
    const harness = createHarness(schemeEvents);
    const run = (command: SchemeCommand, actor?: typeof GENERAL_MANAGER) => harness.run(schemeDecider, ID, command, actor ? { actor } : {});
    const yaml = templateText(ID);
    await run({ type: 'DraftScheme', data: { schemeId: ID, yaml, template: ID } });
    await run({ type: 'PutSchemeInForce', data: { schemeId: ID, version: 1 } }, GENERAL_MANAGER);
    await run({ type: 'DraftScheme', data: { schemeId: ID, yaml: `${yaml}\n# 二` } });
    await run({ type: 'PutSchemeInForce', data: { schemeId: ID, version: 2 } }, GENERAL_MANAGER);
    await run({ type: 'RetireScheme', data: { schemeId: ID, version: 2 } }, GENERAL_MANAGER);
    const rows = rowsAfter(await harness.all());
    expect(rows.map(({ version, status }) => [version, status])).toEqual([
      [1, 'superseded'],
      [2, 'retired'],
    ]);
    expect(rows[0]).toMatchObject({
      scheme_id: ID,
      template: ID,
      title_en: "The sales director's twelve items",
      yaml,
      approved_by: GENERAL_MANAGER,
      review_on: plainDay('2027-11-02'),
    });
  });
});
