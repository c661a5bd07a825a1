import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useRef } from 'react';

export interface PartTabsProps<K extends string> {
  /** What the parts are of, for screen readers. */
  readonly label: string;
  readonly tabs: readonly { readonly key: K; readonly title: string }[];
  readonly active: K;
  readonly onChange: (key: K) => void;
  readonly children: ReactNode;
}

/** Parts of a page of which one is shown; they wrap where a row is too narrow. Arrow keys go from one to the next. */
export function PartTabs<K extends string>({ label, tabs, active, onChange, children }: PartTabsProps<K>): ReactElement {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = (tabs.findIndex(({ key }) => key === active) + step + tabs.length) % tabs.length;
    const next = tabs[at];
    if (next === undefined) return;
    onChange(next.key);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[at]?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} className="row part-tabs" ref={list} onKeyDown={move}>
        {tabs.map(({ key, title }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-selected={key === active}
            aria-controls={`${id}-panel`}
            tabIndex={key === active ? 0 : -1}
            onClick={() => onChange(key)}
          >
            {title}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${active}`}>
        {children}
      </div>
    </>
  );
}
