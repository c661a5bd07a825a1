const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';

/** What the server allows this page's own styles by. */
export function pageNonce(): string {
  return nonce;
}

/**
 * Parts of Ant Design add a style element without asking for the nonce (where they measure scroll bars). Elements that a script
 * of this page makes get it here; markup that somebody smuggled in is not made by a script and stays refused.
 */
export function markStyles(): void {
  const make: (tag: string, options?: ElementCreationOptions) => HTMLElement = document.createElement.bind(document);
  document.createElement = (tag: string, options?: ElementCreationOptions): HTMLElement => {
    const element = make(tag, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
