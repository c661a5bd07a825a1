import { queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import type { MarkKind } from '../../pieces/mark';
import { language } from '../../texts';

export type AppealFile = components['schemas']['AppealFile'];
export type Contestable = components['schemas']['ContestableResult'];
export type AppealOnBoard = paths['/api/v1/appeals/board']['get']['responses']['200']['content']['application/json']['items'][number];
export type Stage = AppealFile['stage'];
export type ActName = AppealFile['acts'][number]['act'];
export type ActBody = paths['/api/v1/appeals/{appealId}/acts']['post']['requestBody']['content']['application/json'];
export type Ground = AppealFile['grounds'][number];
export type CaseLine = AppealFile['lines'][number];
export type Form = Contestable['lines'][number]['form'];
export type Value = string | readonly string[];

/** The words of the file are those of the page's language: another language is another answer. */
export function appealFileQuery(appealId: string) {
  const now = language();
  return queryOptions({
    queryKey: ['appeals', appealId, now],
    queryFn: () => bodyOf(api.GET('/api/v1/appeals/{appealId}/file', { params: { path: { appealId }, query: { language: now } } })),
  });
}

export function contestableQuery(appraisalId: string) {
  return queryOptions({
    queryKey: ['appeals', 'contestable', appraisalId],
    queryFn: () => bodyOf(api.GET('/api/v1/appraisals/{appraisalId}/contestable', { params: { path: { appraisalId } } })),
  });
}

export const myAppraisalsQuery = queryOptions({
  queryKey: ['appraisals', 'mine'],
  queryFn: () => bodyOf(api.GET('/api/v1/appraisals/mine')),
});

const KINDS: Readonly<Record<Stage, MarkKind>> = {
  triage: 'run',
  'more-asked': 'warn',
  declined: 'bad',
  escalated: 'run',
  'fact-owner': 'run',
  'offer-due': 'run',
  offered: 'warn',
  'to-panel': 'run',
  'panel-not-seatable': 'bad',
  hearing: 'run',
  decided: 'good',
  'declined-final': 'bad',
  withdrawn: 'plain',
  closed: 'plain',
};

export function kindOfStage(stage: Stage): MarkKind {
  return KINDS[stage];
}
