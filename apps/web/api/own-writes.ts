/** Read models follow the log by a moment: a read sent with the token of the last write is answered from there or later. */
const FRESH_MS = 30_000;

let last: { readonly token: string; readonly at: number } | undefined;

export function rememberToken(token: string | null): void {
  if (token !== null) last = { token, at: performance.now() };
}

/** The token of this page's last write, while the write is recent enough for a read to overtake it. */
export function tokenForReads(): string | undefined {
  return last !== undefined && performance.now() - last.at < FRESH_MS ? last.token : undefined;
}
