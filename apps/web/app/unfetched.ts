/** What is put before the message of a part of the pages that could not be fetched, whatever the browser calls that. */
const MARK = 'part of the pages not fetched: ';
const RELOADED = 'centum.reloaded';
/** A page that misses a part so soon after it was reloaded will miss it again. */
const AGAIN_MS = 30_000;

/**
 * Vite tells of each part that could not be fetched; it is marked here for the page that is shown instead. So marked, the router
 * does not take it for something to reload at once: without a network that would leave nothing on the screen.
 */
export function markUnfetched(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const { payload } = event;
    if (!isUnfetched(payload)) payload.message = MARK + payload.message;
  });
}

export function isUnfetched(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(MARK);
}

/** Whether the server answers at all, be it with a refusal. */
export async function isReachable(): Promise<boolean> {
  try {
    await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

/** Reloads the page, which brings the parts of now; false where that was done just before and did not help. */
export function reloadOnce(): boolean {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - last < AGAIN_MS) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  window.location.reload();
  return true;
}
