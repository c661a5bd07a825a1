import { textOf } from '../../app/root-route';

export const MEASURES = ['score', 'completion'] as const;
export type Measure = (typeof MEASURES)[number];
export const SCOPES = ['company', 'region', 'team'] as const;
export type Scope = (typeof SCOPES)[number];

/** What a board's address says; whatever it leaves out is chosen by the page. */
export interface BoardSearch {
  readonly cycle?: string | undefined;
  readonly measure?: string | undefined;
  readonly scope?: string | undefined;
  readonly unit?: string | undefined;
  readonly after?: string | undefined;
}

export function boardSearch(search: Record<string, unknown>): BoardSearch {
  return { ...tvSearch(search), ...textOf(search, 'scope'), ...textOf(search, 'unit'), ...textOf(search, 'after') };
}

export interface TvSearch {
  /** Of the top bar: a screen outside of the frame goes on with it. */
  readonly period?: string | undefined;
  readonly cycle?: string | undefined;
  readonly measure?: string | undefined;
}

export function tvSearch(search: Record<string, unknown>): TvSearch {
  return { ...textOf(search, 'period'), ...textOf(search, 'cycle'), ...textOf(search, 'measure') };
}

export function measureOf(text: string | undefined): Measure {
  return MEASURES.find((one) => one === text) ?? 'score';
}

export function scopeOf(text: string | undefined): Scope {
  return SCOPES.find((one) => one === text) ?? 'company';
}
