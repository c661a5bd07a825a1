import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parseToken } from '#libs/event-store';
import { ProjectionError, type ReadDb } from '#libs/projections';
import type { ImportProgress, ImportStage } from '#libs/tabular';
import { READ_DB } from '../tokens';
import { problemOf } from './problem';

export const IMPORT_KINDS = ['people', 'targets', 'facts'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export const PROGRESS_STAGES = ['unknown', 'reading', 'checking', 'recording', 'projecting', 'done', 'refused', 'failed'] as const;
export type ProgressStage = (typeof PROGRESS_STAGES)[number];

/** How far a file has come. `of` is null while nobody knows how many rows there are. */
export interface ProgressState {
  readonly kind: ImportKind | null;
  readonly stage: ProgressStage;
  readonly done: number;
  readonly of: number | null;
  readonly importId: string | null;
  /** Why it was refused or failed; the code of a problem. */
  readonly code: string | null;
}

/** Files watched in one process; the oldest that are over make room, and what finds none is carried out unwatched. */
export const PROGRESS_LIMITS = { files: 200 } as const;

/** What must have seen an import before its rows are to be found. */
const PROJECTIONS: Readonly<Record<ImportKind, readonly string[]>> = {
  people: ['people_imports', 'person_lines', 'person_identities'],
  targets: ['target_imports', 'targets'],
  facts: ['fact_imports', 'facts'],
};

type Outcome =
  { readonly kind: 'refused' | 'preview' } | { readonly kind: 'imported'; readonly importId: string; readonly token: string | null };

interface Watched {
  state: ProgressState;
  /** Of this run: the same key sent again, or to another process, counts anew and must not be taken for what was seen. */
  readonly run: string;
  /** Raised with each change. */
  revision: number;
  /** Where its read models have to get to; null when there is nothing to wait for. */
  position: number | null;
}

const UNKNOWN: ProgressState = { kind: null, stage: 'unknown', done: 0, of: null, importId: null, code: null };
const OVER: ReadonlySet<ProgressStage> = new Set(['done', 'refused', 'failed']);

/** How far the files of this process have come, each under the key that its sender made. Lost with the process: the log is not. */
@Injectable()
export class ImportProgressBook {
  readonly #watched = new Map<string, Watched>();

  constructor(@Inject(READ_DB) private readonly read: ReadDb) {}

  /** Carries out `run` and tells what it tells under `key`; undefined: nobody will ask. Passes on what `run` throws. */
  async watch<T extends Outcome>(
    { key, kind }: { readonly key: string | undefined; readonly kind: ImportKind },
    run: (progress: ImportProgress) => Promise<T>,
  ): Promise<T> {
    const watched = key === undefined ? undefined : this.#begin(key, kind);
    const change = (part: Partial<ProgressState>): void => {
      if (watched) changeState(watched, part);
    };
    try {
      const outcome = await run((stage: ImportStage, done, of) => change({ stage, done, of }));
      if (outcome.kind === 'imported') {
        if (watched) watched.position = outcome.token === null ? null : parseToken(outcome.token).position;
        change({ stage: outcome.token === null ? 'done' : 'projecting', importId: outcome.importId });
      } else change({ stage: outcome.kind === 'refused' ? 'refused' : 'done', code: outcome.kind === 'refused' ? 'import.refused' : null });
      return outcome;
    } catch (error) {
      change({ stage: 'failed', code: problemOf(error).code });
      throw error;
    }
  }

  /** The state under a key now, and what names it; `unknown` where there is none (yet, or any more). */
  async look(key: string): Promise<{ readonly state: ProgressState; readonly revision: string; readonly last: boolean }> {
    const watched = this.#watched.get(key);
    if (!watched) return { state: UNKNOWN, revision: '0', last: false };
    if (watched.state.stage === 'projecting' && (await this.#hasArrived(watched))) changeState(watched, { stage: 'done' });
    return { state: watched.state, revision: `${watched.run}.${watched.revision}`, last: OVER.has(watched.state.stage) };
  }

  #begin(key: string, kind: ImportKind): Watched | undefined {
    this.#watched.delete(key);
    if (this.#watched.size >= PROGRESS_LIMITS.files) this.#makeRoom();
    if (this.#watched.size >= PROGRESS_LIMITS.files) return undefined;
    const watched: Watched = {
      state: { ...UNKNOWN, kind, stage: 'reading' },
      run: randomBytes(6).toString('hex'),
      revision: 1,
      position: null,
    };
    this.#watched.set(key, watched);
    return watched;
  }

  /** What waits for read models is over for this purpose, too: whoever did not ask by now will find it in the history. */
  #makeRoom(): void {
    for (const [key, { state }] of this.#watched) {
      if (!OVER.has(state.stage) && state.stage !== 'projecting') continue;
      this.#watched.delete(key);
      return;
    }
  }

  async #hasArrived({ state: { kind }, position }: Watched): Promise<boolean> {
    if (kind === null || position === null) return true;
    try {
      for (const projection of PROJECTIONS[kind]) await this.read.waitForProjection(projection, position, 0);
      return true;
    } catch (error) {
      if (error instanceof ProjectionError) return false;
      throw error;
    }
  }
}

function changeState(watched: Watched, part: Partial<ProgressState>): void {
  watched.state = { ...watched.state, ...part };
  watched.revision += 1;
}
