import { asDecimalText } from '../../pieces/decimals';
import { type Given, isListed, ratingProblem, textsOf } from '../../pieces/rating';
import type { Contestable, Ground } from './appeal';
import { fieldOf } from './field';
import type { StoredFile } from './upload';

export interface Claim {
  readonly ground: Ground;
  readonly right: Given;
}

/** What somebody is writing; kept on the device until it is filed. */
export interface AppealDraft {
  /** By the line's name. */
  readonly claims: Readonly<Record<string, Claim>>;
  readonly procedure: boolean;
  readonly statement: string;
  readonly evidence: readonly StoredFile[];
}

export type Line = Contestable['lines'][number];
export type Missing = 'nothing-chosen' | 'value' | 'statement' | 'same-value';

/** Grounds that fit what the line stands on; the first is what people mean mostly. */
export function groundsOf({ kind }: Pick<Line, 'kind'>): readonly Ground[] {
  return kind === 'fact' ? ['wrong-fact', 'wrong-calculation'] : ['unfair-rating', 'wrong-calculation'];
}

export function newClaim(line: Line): Claim {
  const [ground = 'procedure'] = groundsOf(line);
  return { ground, right: line.form.type === 'list' && Array.isArray(line.value) ? line.value : '' };
}

const NOTHING: AppealDraft = { claims: {}, procedure: false, statement: '', evidence: [] };

/** The line that an address names: itself, its key, or the line of the result that it belongs to. */
export function lineNamed(lines: readonly Line[], name: string | undefined): Line | undefined {
  if (name === undefined) return undefined;
  return lines.find((one) => one.line === name || one.key === name || one.of.key === name || one.of.key === `indicator.${name}`);
}

/** The draft with a line contested, too; what was written about that line before stays. */
export function withLine(draft: AppealDraft, line: Line | undefined): AppealDraft {
  if (line === undefined || draft.claims[line.line] !== undefined) return draft;
  return { ...draft, claims: { ...draft.claims, [line.line]: newClaim(line) } };
}

export function emptyDraft(lines: readonly Line[], ticked: string | undefined): AppealDraft {
  return withLine(NOTHING, lineNamed(lines, ticked));
}

/** The lines that the draft contests, in the order of the result. */
export function contested(lines: readonly Line[], { claims }: AppealDraft): readonly { readonly line: Line; readonly claim: Claim }[] {
  return lines.flatMap((line) => {
    const claim = claims[line.line];
    return claim ? [{ line, claim }] : [];
  });
}

export function rightField({ key, form }: Line, label: { readonly 'zh-CN': string; readonly en: string }) {
  return fieldOf(key, form, label);
}

const NO_LABEL = { 'zh-CN': '', en: '' };

export function missingIn(lines: readonly Line[], draft: AppealDraft): readonly Missing[] {
  const chosen = contested(lines, draft);
  const wrong = chosen.some(({ line, claim }) => ratingProblem(rightField(line, NO_LABEL), claim.right) !== undefined);
  const same = chosen.some(({ line, claim }) => JSON.stringify(sentValue(line, claim.right)) === JSON.stringify(line.value));
  return [
    ...(chosen.length === 0 && !draft.procedure ? (['nothing-chosen'] as const) : []),
    ...(wrong ? (['value'] as const) : []),
    ...(!wrong && same ? (['same-value'] as const) : []),
    ...(draft.statement.trim() === '' ? (['statement'] as const) : []),
  ];
}

export function sentValue({ form, key }: Pick<Line, 'form' | 'key'>, right: Given): string | string[] {
  const field = fieldOf(key, form, NO_LABEL);
  if (isListed(field)) return [...textsOf(right)];
  const text = typeof right === 'string' ? right : '';
  return field.type === 'word' ? text : asDecimalText(text);
}

/** As the API takes it: grounds are those of all lines together. */
export function filing({ appraisalId, lines, steps }: Contestable, draft: AppealDraft) {
  const chosen = contested(lines, draft);
  const [step] = steps;
  const grounds: Ground[] = [
    ...new Set([...chosen.map(({ claim }) => claim.ground), ...(draft.procedure ? (['procedure'] as const) : [])]),
  ];
  return {
    appraisalId,
    grounds,
    lines: chosen.map(({ line, claim }) => ({ line: line.line, kind: line.kind, key: line.key, rightValue: sentValue(line, claim.right) })),
    ...(draft.procedure && step !== undefined ? { step } : {}),
    statement: draft.statement.trim(),
    evidence: draft.evidence.map(({ hash, name }) => ({ hash, name: name.slice(0, 200) })),
  };
}
