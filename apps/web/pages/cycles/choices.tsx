import type { ReactElement } from 'react';

export interface Choice<K extends string> {
  readonly key: K;
  readonly label: string;
}

/** A few things of which one is shown: buttons that say which is pressed. */
export function Choices<K extends string>({
  label,
  chosen,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly chosen: K;
  readonly options: readonly Choice<K>[];
  readonly onChoose: (key: K) => void;
}): ReactElement {
  return (
    <div className="choices" role="group" aria-label={label}>
      {options.map(({ key, label: name }) => (
        <button key={key} type="button" className="choice" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
          {name}
        </button>
      ))}
    </div>
  );
}
