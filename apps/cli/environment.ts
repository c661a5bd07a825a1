import type { Environment } from '#libs/config';

/** What the process was started with; its meaning is read in libs/config alone. */
export function environment(): Environment {
  return process.env;
}
