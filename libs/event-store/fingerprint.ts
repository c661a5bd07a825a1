import { hash } from 'node:crypto';
import { type ActorId, canonicalJson, type Message } from '#kernel';
import { replacePersonalTexts } from './personal-field';

/** A command with its target, as a request key stands for it. */
export interface FingerprintedCommand {
  readonly command: Message;
  /** Stream id. */
  readonly target: string;
}

/**
 * HMAC-SHA-256 of the canonical command (type, target, input, actor). Never of events, whose bytes differ on each try.
 * A personal text counts by subject and equality tag, since its sealed form differs on each try, too.
 */
export function fingerprintOf(key: FingerprintKey, { command, target }: FingerprintedCommand, actor: ActorId): Uint8Array {
  return sign(key, canonicalForm(command, target), actor);
}

/** Of several commands that are appended together, in their order. */
export function fingerprintOfAll(key: FingerprintKey, commands: readonly FingerprintedCommand[], actor: ActorId): Uint8Array {
  return sign(key, `[${commands.map(({ command, target }) => canonicalForm(command, target)).join(',')}]`, actor);
}

function canonicalForm(command: Message, target: string): string {
  const input = replacePersonalTexts(command.data, ({ subject, tag }) => ({ subject, tag }));
  return canonicalJson({ input, target, type: command.type });
}

/** The two padded blocks of HMAC (RFC 2104) for one key. */
export interface FingerprintKey {
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}

const BLOCK_BYTES = 64;

/** Thrown when the key is empty or longer than a block: RangeError. */
export function fingerprintKey(secret: Uint8Array): FingerprintKey {
  if (secret.length === 0 || secret.length > BLOCK_BYTES) throw new RangeError(`a fingerprint key has 1 to ${BLOCK_BYTES} bytes`);
  const block = Buffer.alloc(BLOCK_BYTES);
  block.set(secret);
  return { inner: block.map((byte) => byte ^ 0x36), outer: block.map((byte) => byte ^ 0x5c) };
}

/** HMAC from two one-shot digests: createHmac makes an object for each, which cost as much as all the rest of a fingerprint. */
function sign({ inner, outer }: FingerprintKey, commandText: string, actor: ActorId): Uint8Array {
  const message = Buffer.from(`{"actor":${JSON.stringify(actor)},"command":${commandText}}`, 'utf8');
  // Digests as text: those that come as buffers have memory of their own each, which costs the collector more than the copy.
  const digest = Buffer.from(hash('sha256', Buffer.concat([inner, message]), 'base64url'), 'base64url');
  return Buffer.from(hash('sha256', Buffer.concat([outer, digest]), 'base64url'), 'base64url');
}
