import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatefulService } from '@virtkit/core';
import { autostart } from './guests/autostart.js';
import { reconnect } from './guests/reconnect.js';
import type { QemuServices } from './guests/services.js';
import { GuestLog } from './process/log-file.js';
import { logPath } from './process/guest-paths.js';

/** Milliseconds between looks at the sizes of logs; QEMU writes them itself, so nothing tells when they grow. */
const logLookMs = 60_000;

/** Guests over the life of the daemon: found again at its start, let go at its end. */
export class QemuService implements StatefulService {
  readonly #services: QemuServices;
  #logTimer: NodeJS.Timeout | undefined;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async initialize(_signal: AbortSignal): Promise<void> {
    const { store, logger } = this.#services;
    await makeFolders(this.#services);
    for (const { path, cause } of await store.load())
      logger.error('document cannot be read; it is left as it is', { path, cause });
    await this.#services.autostartOnce.load((name) => store.byName(name) !== undefined);
    const active = [...store.all()].filter((guest) => guest.active);
    await Promise.all(
      active.map((guest) =>
        reconnect(this.#services, guest).catch((cause: unknown) =>
          logger.error('a running guest could not be taken over', { name: guest.name, cause }),
        ),
      ),
    );
    await sweepFolders(this.#services);
    this.#logTimer = setInterval(() => void this.#rotateLogs(), logLookMs);
    this.#logTimer.unref();
    void autostart(this.#services);
  }

  async stop(): Promise<void> {
    clearInterval(this.#logTimer);
    for (const live of this.#services.live.values()) live.letGo();
    await this.#services.saving.settled();
  }

  async #rotateLogs(): Promise<void> {
    const { store, paths, logger } = this.#services;
    for (const guest of store.all()) {
      if (!guest.active) continue;
      const log = new GuestLog(logPath(paths, guest.name));
      await log.rotate().catch((cause: unknown) => logger.warning('log cannot be rotated', { path: log.path, cause }));
    }
  }
}

async function makeFolders({ paths, directories }: QemuServices): Promise<void> {
  const shared = [
    directories.state,
    directories.run,
    directories.log,
    paths.libDir,
    paths.runDir,
    paths.channelDir,
    paths.swtpmDir,
    paths.swtpmRunDir,
    paths.nvramDir,
  ];
  for (const folder of shared) await mkdir(folder, { recursive: true, mode: 0o711 });
  for (const folder of [paths.configDir, paths.saveDir, paths.logDir, paths.capabilityDir]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
}

/** Folders of starts that no guest has any more. */
async function sweepFolders({ paths, store }: QemuServices): Promise<void> {
  const used = new Set(Array.from(store.all(), (guest) => guest.runtime?.folder ?? ''));
  for (const name of await readdir(paths.libDir)) {
    const folder = join(paths.libDir, name);
    if (name.startsWith('domain-') && !used.has(folder)) await rm(folder, { recursive: true, force: true });
  }
}
