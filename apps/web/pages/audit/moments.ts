import { instantOf } from '../../pieces/moment';

export type MomentsProblem = 'none' | 'unreadable' | 'beyond' | 'order';

/** Why two moments can't be compared; `last` is the end of the log where it is known. */
export function momentsProblem(from: string, to: string, last: number | undefined): MomentsProblem | undefined {
  const [earlier, later] = [from.trim(), to.trim()];
  if (earlier === '' || later === '') return 'none';
  const [first, second] = [momentOf(earlier), momentOf(later)];
  if (first === undefined || second === undefined) return 'unreadable';
  if ([first, second].some((moment) => isBeyond(moment, last))) return 'beyond';
  if (typeof first === 'number' && typeof second === 'number') return first > second ? 'order' : undefined;
  if (typeof first === 'string' && typeof second === 'string') return first > second ? 'order' : undefined;
  return undefined;
}

/** True for a position that the log has not come to; a time may be ahead, it is then now. */
export function isBeyond(moment: number | string | undefined, last: number | undefined): boolean {
  return typeof moment === 'number' && last !== undefined && moment > last;
}

/** Why there is no such entry; `last` is the end of the log where it is known. */
export function positionProblem(text: string, last: number | undefined): 'none' | 'unreadable' | 'beyond' | undefined {
  const position = text.trim();
  if (position === '') return 'none';
  if (!/^[1-9]\d{0,15}$/.test(position)) return 'unreadable';
  return isBeyond(Number(position), last) ? 'beyond' : undefined;
}

/** An instant as the API writes it. */
export function isInstantText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(text);
}

/** A log position, or an instant: what an address says as text. Undefined for now. */
export function momentOf(text: string | undefined): number | string | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number.parseInt(text, 10);
  return instantOf(text);
}
