import { ProjectionError, type ReadDb } from '#libs/projections';
import { Rejection } from '#kernel';
import { ImportProgressBook, PROGRESS_LIMITS } from './import-progress';

let reached = 0;
const read: ReadDb = {
  query: () => Promise.resolve([]),
  one: () => Promise.resolve(undefined),
  positionOf: () => Promise.resolve(undefined),
  waitForProjection: (projection, position) =>
    reached >= position
      ? Promise.resolve(reached)
      : Promise.reject(
          new ProjectionError('wait-timed-out', {
            projection: typeof projection === 'string' ? projection : projection.name,
            position,
            at: reached,
          }),
        ),
};
const imported = { kind: 'imported', importId: 'i', token: '1.20' } as const;

describe('how far a file has come', () => {
  it('is told stage by stage, and is done when its rows are to be found', async () => {
    reached = 0;
    const book = new ImportProgressBook(read);
    const seen: string[] = [];
    await book.watch({ key: 'http/me/one', kind: 'people' }, async (progress) => {
      progress('reading', 500, null);
      seen.push((await book.look('http/me/one')).state.stage);
      progress('recording', 100, 500);
      const { state } = await book.look('http/me/one');
      seen.push(`${state.stage} ${state.done}/${state.of}`);
      return imported;
    });
    seen.push((await book.look('http/me/one')).state.stage);
    reached = 20;
    const { state, last } = await book.look('http/me/one');
    expect([...seen, state.stage]).toEqual(['reading', 'recording 100/500', 'projecting', 'done']);
    expect({ last, importId: state.importId }).toEqual({ last: true, importId: 'i' });
  });

  it('says why an import was refused or failed, and passes the error on', async () => {
    const book = new ImportProgressBook(read);
    await book.watch({ key: 'http/me/refused', kind: 'facts' }, () => Promise.resolve({ kind: 'refused' as const }));
    const failing = book.watch({ key: 'http/me/failed', kind: 'facts' }, () => Promise.reject(new Rejection('facts.changed-meanwhile')));
    await expect(failing).rejects.toMatchObject({ code: 'facts.changed-meanwhile' });
    expect((await book.look('http/me/refused')).state).toMatchObject({ stage: 'refused', code: 'import.refused' });
    expect((await book.look('http/me/failed')).state).toMatchObject({ stage: 'failed', code: 'facts.changed-meanwhile' });
  });

  it('is kept under the key of who sent it, and for so many files at most', async () => {
    const book = new ImportProgressBook(read);
    for (let n = 0; n <= PROGRESS_LIMITS.files; n += 1)
      await book.watch({ key: `http/me/${n}`, kind: 'targets' }, () => Promise.resolve({ kind: 'preview' as const }));
    expect((await book.look('http/me/0')).state.stage).toBe('unknown');
    expect((await book.look('http/you/1')).state.stage).toBe('unknown');
    expect((await book.look(`http/me/${PROGRESS_LIMITS.files}`)).state.stage).toBe('done');
  });
});
