import { queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import type { Language } from '../../texts';

export type Appraisal = components['schemas']['Appraisal'];
export type Process = components['schemas']['AppraisalProcess'];
export type ResultTable = components['schemas']['ResultTable'];
export type ResultRow = components['schemas']['ResultRow'];
export type StatementSummary = components['schemas']['StatementSummary'];
export type Statement = components['schemas']['StatementInWords'];
export type StatementLine = Statement['lines'][number];
type Json<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: { 'application/json': infer T } } } } }
  ? T
  : never;
export type Detail = Json<'/api/v1/appraisals/{appraisalId}'>;
export type Submitted = Detail['submissions'][number];
export type Act = Process['acts'][number];
export type Unit = components['schemas']['Figure']['unit'];

/** What somebody changes about an appraisal may show in all of these. */
export const TOUCHED = [['appraisals'], ['todo']] as const;

export const mineQuery = queryOptions({
  queryKey: ['appraisals', 'mine'],
  queryFn: () => bodyOf(api.GET('/api/v1/appraisals/mine')),
});

export const detailQuery = (appraisalId: string) =>
  queryOptions({
    queryKey: ['appraisals', appraisalId, 'detail'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}', { params: { path: { appraisalId } } })),
  });

export const processQuery = (appraisalId: string) =>
  queryOptions({
    queryKey: ['appraisals', appraisalId, 'process'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/process', { params: { path: { appraisalId } } })),
  });

export const resultQuery = (appraisalId: string, language: Language) =>
  queryOptions({
    queryKey: ['appraisals', appraisalId, 'result', language],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/result', { params: { path: { appraisalId }, query: { language } } })),
  });

export const wordsQuery = (appraisalId: string) =>
  queryOptions({
    queryKey: ['appraisals', appraisalId, 'words'],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/words', { params: { path: { appraisalId } } })),
  });

/** Everything beside the fields of a self-review, asked together so that it stands there at once. */
export const sheetQuery = (appraisalId: string) =>
  queryOptions({
    queryKey: ['appraisals', appraisalId, 'sheet'],
    queryFn: async () => {
      const params = { path: { appraisalId } };
      const [tasks, figures, beside] = await Promise.all([
        bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/rating-lines', { params })),
        bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/figures', { params })),
        bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/line-facts', { params })),
      ]);
      return {
        lines: tasks.items.find(({ step }) => step === 'self-review')?.lines ?? [],
        figures: figures.items,
        beside: new Map(beside.items.map(({ line, facts }) => [line, facts])),
      };
    },
  });

/** What the facts of a published result are counted in, by key; asked as the page that contests them asks. */
export const unitsQuery = (appraisalId: string) =>
  queryOptions({
    queryKey: ['appeals', 'contestable', appraisalId],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/contestable', { params: { path: { appraisalId } } })),
    select: ({ lines }): ReadonlyMap<string, Unit> =>
      new Map(lines.flatMap(({ kind, key, form: { unit } }) => (kind === 'fact' && unit !== null ? [[key, unit] as const] : []))),
  });

export const placeQuery = (cycleId: string) =>
  queryOptions({
    queryKey: ['leaderboard', cycleId, 'own'],
    queryFn: () => bodyOf(api.GET('/api/v1/leaderboard', { params: { query: { cycleId, limit: 1 } } })),
  });

export const statementsQuery = (after: string | undefined) =>
  queryOptions({
    queryKey: ['statements', 'mine', after],
    queryFn: () => bodyOf(api.GET('/api/v1/statements/mine', { params: { query: after === undefined ? {} : { after } } })),
  });

export const statementQuery = (cycleId: string, language: Language) =>
  queryOptions({
    queryKey: ['statements', cycleId, 'words', language],
    queryFn: () => bodyOf(api.GET('/api/v1/statements/words', { params: { query: { cycleId, language } } })),
  });

export const depositQuery = (subject: string) =>
  queryOptions({
    queryKey: ['deposits', subject],
    queryFn: () => bodyOf(api.GET('/api/v1/deposits/{subject}', { params: { path: { subject } } })),
  });
