import { Client, Connection } from '@temporalio/client';
import type { TemporalConfiguration } from '#libs/config';

const CONNECT_MS = 10_000;

export interface OpenTemporal {
  readonly client: Client;
  close(): Promise<void>;
}

/** Thrown when the server does not answer: what the client throws. */
export async function openTemporal({ address, namespace, apiKey }: TemporalConfiguration): Promise<OpenTemporal> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_MS, ...(apiKey !== undefined && { apiKey, tls: true }) });
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
}
