/** Bounds of a file that people hand in; each is refused by name. */
export const TABULAR_LIMITS = {
  fileBytes: 64 * 1024 * 1024,
  rows: 200_000,
  columns: 200,
  cellChars: 4_000,
  recordChars: 200_000,
  /** Problems told one by one; the total counts all of them. */
  problemsListed: 1_000,
  problemValueChars: 60,
  conditionDepth: 5,
  conditionParts: 50,
} as const;
