import type { Environment } from '#libs/config';

/** What the process was started with; its meaning is read in libs/config alone. */
export function environment(): Environment {
  // eslint-disable-next-line no-restricted-properties -- the one place that hands the environment on
  return process.env;
}
