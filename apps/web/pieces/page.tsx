import { type ReactElement, type ReactNode, useEffect } from 'react';

export interface PageProps {
  readonly title: string;
  /** One line below the title: of what and when. */
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: one heading of the first rank, named in the window's title, too. */
export function Page({ title, meta, actions, children }: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Centum`;
  }, [title]);
  return (
    <>
      <header className="page-head">
        <div className="titles">
          <h1>{title}</h1>
          {meta !== undefined && <div className="soft">{meta}</div>}
        </div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}

/** A part of a page on paper of its own. */
export function Panel({
  title,
  extra,
  children,
  id,
}: {
  readonly title?: string;
  readonly extra?: ReactNode;
  readonly children: ReactNode;
  readonly id?: string;
}): ReactElement {
  return (
    <section className="panel" {...(title === undefined ? {} : { 'aria-label': title })} {...(id === undefined ? {} : { id })}>
      {(title !== undefined || extra !== undefined) && (
        <div className="panel-head">
          {title !== undefined && <h2>{title}</h2>}
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}
