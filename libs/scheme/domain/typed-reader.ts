import type { Compiled } from './formula/compile';
import { flagAt, type Frame, listAt, numberAt, numbersAt, numbersText, wordAt } from './frame';
import { exactText } from './numbers';

/** Reads a slot by the type of what is in it, as a value and as its text. */
export function typedReader(
  type: Compiled<Frame>['type'],
  slot: number,
): { readonly compiled: Compiled<Frame>; readonly text: (frame: Frame) => string } {
  switch (type) {
    case 'number':
      return { compiled: { type, run: (frame) => numberAt(frame, slot) }, text: (frame) => exactText(numberAt(frame, slot)) };
    case 'word':
      return { compiled: { type, run: (frame) => wordAt(frame, slot) }, text: (frame) => wordAt(frame, slot) };
    case 'boolean':
      return { compiled: { type, run: (frame) => flagAt(frame, slot) }, text: (frame) => String(flagAt(frame, slot)) };
    case 'list':
      return { compiled: { type, run: (frame) => listAt(frame, slot) }, text: (frame) => listAt(frame, slot).join(' ') };
    case 'numbers':
      return { compiled: { type, run: (frame) => numbersAt(frame, slot) }, text: (frame) => numbersText(numbersAt(frame, slot)) };
  }
}
