import { type ActorId, actorId, plainDay, subjectId } from '#kernel';
import type { RecordedEvent } from '#libs/event-store';
import type { AnyProjection, Row } from '#libs/projections';
import { createHarness, goldenProblems, testText } from '#libs/testing';
import { bringInForce } from '../../../test/scheme-life';
import { templateText } from '../application/templates';
import type { SchemeCommand } from '../contracts/commands';
import { schemeEvents } from '../contracts/events';
import { schemeDecider } from '../domain/life/scheme.decider';
import { schemeVersionProjection } from './scheme-version.projection';

const GENERAL_MANAGER = actorId('00000000-0000-7000-8000-0000000000bb');
const HR = subjectId('00000000-0000-7000-8000-0000000000aa');
const REP = subjectId('00000000-0000-7000-8000-0000000000cc');
const ID = 'twelve-item-sheet';

/** The rows after all events, as a runner folds them. */
function rowsAfter(events: readonly RecordedEvent[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const event of events) {
    const change: AnyProjection['on'][string] | undefined = Reflect.get(schemeVersionProjection.on, event.type);
    for (const key of change?.keys(event) ?? []) {
      const row = change?.evolve(rows.get(key.join('/')), event, key);
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
    const people = { hr: HR, generalManager: GENERAL_MANAGER, rep: REP };
    const parts = { runner: harness.runner, texts: { make: testText }, as: (actor: ActorId) => harness.context({ actor }) };
    const yaml = templateText(ID);
    await bringInForce(parts, people, { schemeId: ID, yaml, template: ID });
    await bringInForce(parts, people, { schemeId: ID, yaml: `${yaml}\n# 二`, version: 2 });
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
