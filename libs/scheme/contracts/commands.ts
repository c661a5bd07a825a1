import type { EventsOf } from '#libs/event-store';
import type { schemeEvents } from './events';

export type SchemeEvent = EventsOf<typeof schemeEvents>;

/** By HR: a next version as YAML text. */
export interface DraftScheme {
  readonly type: 'DraftScheme';
  readonly data: { readonly schemeId: string; readonly yaml: string; readonly template?: string };
}
/** By the general manager, never by who drafted it. */
export interface PutSchemeInForce {
  readonly type: 'PutSchemeInForce';
  readonly data: { readonly schemeId: string; readonly version: number };
}
export interface RetireScheme {
  readonly type: 'RetireScheme';
  readonly data: { readonly schemeId: string; readonly version: number };
}
export type SchemeCommand = DraftScheme | PutSchemeInForce | RetireScheme;
