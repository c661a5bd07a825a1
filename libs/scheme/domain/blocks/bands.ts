import { type Fraction, subtractFraction } from '#kernel';
import type { BandsDocument } from '../../contracts/document';
import type { ExplanationNode } from '../../contracts/evaluation';
import { FormulaProblem } from '../formula/lexer';
import { type Frame, numberAt, wordAt } from '../frame';
import { exactText } from '../numbers';
import { computing } from '../problems';
import type { PathPart } from '../reading/scheme-text';
import { above, type Bound, boundOf, reaches } from './tables';
import type { Workbench } from '../workbench';

export interface GradePlan {
  readonly keys: readonly string[];
  readonly run: (frame: Frame) => { readonly grade: string | null; readonly node: ExplanationNode };
}

interface Band {
  readonly key: string;
  /** None for the last, which takes all that is left, and for bands that are named by a word. */
  readonly bound: Bound | undefined;
  readonly values: ReadonlyMap<string, Fraction | string>;
}

interface Found {
  readonly index: number;
  readonly params: Readonly<Record<string, string>>;
}

/** How a band is found: which one, and what its node says. */
interface Finder {
  readonly rule: string;
  readonly find: (frame: Frame) => Found;
  readonly inputs: (frame: Frame) => readonly ExplanationNode[];
}

export function compileBands(document: BandsDocument, bench: Workbench): GradePlan {
  const bands = readBands(document, bench);
  const finder = bench.for('grade', () =>
    document.word === undefined ? byNumber(document, bands, bench) : byWord(document, bands, bench),
  );
  const gradeSlot = bench.slot('word');
  bench.bind(
    'grade',
    {
      compiled: { type: 'word', run: (frame) => wordAt(frame, gradeSlot) },
      node: (frame) => ({ key: 'grade', rule: 'reference', value: wordAt(frame, gradeSlot) }),
    },
    ['bands'],
  );
  const storeValues = bindBandValues(bands, bench, gradeSlot);
  return {
    keys: bands.map((band) => band.key),
    run(frame) {
      const found = computing(frame, 'grade', finder.find);
      const band = found && bands[found.index];
      if (!band) return { grade: null, node: { key: 'grade', rule: finder.rule, value: null } };
      frame.words[gradeSlot] = band.key;
      storeValues(frame, band);
      return {
        grade: band.key,
        node: { key: 'grade', rule: finder.rule, value: band.key, params: found.params, inputs: finder.inputs(frame) },
      };
    },
  };
}

function byNumber(document: BandsDocument, bands: readonly Band[], bench: Workbench): Finder {
  const on = bench.number(document.on ?? 'score', ['bands', 'on']);
  return {
    rule: 'band',
    inputs: on.inputs,
    find(frame) {
      const value = on.run(frame);
      const index = bands.findIndex((band) => !band.bound || reaches(value, band.bound));
      const band = bands[index];
      return { index, params: band ? bandParams(value, band, bands[index - 1]) : {} };
    },
  };
}

/** The word names the band; `next` is the better one. */
function byWord(document: BandsDocument, bands: readonly Band[], bench: Workbench): Finder {
  const word = bench.word(document.word ?? '', ['bands', 'word']);
  if (document.on !== undefined) bench.problem('number-or-word', ['bands', 'on']);
  return {
    rule: 'band-by-word',
    inputs: word.inputs,
    find(frame) {
      const value = word.run(frame);
      const index = bands.findIndex((band) => band.key === value);
      if (index === -1) throw new FormulaProblem('unknown-value', 0, value);
      const next = bands[index - 1];
      return { index, params: { word: value, ...(next && { next: next.key }) } };
    },
  };
}

