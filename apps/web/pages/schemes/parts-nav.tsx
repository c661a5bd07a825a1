import type { ReactElement, ReactNode } from 'react';
import { useChangeAddress } from '../../pieces/address';

interface PartsNavProps {
  readonly label: string;
  /** Where in the address the chosen part stands. */
  readonly param: 'tab' | 'part';
  readonly parts: readonly { readonly key: string; readonly label: ReactNode }[];
  readonly active: string;
}

/** The parts of a page side by side, all in sight at any width. */
export function PartsNav({ label, param, parts, active }: PartsNavProps): ReactElement {
  const change = useChangeAddress();
  return (
    <nav className="parts" aria-label={label}>
      {parts.map(({ key, label: words }) => (
        <button
          key={key}
          type="button"
          aria-current={key === active ? 'true' : undefined}
          onClick={() => change({ [param]: key, after: undefined }, { replace: true })}
        >
          {words}
        </button>
      ))}
    </nav>
  );
}
