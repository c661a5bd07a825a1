import { z } from 'zod';

/** Pages of lists: a cursor is opaque to callers; limits are capped and the cap is refused by name, not cut in silence. */
export const PAGE_LIMIT = { default: 50, most: 200 } as const;

const cursorText = z.string().min(1).max(400);

export const zPageQuery = z.strictObject({
  after: cursorText.optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT.most).default(PAGE_LIMIT.default),
});

/** The shape of every list answer. */
export function zPage<T extends z.ZodType>(item: T): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodOptional<z.ZodString> }> {
  return z.strictObject({ items: z.array(item), next: z.string().optional() });
}

/** Cuts a list read with `limit + 1` to a page; `cursorOf` names the last one shown. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): { items: T[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
}

/** What every command answers: where the stream stands now, and whether the key was known already. */
export const zReceipt = z.strictObject({ id: z.string(), version: z.int(), repeated: z.boolean() }).meta({ id: 'Receipt' });
export type ReceiptBody = z.infer<typeof zReceipt>;

/** `asOf`: a log position or an instant in UTC. */
export const zAsOf = z
  .union([z.coerce.number().int().min(0), z.iso.datetime({ offset: true })])
  .optional()
  .describe('A past log position, or an instant: answers as it was then');
