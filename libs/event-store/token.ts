import { EventStoreError } from './port';

/** Where an append ended: `<epoch>.<position>`. Clients hand it back as it is. */
export interface LogToken {
  readonly epoch: number;
  readonly position: number;
}

const TOKEN = /^(\d{1,9})\.(\d{1,15})$/;

export function formatToken({ epoch, position }: LogToken): string {
  return `${epoch}.${position}`;
}

/** Thrown when it is no token: EventStoreError `invalid-request`. */
export function parseToken(text: string): LogToken {
  const match = TOKEN.exec(text);
  if (!match) throw new EventStoreError('invalid-request', { field: 'token' });
  return { epoch: Number(match[1]), position: Number(match[2]) };
}
