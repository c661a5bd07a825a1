import type { FastifyReply } from 'fastify';
import type { CommandResult } from '#libs/event-store';
import { etag } from './caller';
import type { ReceiptBody } from './page';

/** The answer to a command on one stream: ETag for the next If-Match, and the log's token for reading one's own write. */
export function receipt(reply: FastifyReply, id: string, result: CommandResult): ReceiptBody {
  void reply.header('etag', etag(result.version));
  if (result.token !== null) void reply.header('centum-token', result.token);
  return { id, version: result.version, repeated: result.repeated };
}
