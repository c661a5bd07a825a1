import { api, bodyOf } from '../../api/client';
import type { ImportKind } from './import-kinds';

/** What stands beside the file: each only where its kind has it. */
export interface ImportOptions {
  readonly encoding: 'utf-8' | 'gb18030';
  readonly profile: string;
  readonly source: string;
  readonly reason: string;
  readonly completePeriod: string;
  readonly completeMetrics: string;
}

export const NO_OPTIONS: ImportOptions = {
  encoding: 'utf-8',
  profile: '',
  source: '',
  reason: '',
  completePeriod: '',
  completeMetrics: '',
};

export interface FileToSend {
  readonly kind: ImportKind;
  readonly file: File;
  readonly options: ImportOptions;
  /** Under which its progress is told; of an import the Idempotency-Key, too. */
  readonly key: string;
}

/** Large files take longer than anything else; how far they are is told meanwhile. */
const FILE_MS = 10 * 60_000;

const patiently = (request: Request): Promise<Response> =>
  fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(FILE_MS)]) });

/** The body is the file itself: what the client's types call a text. */
function asFile(file: File) {
  return { body: file.name, bodySerializer: () => file, headers: { 'content-type': 'text/csv' }, fetch: patiently };
}

function filled<K extends string>(values: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const given: Partial<Record<K, string>> = {};
  for (const key in values) if (values[key].trim() !== '') given[key] = values[key].trim();
  return given;
}

function factsQuery({ encoding, profile, source, reason, completePeriod, completeMetrics }: ImportOptions) {
  return { encoding, ...filled({ profile, source, completePeriod, completeMetrics, correctionReason: reason }) };
}

/** What a file would do, told in numbers. */
export type Counts = Readonly<Partial<Record<CountKey, number>>>;
export const COUNT_KEYS = [
  'rows',
  'newPeople',
  'changedPeople',
  'unchangedPeople',
  'newTargets',
  'revised',
  'unchanged',
  'facts',
  'repeated',
  'filtered',
  'setAsideTotal',
  'differing',
] as const;
export type CountKey = (typeof COUNT_KEYS)[number];

export interface Checked {
  readonly counts: Counts;
  /** Rows that would be set aside, as far as they are listed. */
  readonly setAside: readonly { readonly row: number; readonly reason: string }[];
  readonly differing: readonly { readonly row: number; readonly metric: string }[];
}

/** Checks a file without recording anything. */
export async function previewFile({ kind, file, options, key }: FileToSend): Promise<Checked> {
  const { encoding, reason } = options;
  switch (kind) {
    case 'people': {
      const query = { encoding, progress: key };
      return {
        counts: await bodyOf(api.POST('/api/v1/imports/people/preview', { params: { query }, ...asFile(file) })),
        setAside: [],
        differing: [],
      };
    }
    case 'targets': {
      const query = { encoding, progress: key, ...filled({ reason }) };
      return {
        counts: await bodyOf(api.POST('/api/v1/imports/targets/preview', { params: { query }, ...asFile(file) })),
        setAside: [],
        differing: [],
      };
    }
    case 'facts': {
      const query = { ...factsQuery(options), progress: key };
      const { setAside, differing, ...counts } = await bodyOf(
        api.POST('/api/v1/imports/facts/preview', { params: { query }, ...asFile(file) }),
      );
      return { counts: { ...counts, differing: differing.length }, setAside, differing };
    }
  }
}

export interface Imported {
  readonly importId: string;
  readonly isRepeated: boolean;
}

/** All of it or nothing. */
export async function importFile({ kind, file, options, key }: FileToSend): Promise<Imported> {
  const header = { 'Idempotency-Key': key };
  const { encoding, reason } = options;
  switch (kind) {
    case 'people': {
      const { importId, repeated } = await bodyOf(
        api.POST('/api/v1/imports/people', { params: { header, query: { encoding } }, ...asFile(file) }),
      );
      return { importId, isRepeated: repeated };
    }
    case 'targets': {
      const query = { encoding, ...filled({ reason }) };
      const { importId, repeatedRequest } = await bodyOf(
        api.POST('/api/v1/imports/targets', { params: { header, query }, ...asFile(file) }),
      );
      return { importId, isRepeated: repeatedRequest };
    }
    case 'facts': {
      const { importId, repeatedRequest } = await bodyOf(
        api.POST('/api/v1/imports/facts', { params: { header, query: factsQuery(options) }, ...asFile(file) }),
      );
      return { importId, isRepeated: repeatedRequest };
    }
  }
}
