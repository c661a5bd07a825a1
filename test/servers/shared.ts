interface SharedServers {
  /** Set-ups that were not torn down yet: several kinds of tests in one run use the same servers. */
  users: number;
  ready?: Promise<void>;
  stop?: () => Promise<void>;
}

declare global {
  var centumTestServers: SharedServers | undefined;
}

/** On globalThis, because jest loads set-up and tear-down as separate copies of this module. */
export function shared(): SharedServers {
  globalThis.centumTestServers ??= { users: 0 };
  return globalThis.centumTestServers;
}
