import type { ReactElement, ReactNode } from 'react';

export type MarkKind = 'good' | 'warn' | 'bad' | 'run' | 'plain';
const SHAPES: Readonly<Record<MarkKind, string>> = { good: '✓', warn: '▲', bad: '✕', run: '●', plain: '○' };

/** A state in a word with a shape, so that colour alone never says it. */
export function Mark({ kind, children }: { readonly kind: MarkKind; readonly children: ReactNode }): ReactElement {
  return (
    <span className={`mark ${kind}`}>
      <span aria-hidden="true">{SHAPES[kind]}</span>
      {children}
    </span>
  );
}
