import { open } from 'node:fs/promises';

/** Flushes the names in a folder, so that a file made or renamed there is still there after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file systems journal names by themselves.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
