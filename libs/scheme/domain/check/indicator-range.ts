import type { Fraction } from '#kernel';
import type { IndicatorDocument, MethodDocument } from '../../contracts/document';
import { forKind } from '../blocks/by-kind';
import { NOTHING, ONE } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import { add, ANYTHING, between, canBeBelow, exactly, hull, most, multiply, NOT_NEGATIVE, type Range, rounded } from './range';
import { hullOf, rangeOf, type Reading, type Text } from './reading';
import { goTogether } from './shape';

const NOTHING_TO_ONE: Range = between(NOTHING, ONE);
const ZERO_RANGE: Range = exactly(NOTHING);

/** The points that an indicator can have, rounded, and what it gives to its section. */
export function indicatorRange(
  indicator: IndicatorDocument,
  path: readonly PathPart[],
  reading: Reading,
): { readonly shown: Range; readonly counted: Range } {
  const points = reading.fixed(forKind(indicator.points, reading.kind) ?? '0');
  const worth = points ? exactly(points) : NOT_NEGATIVE;
  const found = methodRange(indicator.method, { worth, points, reading, path: [...path, 'method'] });
  if (indicator.zeroWhen !== undefined) reading.truth({ text: indicator.zeroWhen, path: [...path, 'zeroWhen'] });
  const mayBeNone = indicator.zeroWhen !== undefined || indicator.doubledBy !== undefined;
  const open = mayBeNone ? hull(found, ZERO_RANGE) : found;
  const shown = rounded(indicator.mayBeNegative === true ? open : most(open, ZERO_RANGE), 2, 'half-up');
  const counts = forKind(indicator.counts ?? '1', reading.kind);
  const share = reading.fixed(counts);
  const counted = counts === '1' ? shown : share ? rounded(multiply(shown, exactly(share)), 2, 'half-up') : ANYTHING;
  return { shown, counted };
}

interface MethodPlace {
  readonly worth: Range;
  readonly points: Fraction | undefined;
  readonly reading: Reading;
  readonly path: readonly PathPart[];
}

function methodRange(method: MethodDocument, place: MethodPlace): Range {
  const { worth, reading, path } = place;
  const at = (member: string, text: string): Text => ({ text, path: [...path, member] });
  switch (method.kind) {
    case 'ratio': {
      const cap = reading.fixed(method.cap) ?? (method.cap === undefined ? ONE : undefined);
      return multiply(worth, quotient(at('actual', method.actual), at('target', method.target), { place, cap }));
    }
    case 'share':
      return multiply(worth, quotient(at('done', method.done), at('due', method.due), { place, cap: ONE }));
    case 'sla':
      quotient(at('met', method.met), at('of', method.of), { place, cap: ONE });
      return multiply(worth, NOTHING_TO_ONE);
    case 'growth':
      quotient(at('now', method.now), at('before', method.before), { place, cap: ONE });
      return multiply(worth, NOTHING_TO_ONE);
    case 'deduct':
    case 'bonus':
    case 'any-takes-all':
      reading.range(at('count', method.count));
      return multiply(worth, NOTHING_TO_ONE);
    case 'attendance':
      reading.range(at('days', method.days));
      return multiply(worth, NOTHING_TO_ONE);
    case 'consecutive':
      reading.truth(at('now', method.now));
      return multiply(worth, NOTHING_TO_ONE);
    case 'items':
    case 'rating':
    case 'raters':
      return multiply(worth, NOTHING_TO_ONE);
    case 'rubric':
      return method.ratings.map((key) => rangeOf(reading.shapeOf(`rating.${key}`) ?? { type: 'unknown' })).reduce(add, ZERO_RANGE);
    case 'tiers':
      return multiply(worth, reading.lookUp(method.table, reading.range(at('of', method.of))));
    case 'words':
      return multiply(worth, wordsRange(method, reading, at('of', method.of)));
    case 'cases':
      return rangeOf(
        reading.cases(
          method.cases.map(({ when, value }, index) => ({
            when: { text: when, path: [...path, 'cases', index, 'when'] },
            value: { text: value, path: [...path, 'cases', index, 'value'] },
          })),
          at('otherwise', method.otherwise),
        ),
      );
    case 'formula':
      return reading.range(at('formula', method.formula));
  }
}

/** Part ÷ whole between 0 and the cap; both must be of the same unit. */
function quotient(part: Text, whole: Text, { place, cap }: { readonly place: MethodPlace; readonly cap: Fraction | undefined }): Range {
  const { reading } = place;
  const [a, b] = [reading.shape(part), reading.shape(whole)];
  if (a.type === 'number' && b.type === 'number' && a.unit && b.unit && !goTogether(a.unit, b.unit))
    reading.warn('mixed-units', part.path, `${a.unit} ${b.unit}`);
  const reached = cap ? between(NOTHING, cap) : NOT_NEGATIVE;
  return canBeBelow(rangeOf(a), NOTHING) ? (cap ? { high: { value: cap, open: false } } : ANYTHING) : reached;
}

/** Each word that can come is worth something; one that has no worth is an error of its own. */
function wordsRange(method: Extract<MethodDocument, { kind: 'words' }>, reading: Reading, of: Text): Range {
  const shape = reading.shape(of);
  const words = shape.type === 'word' ? shape.words : undefined;
  const worths = Object.entries(method.worth).map(([word, text]) => {
    const possible = !words || words.has(word);
    reading.consider('unreachable-word', [...of.path.slice(0, -1), 'worth', word], possible, word);
    const value = reading.fixed(text);
    return value ? exactly(value) : ANYTHING;
  });
  return hullOf([...worths, ZERO_RANGE]);
}
