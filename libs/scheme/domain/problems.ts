import { FormulaProblem } from './formula/lexer';
import type { Frame } from './frame';

/** Runs a computation of a node; a division by zero in it becomes an error of that node, and the rest goes on to find all errors. */
export function computing<T>(frame: Frame, key: string, compute: (frame: Frame) => T): T | undefined {
  try {
    return compute(frame);
  } catch (error) {
    if (!(error instanceof FormulaProblem)) throw error;
    frame.errors.push({ code: error.code, key });
    return undefined;
  }
}
