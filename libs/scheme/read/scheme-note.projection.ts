import type { SealedText } from '#kernel';
import type { AppealEvent } from '#libs/appeal/contracts';
import { defineProjection } from '#libs/projections';

/** A closed appeal that found the scheme at fault: a note for its review (domain.md "Appeal" 9). */
export type SchemeNoteRecord = {
  readonly cycle_id: string;
  readonly appeal_id: string;
  readonly outcome: string;
  readonly note: Pick<SealedText, keyof SealedText> | null;
  readonly closed_at: string;
};

type NoteEvent = Extract<AppealEvent, { type: 'AppealClosed' }>;

export const schemeNoteProjection = defineProjection<SchemeNoteRecord, NoteEvent>({
  name: 'scheme_note',
  version: 1,
  columns: { cycle_id: 'text', appeal_id: 'text', outcome: 'text', note: 'jsonb', closed_at: 'timestamptz' },
  key: ['cycle_id', 'appeal_id'],
  history: false,
  on: {
    AppealClosed: {
      keys: ({ data }) => (data.schemeAtFault === true ? [[data.cycleId, data.appealId]] : []),
      evolve: (row, { data }) =>
        row ?? {
          cycle_id: data.cycleId,
          appeal_id: data.appealId,
          outcome: data.outcome,
          note: data.note?.toJSON() ?? null,
          closed_at: data.closedAt,
        },
    },
  },
});
