import { createHmac, type KeyObject } from 'node:crypto';
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
export function fingerprintOf(key: KeyObject, { command, target }: FingerprintedCommand, actor: ActorId): Uint8Array {
  return sign(key, canonicalForm(command, target), actor);
}

/** Of several commands that are appended together, in their order. */
export function fingerprintOfAll(key: KeyObject, commands: readonly FingerprintedCommand[], actor: ActorId): Uint8Array {
  return sign(key, `[${commands.map(({ command, target }) => canonicalForm(command, target)).join(',')}]`, actor);
}

function canonicalForm(command: Message, target: string): string {
  const input = replacePersonalTexts(command.data, ({ subject, tag }) => ({ subject, tag }));
  return canonicalJson({ input, target, type: command.type });
}

function sign(key: KeyObject, commandText: string, actor: ActorId): Uint8Array {
  return createHmac('sha256', key)
    .update(`{"actor":${JSON.stringify(actor)},"command":${commandText}}`)
    .digest();
}
