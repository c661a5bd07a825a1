import { compareDecimal, formatDecimal, parseDecimal } from '#kernel';
import type { AnswersByLine } from '../contracts';

/**
 * Answers of many people as they may be kept: each line for itself from the lowest to the highest and in one spelling, so
 * that neither a place in a list, nor what the same person said in another line, nor how somebody writes a number tells
 * whose an answer is. Means, and so scores, are what they were.
 */
export function pooled(answers: readonly Readonly<Record<string, string>>[]): AnswersByLine {
  const lines = [...new Set(answers.flatMap((answer) => Object.keys(answer)))].sort();
  return Object.fromEntries(
    lines.map((line) => {
      const values = answers.flatMap((answer) => parseDecimal(answer[line] ?? '') ?? []);
      return [line, values.sort(compareDecimal).map(formatDecimal)];
    }),
  );
}

/** Characters of a sealed answer, whatever it says: its length must not tell either. */
const SEALED_CHARS = 4_096;

/** What a peer's answer looks like before it is sealed. `salt`: random, so that equal answers have nothing in common. */
export function answerText(lines: readonly string[], answer: Readonly<Record<string, string>>, salt: string): string {
  const text = JSON.stringify({ salt, values: lines.map((line) => answer[line] ?? '') });
  return text.padEnd(Math.ceil(text.length / SEALED_CHARS) * SEALED_CHARS, ' ');
}

/** Thrown when the text is no such answer: TypeError. */
export function answerOf(lines: readonly string[], text: string): Readonly<Record<string, string>> {
  const parsed: unknown = JSON.parse(text);
  const values: unknown = typeof parsed === 'object' && parsed !== null && 'values' in parsed ? parsed.values : undefined;
  if (!Array.isArray(values) || values.length !== lines.length) throw new TypeError('not an answer to these lines');
  return Object.fromEntries(lines.map((line, index) => [line, String(values[index])]));
}
