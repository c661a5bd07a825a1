import type { PersonalText, SubjectId } from '#kernel';

/** Decimals by line, one a rater. */
export type AnswersByLine = Readonly<Record<string, readonly string[]>>;

/** By the manager or HR: the whole list. */
export interface NominatePeers {
  readonly type: 'NominatePeers';
  readonly data: {
    readonly peers: readonly SubjectId[];
    /** For the first nomination; later ones keep theirs. */
    readonly round: SubjectId;
    /** As many as the scheme counts at most. */
    readonly most: number | undefined;
    /** Managers of the person, at any height: they rate otherwise. */
    readonly line: readonly SubjectId[];
  };
}
export interface AnswerAsPeer {
  readonly type: 'AnswerAsPeer';
  readonly data: { readonly answers: PersonalText };
}
/** By the system, once nobody answers any more: `answers` are those of all, sorted line by line; `raters`, of how many. */
export interface RecordPeerAnswers {
  readonly type: 'RecordPeerAnswers';
  readonly data: {
    readonly answers: AnswersByLine;
    readonly raters: number;
    /** Fewer are not recorded. */
    readonly least: number;
  };
}
export interface RecordCustomerAnswers {
  readonly type: 'RecordCustomerAnswers';
  readonly data: { readonly answers: AnswersByLine; readonly customers: number };
}
export type RaterCommand = NominatePeers | AnswerAsPeer | RecordPeerAnswers | RecordCustomerAnswers;
