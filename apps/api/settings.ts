/** What the HTTP edge is told by configuration. */
export interface EdgeSettings {
  readonly host: string;
  readonly port: number;
  /** True behind TLS; false on the embedded loopback only. */
  readonly secureCookies: boolean;
  /** Requests a minute of one account; of who is not signed in, of one address. */
  readonly rateLimitPerMinute: number;
  /** Addresses and networks whose word on where a request comes from is taken, with commas between them; nobody's when absent. */
  readonly trustedProxies?: string | undefined;
  /** Folder of the built pages; absent where only the API is served. */
  readonly webDir?: string;
}
