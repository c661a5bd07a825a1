/** What an import is at: reading the file, checking it against what is known, writing to the log. */
export type ImportStage = 'reading' | 'checking' | 'recording';

/**
 * Told by an import as it goes on: how many rows are done, and of how many once that is known. Called often and at once;
 * it must be quick and must not throw.
 */
export type ImportProgress = (stage: ImportStage, done: number, of: number | null) => void;

/** For callers who don't want to know. */
export const NO_PROGRESS: ImportProgress = () => undefined;

/** Rows between two messages of a reader. */
export const PROGRESS_ROWS = 500;
