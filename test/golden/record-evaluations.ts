import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isPeriod } from '#kernel';
import { periodKind } from '#libs/calendar';
import {
  compiledTemplate,
  evaluate,
  type EvaluationInput,
  EVALUATOR_VERSION,
  explanationHash,
  SCHEME_TEMPLATES,
  type SchemeTemplate,
  templateText,
} from '#libs/scheme';
import { varied } from '../../libs/scheme/domain/templates/varied-inputs.test-kit';

/**
 * Records what the templates make of their worked examples and of inputs around them, for evaluations.spec.ts to hold every
 * later evaluator, template reader and indicator library to:
 * node --conditions=centum-source test/contract/run-ts.cjs test/golden/record-evaluations.ts NAME
 * writes evaluations/NAME.json, and never over one that is there: what was published once must come out the same for ever.
 */

const EXAMPLES = path.join(__dirname, '..', 'scheme-examples');
const VARIANTS = 4;

interface Example {
  readonly scheme: SchemeTemplate;
  readonly input: EvaluationInput;
}

function recordedCase(scheme: SchemeTemplate, input: EvaluationInput): string {
  const { explanation, ...result } = evaluate(compiledTemplate(scheme), input);
  return JSON.stringify({ scheme, input, result, explanationHash: explanation ? explanationHash(explanation) : null });
}

function casesOf({ scheme, input }: Example): readonly string[] {
  const plan = isPeriod(input.period) ? compiledTemplate(scheme).plans[periodKind(input.period)] : undefined;
  if (!plan) throw new Error(`${scheme} does not take ${input.period}`);
  const inputs = [input, ...Array.from({ length: VARIANTS }, (_, seed) => varied(input, plan, seed))];
  return inputs.map((one) => recordedCase(scheme, one));
}

function main(name: string | undefined): void {
  if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) throw new Error('name the recording, such as templates-v1');
  const file = path.join(__dirname, 'evaluations', `${name}.json`);
  if (existsSync(file)) throw new Error(`${name}.json is there: recordings are never written over`);
  const examples = readdirSync(EXAMPLES).map((example): Example => JSON.parse(readFileSync(path.join(EXAMPLES, example), 'utf8')));
  const cases = examples.flatMap(casesOf);
  const schemes = SCHEME_TEMPLATES.map((scheme) => `${JSON.stringify(scheme)}: ${JSON.stringify(templateText(scheme))}`);
  writeFileSync(
    file,
    `{\n"evaluator": ${EVALUATOR_VERSION},\n"schemes": {\n${schemes.join(',\n')}\n},\n"cases": [\n${cases.join(',\n')}\n]\n}\n`,
  );
  process.stdout.write(`${cases.length} evaluations recorded\n`);
}

main(process.argv[2]);
