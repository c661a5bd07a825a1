import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SubjectId } from '#kernel';
import type { FileVault, VaultedFile } from './contracts';
import { PRIVACY_LIMITS, PrivacyError } from './limits';
import { decrypt, encrypt, type SubjectKeyStore } from './subject-keys';
import { syncFolder } from './sync-folder';

/** Evidence files in a folder: `<first two hex>/<hash of the ciphertext>`, flushed and renamed into place. */
export function createFileVault(folder: string, keys: SubjectKeyStore): FileVault {
  return {
    async put(subject: SubjectId, content: Uint8Array): Promise<VaultedFile> {
      if (content.length > PRIVACY_LIMITS.fileBytes) throw new PrivacyError('file-too-large', { maxBytes: PRIVACY_LIMITS.fileBytes });
      const key = (await keys.ensure([subject])).get(subject);
      if (!key) throw new PrivacyError('key-missing', { subject });
      const sealed = encrypt(key.key, content, fileBinding(subject));
      const hash = createHash('sha256').update(sealed).digest('hex');
      const shelf = join(folder, hash.slice(0, 2));
      const made = await mkdir(shelf, { recursive: true, mode: 0o700 });
      const path = join(shelf, hash);
      const file = await open(`${path}.part`, 'w', 0o600);
      try {
        await file.writeFile(sealed);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
      await syncFolder(shelf);
      if (made !== undefined) for (const above of new Set([folder, dirname(made)])) await syncFolder(above);
      return { hash, bytes: content.length };
    },

    async get(subject: SubjectId, hash: string): Promise<Uint8Array> {
      if (!/^[0-9a-f]{64}$/.test(hash)) throw new PrivacyError('file-not-found', {});
      const sealed = await readFile(join(folder, hash.slice(0, 2), hash)).catch((cause: unknown) => {
        throw new PrivacyError('file-not-found', { hash }, { cause });
      });
      const key = (await keys.find([subject])).get(subject);
      if (!key) throw new PrivacyError('erased', { subject });
      const plain = createHash('sha256').update(sealed).digest('hex') === hash ? decrypt(key.key, sealed, fileBinding(subject)) : undefined;
      if (!plain) throw new PrivacyError('file-damaged', { hash });
      return plain;
    },
  };
}

function fileBinding(subject: SubjectId): Buffer {
  return Buffer.from(`centum.file.v1\0${subject}`);
}
