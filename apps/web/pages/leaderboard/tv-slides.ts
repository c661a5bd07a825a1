import type { Scope } from './board-address';
import type { Board, Units } from './boards';

/** What a screen on a wall shows one after another. */
export interface Slide {
  readonly scope: Scope;
  readonly unit?: string;
}

/** The company, then each region, then each team. */
export function slidesOf({ regions, teams }: Pick<Units, 'regions' | 'teams'>): readonly Slide[] {
  return [
    { scope: 'company' },
    ...regions.map(({ unit }): Slide => ({ scope: 'region', unit })),
    ...teams.map(({ unit }): Slide => ({ scope: 'team', unit })),
  ];
}

type Page = Pick<Board, 'next'> & { readonly items: readonly Pick<Board['items'][number], 'subject'>[] };

/** A page on which nobody may be named tells a room nothing. */
export function isNameless(page: Page | undefined): boolean {
  return page !== undefined && page.items.length > 0 && page.items.every(({ subject }) => subject === null);
}

/** The board's next page, unless nobody on it may be named: places are named from the first on, so whoever follows an unnamed one is unnamed. */
export function nextNamed(page: Page | undefined): string | undefined {
  return page?.items.at(-1)?.subject === null ? undefined : page?.next;
}

/** The page that follows: the board's next, else the first of the next slide. */
export function turned(at: Turn, { slides, next }: { readonly slides: number; readonly next: string | undefined }): Turn {
  return next === undefined ? { slide: (at.slide + 1) % Math.max(1, slides), after: undefined } : { slide: at.slide, after: next };
}

export interface Turn {
  readonly slide: number;
  readonly after: string | undefined;
}
