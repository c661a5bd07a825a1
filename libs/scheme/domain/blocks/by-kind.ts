import type { PeriodKind } from '#libs/calendar';

/** What is given once for all kinds of period or once for each. */
type ByKind<T> = T | Readonly<Partial<Record<PeriodKind, T | undefined>>>;

/** What holds in a kind of period; undefined where nothing is given for it. */
export function forKind(value: ByKind<string>, kind: PeriodKind): string | undefined {
  return typeof value === 'string' ? value : value[kind];
}

/** Blocks that are part of a kind of period, with their places in the document. */
export type Here<T> = readonly { readonly block: T; readonly index: number }[];

interface Periodic {
  readonly periods?: readonly PeriodKind[] | undefined;
}

/** A block that names no kinds of period is part of all of them. */
export function blocksOf<T extends Periodic>(blocks: readonly T[] | undefined, kind: PeriodKind): Here<T> {
  return placed(blocks).filter(({ block }) => block.periods === undefined || block.periods.includes(kind));
}

/** In a roll-up what makes a score is only part of the kinds that it names. */
export function namedBlocksOf<T extends Periodic>(blocks: readonly T[] | undefined, kind: PeriodKind): Here<T> {
  return placed(blocks).filter(({ block }) => block.periods?.includes(kind) ?? false);
}

function placed<T>(blocks: readonly T[] | undefined): Here<T> {
  return (blocks ?? []).map((block, index) => ({ block, index }));
}
