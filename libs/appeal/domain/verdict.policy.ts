import { canonicalJson, type SubjectId } from '#kernel';
import type { Amendment, ContestedLine, LineValue, Verdict } from '../contracts';

export interface Vote {
  readonly member: SubjectId;
  readonly verdict: Verdict;
  readonly values: readonly { readonly line: string; readonly value: LineValue }[];
}

export interface PanelVerdict {
  readonly verdict: 'upheld' | 'partly' | 'dismissed';
  readonly amendments: Amendment[];
  readonly settledBy: 'majority' | 'three-different' | 'chair';
}

const NAMES = { uphold: 'upheld', partly: 'partly', dismiss: 'dismissed' } as const;

/**
 * Majority; three different votes are "partly"; a tie is broken by the chair (domain.md "Appeal" 5, 6). `votes` are in the
 * order of seats and not empty; a chair who did not vote is stood in for by the first seat that did.
 */
export function panelVerdict(lines: readonly ContestedLine[], votes: readonly Vote[], chair: SubjectId): PanelVerdict {
  const { verdict, settledBy } = settle(votes, chairVote(votes, chair));
  return { verdict: NAMES[verdict], settledBy, amendments: amendmentsOf(verdict, lines, votes, chair) };
}

function chairVote(votes: readonly Vote[], chair: SubjectId): Vote | undefined {
  return votes.find(({ member }) => member === chair) ?? votes[0];
}

function settle(votes: readonly Vote[], chair: Vote | undefined): { verdict: Verdict; settledBy: PanelVerdict['settledBy'] } {
  const counts = { uphold: 0, partly: 0, dismiss: 0 };
  for (const { verdict } of votes) counts[verdict] += 1;
  const most = Math.max(counts.uphold, counts.partly, counts.dismiss);
  const leading = (['uphold', 'partly', 'dismiss'] as const).filter((verdict) => counts[verdict] === most);
  const [only] = leading;
  if (leading.length === 1 && only !== undefined) return { verdict: only, settledBy: 'majority' };
  if (leading.length === 3) return { verdict: 'partly', settledBy: 'three-different' };
  return { verdict: chair?.verdict ?? 'dismiss', settledBy: 'chair' };
}

function amendmentsOf(verdict: Verdict, lines: readonly ContestedLine[], votes: readonly Vote[], chair: SubjectId): Amendment[] {
  if (verdict === 'dismiss') return [];
  return lines.flatMap(({ line, kind, key, rightValue }) => {
    const value = verdict === 'uphold' ? rightValue : partlyValue(line, votes, chair, rightValue);
    return value === undefined ? [] : [{ line, kind, key, value }];
  });
}

/**
 * For "partly": the value that a majority holds (who upholds holds the appellant's, who dismisses the old one), else the
 * chair's, else that of the first seat that voted "partly". Undefined = the line stays as it is.
 */
function partlyValue(line: string, votes: readonly Vote[], chair: SubjectId, rightValue: LineValue): LineValue | undefined {
  const held = votes.map((vote) => heldValue(vote, line, rightValue));
  for (const value of held) {
    if (held.filter((other) => sameValue(other, value)).length * 2 > votes.length) return value;
  }
  const partly = votes.filter(({ verdict }) => verdict === 'partly');
  const deciding = partly.find(({ member }) => member === chair) ?? partly[0];
  return deciding && heldValue(deciding, line, rightValue);
}

function heldValue(vote: Vote, line: string, rightValue: LineValue): LineValue | undefined {
  if (vote.verdict === 'uphold') return rightValue;
  return vote.verdict === 'partly' ? vote.values.find((value) => value.line === line)?.value : undefined;
}

function sameValue(a: LineValue | undefined, b: LineValue | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}
