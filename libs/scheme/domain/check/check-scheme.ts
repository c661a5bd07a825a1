import type { SchemeDocument } from '../../contracts/document';
import { compileScheme } from '../compile';
import { readScheme } from '../reading/scheme-text';
import { checkDeposit, checkDocument } from './document-check';
import { findingOf, Findings, type SchemeFinding } from './finding';
import { checkKind } from './kind-check';
import { checkReview } from './review-check';
import { checkSchedule } from './schedule-check';

/**
 * All that is wrong or probably not meant in the YAML of a scheme, by place. Errors are what makes it unusable, as
 * `loadScheme` and the start of a cycle would refuse it; everything else is a warning. Empty when there is nothing to say.
 */
export function checkScheme(text: string): readonly SchemeFinding[] {
  const reading = readScheme(text);
  if (!reading.ok) return reading.problems.map((problem) => findingOf('error', problem));
  const { source } = reading;
  const compilation = compileScheme(source);
  const findings = new Findings(source);
  checkReview(source.document, findings);
  checkSchedule(source.document, findings);
  checkDeposit(source.document, findings);
  // Where the compiler could not understand something, what seems to follow from it is no news.
  if (compilation.ok) {
    follow(source.document, findings);
    checkDocument(source.document, findings);
  }
  const problems = compilation.ok ? [] : compilation.problems.map((problem) => findingOf('error', problem));
  return [...problems, ...findings.all()].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The month first: its scores are what roll-ups are made of. */
function follow(document: SchemeDocument, findings: Findings): void {
  const month = document.periods.month && checkKind(document, 'month', findings, undefined);
  for (const kind of ['quarter', 'year'] as const) if (document.periods[kind]) checkKind(document, kind, findings, month);
}
