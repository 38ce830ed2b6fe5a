import { closeSync, fsync, openSync } from 'node:fs';

/** Milliseconds after which a changed folder is synced: changes that come faster share one sync. */
const delayMs = 100;

/**
 * Makes names that came or went in folders last a loss of power, soon after they changed. Nobody waits for it: what ends
 * with this process alone is in the kernel's memory by then. A folder that cannot be synced is left to the kernel, which
 * does it within seconds.
 */
export class FolderSync {
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  changed(folder: string): void {
    this.#changed.add(folder);
    if (this.#timer === undefined) this.#timer = setTimeout(() => void this.#syncAll(), delayMs).unref();
  }

  async #syncAll(): Promise<void> {
    const folders = [...this.#changed];
    this.#changed.clear();
    await Promise.allSettled(folders.map(syncFolder));
    this.#timer = undefined;
    for (const folder of this.#changed) this.changed(folder);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = openSync(folder, 'r');
  try {
    await synced(handle);
  } finally {
    closeSync(handle);
  }
}

/** Waits for the disk, off this thread. */
export function synced(file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fsync(file, (error) => (error === null ? resolve() : reject(error)));
  });
}
