import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';

export type ToastKind = 'good' | 'bad';
type Say = (text: string, kind?: ToastKind) => void;
interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: ToastKind;
}

const SHOWN_MS = 6_000;
const MOST = 4;
const ToastContext = createContext<Say>(() => undefined);

/** Says that something was done, where it stays in sight for a moment and is read out. */
export function useToast(): Say {
  return useContext(ToastContext);
}

export function Toasts({ children }: { readonly children: ReactNode }): ReactElement {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const say = useCallback<Say>((text, kind = 'good') => {
    next.current += 1;
    const id = next.current;
    setToasts((now) => [...now.slice(1 - MOST), { id, text, kind }]);
    window.setTimeout(() => setToasts((now) => now.filter((toast) => toast.id !== id)), SHOWN_MS);
  }, []);
  const value = useMemo(() => say, [say]);
  return (
    <ToastContext value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map(({ id, text, kind }) => (
          <div key={id} className={`note ${kind}`}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
