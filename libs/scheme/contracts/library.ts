import { z } from 'zod';
import library from '../library/library.json';
import { zMethod } from './document-indicators';
import { zFact, zHistory, zRating } from './document-inputs';
import { zFactKey, zFormula, zName, zRatingKey, zTitle } from './document-words';

/*
 * The indicator library (指标库): indicators with names and formula in both languages, the facts and ratings they read and the
 * method that scores them, for schemes to pick from. A scheme that was published with `use: <id>` is expanded again whenever
 * it is read, so what an entry means never changes: another meaning is another id.
 */

const zLibraryIndicator = z.strictObject({
  title: zTitle,
  help: zTitle.optional(),
  /** How the points come about, in words. */
  formula: zTitle,
  /** What is measured. */
  unit: z.enum(['percent', 'count', 'days', 'points', 'word']),
  facts: z.array(zFactKey).default([]),
  ratings: z.array(zRatingKey).default([]),
  history: z.record(zName, zHistory).optional(),
  method: zMethod,
  zeroWhen: zFormula.optional(),
  mayBeNegative: z.boolean().optional(),
});

const zIndicatorLibrary = z.strictObject({
  facts: z.record(zFactKey, zFact),
  ratings: z.record(zRatingKey, zRating),
  indicators: z.record(z.string().regex(/^[a-z][a-z0-9_]{1,59}$/), zLibraryIndicator),
});
export type IndicatorLibrary = z.infer<typeof zIndicatorLibrary>;

/** What ships with the product. Data of the program like its code: no file is read for it. */
export const INDICATOR_LIBRARY: IndicatorLibrary = zIndicatorLibrary.parse(library);
