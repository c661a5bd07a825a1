import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../api/client';
import { instantOf } from '../../pieces/moment';

export type Cycle = components['schemas']['Cycle'];
export type CycleOnBoard = components['schemas']['CycleOnBoard'];
export type CycleStatus = Cycle['status'];
export type PhaseOfCycle = Cycle['phases'][number];
export type Phase = PhaseOfCycle['phase'];
export type Progress = CycleOnBoard['progress'][number];
export type Owed = components['schemas']['Owed'];
export type Spread = components['schemas']['CycleSpread'];
export type GradeGroup = Spread['groups'][number];
export type TeamCompletion = components['schemas']['TeamCompletion'];
export type Findings = components['schemas']['CycleFindings'];
export type Correction = components['schemas']['ProposedCorrection'];
type PhaseState = PhaseOfCycle['state'];

/** What moves in a cycle, as the live streams send it. */
export interface Moving {
  readonly status: CycleStatus;
  readonly published: boolean;
  readonly phases: readonly { readonly phase: Phase; readonly state: PhaseState; readonly closesAt: string }[];
  readonly progress: readonly Progress[];
}
export interface BoardMoving {
  readonly items: readonly (Moving & { readonly cycleId: string })[];
}

/** Phases in which people owe something. */
export const OWED_PHASES = ['self-review', 'manager-review', 'second-review', 'confirmation'] as const;
export type OwedPhase = (typeof OWED_PHASES)[number];
export function isOwedPhase(phase: string | undefined): phase is OwedPhase {
  return OWED_PHASES.some((known) => known === phase);
}

export const STATUSES = ['running', 'paused', 'cancelled', 'closed'] as const satisfies readonly CycleStatus[];
export function statusOf(text: string | undefined): CycleStatus | undefined {
  return STATUSES.find((status) => status === text);
}

export interface BoardFilters {
  readonly status?: CycleStatus;
  readonly period?: string;
  readonly after?: string;
}

export const boardQuery = (filters: BoardFilters) =>
  queryOptions({
    queryKey: ['cycles', 'board', filters],
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/board', { params: { query: filters } })),
  });

export function liveBoardUrl({ status, period }: BoardFilters): string {
  const query = new URLSearchParams({
    ...(status === undefined ? {} : { status }),
    ...(period === undefined ? {} : { period }),
  }).toString();
  return `/api/v1/cycles/board/live${query === '' ? '' : `?${query}`}`;
}

export const cycleQuery = (cycleId: string, asOf?: string) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'plan', asOf],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}', { params: { path: { cycleId }, query: asOfOf(asOf) } })),
  });

export const progressQuery = (cycleId: string) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'progress'],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/progress', { params: { path: { cycleId } } })),
  });

/** A log position stays a number; everything else is an instant. */
export function asOfOf(asOf: string | undefined): { asOf?: string | number } {
  if (asOf === undefined || asOf === '') return {};
  return { asOf: /^\d{1,15}$/.test(asOf) ? Number(asOf) : (instantOf(asOf) ?? asOf) };
}

export const owedQuery = (cycleId: string, phase: OwedPhase, after?: string) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'owed', phase, after],
    queryFn: () => {
      const query = { phase, limit: 50, ...(after === undefined ? {} : { after }) };
      return bodyOf(api.GET('/api/v1/cycles/{cycleId}/owed', { params: { path: { cycleId }, query } }));
    },
  });

/** How many a reminder would be for now. */
export const remindableQuery = (cycleId: string, phase: OwedPhase) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'remindable', phase],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/owed/count', { params: { path: { cycleId }, query: { phase } } })),
  });

export const findingsQuery = (cycleId: string) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'findings'],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/findings', { params: { path: { cycleId } } })),
  });

export const spreadQuery = (cycleId: string, asOf?: string) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'spread', asOf],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/spread', { params: { path: { cycleId }, query: asOfOf(asOf) } })),
  });

export const completionQuery = (cycleId: string, asOf?: string) =>
  queryOptions({
    queryKey: ['cycles', cycleId, 'completion', asOf],
    queryFn: () => bodyOf(api.GET('/api/v1/cycles/{cycleId}/completion', { params: { path: { cycleId }, query: asOfOf(asOf) } })),
  });

export type StartInput = paths['/api/v1/cycles']['post']['requestBody']['content']['application/json'];
export type Preview = paths['/api/v1/cycles/preview']['post']['responses']['200']['content']['application/json'];
export type PreviewPerson =
  paths['/api/v1/cycles/preview/people']['post']['responses']['200']['content']['application/json']['items'][number];
export type ExclusionReason = Preview['excluded'][number]['reason'];
