import { useEffect, useState } from 'react';

/** How fresh what a page shows is. `lost`: the connection is gone, and what stands there is from `at` (ms since 1970). */
export type Freshness =
  | { readonly state: 'connecting' }
  | { readonly state: 'live'; readonly at: number }
  | { readonly state: 'lost'; readonly at: number | undefined }
  | { readonly state: 'ended'; readonly at: number };

export interface LiveOptions {
  /** Address of a server-sent stream; undefined closes it. */
  readonly url: string | undefined;
}

const CONNECTING: Freshness = { state: 'connecting' };
/** A stream that was refused is asked for again after this long. */
const AGAIN_MS = 5_000;
/** A stream says something at least every ten seconds; one that was silent for longer than this is gone, whatever the browser thinks. */
const SILENT_MS = 30_000;
const LISTEN_MS = 10_000;

/**
 * The newest state a stream has sent. The browser reconnects with the id it saw last, so that what was missed comes first;
 * until then the freshness says `lost`, and no page may show the old state as the present one.
 */
export function useLive<T>({ url }: LiveOptions): { readonly data: T | undefined; readonly freshness: Freshness } {
  const [shown, setShown] = useState<{ readonly url: string | undefined; readonly data: T | undefined; readonly freshness: Freshness }>({
    url,
    data: undefined,
    freshness: CONNECTING,
  });
  useEffect(() => {
    if (url === undefined) return undefined;
    const stream = follow<T>(url, (data, freshness) => setShown({ url, data, freshness }));
    return () => stream.close();
  }, [url]);
  return shown.url === url ? shown : { data: undefined, freshness: CONNECTING };
}

function follow<T>(url: string, show: (data: T | undefined, freshness: Freshness) => void): { close(): void } {
  let source: EventSource;
  let data: T | undefined;
  let seenAt: number | undefined;
  let again: number | undefined;
  let since = Date.now();
  const heard = (): number => {
    since = Date.now();
    seenAt = since;
    return since;
  };
  const open = (): void => {
    window.clearTimeout(again);
    since = Date.now();
    source = new EventSource(url);
    // A stream sends its state at once, or a beat when the one seen last still holds; an open connection alone says nothing.
    source.addEventListener('beat', () => show(data, { state: 'live', at: heard() }));
    source.onmessage = (event: MessageEvent<string>) => {
      const at = heard();
      data = JSON.parse(event.data) as T;
      show(data, { state: 'live', at });
    };
    // Nothing comes after this; asked again it would say the same for ever.
    source.addEventListener('end', () => {
      close();
      show(data, { state: 'ended', at: heard() });
    });
    source.onerror = () => {
      show(data, { state: 'lost', at: seenAt });
      if (source.readyState === EventSource.CLOSED) again = window.setTimeout(open, AGAIN_MS);
    };
  };
  const listening = window.setInterval(() => {
    if (Date.now() - since < SILENT_MS) return;
    source.close();
    show(data, { state: 'lost', at: seenAt });
    open();
  }, LISTEN_MS);
  const close = (): void => {
    window.clearInterval(listening);
    window.clearTimeout(again);
    source.close();
  };
  open();
  return { close };
}
