/** What the HTTP edge is told by configuration. */
export interface EdgeSettings {
  readonly host: string;
  readonly port: number;
  /** True behind TLS; false on the embedded loopback only. */
  readonly secureCookies: boolean;
  /** Requests a minute and address. */
  readonly rateLimitPerMinute: number;
  /** Folder of the built pages; absent where only the API is served. */
  readonly webDir?: string;
}
