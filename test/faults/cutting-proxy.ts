import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A wire between a client and PostgreSQL that can be cut at the worst moment: after the server did the work, before its answer arrives. */
export interface CuttingProxy {
  /** The same address, through the wire. */
  readonly url: string;
  /** The next so many answers are swallowed and their connections cut. */
  cutAnswers(count: number): void;
  /** How many have been cut. */
  readonly cuts: () => number;
  close(): Promise<void>;
}

export async function startCuttingProxy(url: string): Promise<CuttingProxy> {
  const target = new URL(url);
  let toCut = 0;
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', (answer) => {
      if (toCut === 0) {
        client.write(answer);
        return;
      }
      toCut -= 1;
      cuts += 1;
      client.destroy();
      upstream.destroy();
    });
  });
  const port = await listen(server);
  const through = new URL(url);
  through.port = String(port);
  return {
    url: through.toString(),
    cutAnswers: (count) => {
      toCut = count;
    },
    cuts: () => cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
