import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, type EvaluationInput, EVALUATOR_VERSION, explanationHash, loadScheme } from '#libs/scheme';

interface Recorded {
  readonly scheme: string;
  readonly input: EvaluationInput;
  readonly result: unknown;
  readonly explanationHash: string | null;
}
interface Recording {
  readonly evaluator: number;
  readonly schemes: Readonly<Record<string, string>>;
  readonly cases: readonly Recorded[];
}

const FOLDER = join(__dirname, 'evaluations');

/**
 * Recorded by the evaluator of the version named; results and trees of published scores must come out the same for ever.
 * Schemes that pick from the indicator library hold it, too: an entry that was published with keeps its meaning.
 * How to record more: record-evaluations.ts.
 */
const recordings = readdirSync(FOLDER).map((file) => {
  const recording: Recording = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  return { file, recording };
});

it('there is a recording of the evaluator before the whole language, and of all templates', () => {
  expect(recordings.map(({ file }) => file)).toEqual(['templates-v1.json', 'v1.json']);
});

describe.each(recordings)('$file', ({ recording }) => {
  it('is of the evaluator that runs', () => {
    expect(recording.evaluator).toBe(EVALUATOR_VERSION);
    expect(recording.cases.length).toBeGreaterThan(100);
  });

  it.each(Object.entries(recording.schemes))('%s gives the recorded results and the recorded trees', (id, text) => {
    const loading = loadScheme(text);
    if (!loading.ok) throw new Error(JSON.stringify(loading.problems));
    for (const recorded of recording.cases.filter(({ scheme }) => scheme === id)) {
      const { explanation, ...result } = evaluate(loading.scheme, recorded.input);
      // Members may be added to a result; none that was there may differ.
      expect(JSON.parse(JSON.stringify(result))).toMatchObject(recorded.result as object);
      expect(explanation ? explanationHash(explanation) : null).toBe(recorded.explanationHash);
    }
  });
});