/** Where the value fell and what was missing to the next better band, by how much. */
function bandParams(value: Fraction, band: Band, next: Band | undefined): Readonly<Record<string, string>> {
  const on = exactText(value);
  const reached = band.bound ? { [band.bound.inclusive ? 'from' : 'over']: band.bound.text } : {};
  if (!next?.bound) return { on, ...reached };
  const missing = exactText(subtractFraction(next.bound.value, value));
  if (band.bound?.inclusive && next.bound.inclusive)
    return { on, from: band.bound.text, next: next.key, nextFrom: next.bound.text, missing };
  return { on, ...reached, next: next.key, [next.bound.inclusive ? 'nextFrom' : 'nextOver']: next.bound.text, missing };
}

function readBands(document: BandsDocument, bench: Workbench): readonly Band[] {
  const last = document.list.length - 1;
  const bands = document.list.map((band, index): Band => {
    const path: PathPart[] = ['bands', 'list', index];
    const values = new Map<string, Fraction | string>();
    for (const [name, text] of Object.entries(band.values ?? {})) values.set(name, bench.fixed(text, [...path, 'values', name]));
    if (document.word !== undefined) {
      if (band.from !== undefined || band.over !== undefined) bench.problem('band-by-word-has-bound', path);
      return { key: band.key, bound: undefined, values };
    }
    if (index < last) return { key: band.key, bound: boundOf(band, path, bench), values };
    // The last band takes everything below, so that no score falls through.
    if (band.from !== undefined || band.over !== undefined) bench.problem('last-band-has-bound', path);
    return { key: band.key, bound: undefined, values };
  });
  bands.forEach((band, index) => {
    const path: PathPart[] = ['bands', 'list', index];
    const before = bands[index - 1];
    if (before?.bound && band.bound && !above(before.bound, band.bound)) bench.problem('bands-out-of-order', path);
    if (bands.findIndex((other) => other.key === band.key) !== index) bench.problem('duplicate-name', path, band.key);
    for (const [name, value] of bands[0]?.values ?? [])
      if (typeof band.values.get(name) !== typeof value) bench.problem('band-value-missing', path, name);
    for (const name of band.values.keys()) if (!bands[0]?.values.has(name)) bench.problem('band-value-missing', ['bands', 'list', 0], name);
  });
  return bands;
}

interface Reached {
  readonly bands: readonly Band[];
  readonly gradeSlot: number;
}

/** The same node for everyone who reached the band. */
function bandNode(key: string, name: string, { bands, gradeSlot }: Reached): (frame: Frame) => ExplanationNode {
  const none: ExplanationNode = { key, rule: 'band-value', value: null };
  const nodes = new Map<string, ExplanationNode>();
  for (const band of bands) {
    const value = band.values.get(name);
    if (value !== undefined) nodes.set(band.key, { key, rule: 'band-value', value: typeof value === 'string' ? value : exactText(value) });
  }
  return (frame) => nodes.get(wordAt(frame, gradeSlot)) ?? none;
}

/** `band.<name>` is the value of the band reached. */
function bindBandValues(bands: readonly Band[], bench: Workbench, gradeSlot: number): (frame: Frame, band: Band) => void {
  const stores: ((frame: Frame, band: Band) => void)[] = [];
  for (const [name, sample] of bands[0]?.values ?? []) {
    const key = `band.${name}`;
    if (typeof sample === 'string') {
      const slot = bench.slot('word');
      bench.bind(
        key,
        {
          compiled: { type: 'word', run: (frame) => wordAt(frame, slot) },
          node: bandNode(key, name, { bands, gradeSlot }),
        },
        ['bands'],
      );
      stores.push((frame, band) => {
        const value = band.values.get(name);
        if (typeof value === 'string') frame.words[slot] = value;
      });
    } else {
      const slot = bench.slot('number');
      const node = bandNode(key, name, { bands, gradeSlot });
      bench.bind(key, { compiled: { type: 'number', run: (frame) => numberAt(frame, slot) }, node }, ['bands']);
      stores.push((frame, band) => {
        const value = band.values.get(name);
        if (value !== undefined && typeof value !== 'string') frame.numbers[slot] = value;
      });
    }
  }
  return (frame, band) => {
    for (const store of stores) store(frame, band);
  };
}
