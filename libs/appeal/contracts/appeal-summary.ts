/** How many appeals of some cycles contested a line, and what came of it; nobody is named. */
export interface AppealLineCount {
  /** The contested line; null: the appeal named none (procedure). */
  readonly line: string | null;
  readonly outcome: 'upheld' | 'partly' | 'dismissed' | 'declined' | 'withdrawn' | 'open';
  readonly appeals: number;
}

export interface AppealSummary {
  readonly appeals: number;
  readonly lines: readonly AppealLineCount[];
}

export interface AppealSummaries {
  /** At most 500 cycles. */
  ofCycles(cycleIds: readonly string[]): Promise<AppealSummary>;
}
