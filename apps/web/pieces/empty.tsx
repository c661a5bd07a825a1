import type { ReactElement, ReactNode } from 'react';

/** An empty page says what will stand there, and the one thing to do next. */
export function Empty({ title, text, next }: { readonly title: string; readonly text?: string; readonly next?: ReactNode }): ReactElement {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {text}
      {next !== undefined && <div className="todo">{next}</div>}
    </div>
  );
}
