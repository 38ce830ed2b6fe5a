import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ask, Embedded } from '@virtkit/cli';
import { createKernel, type PluginSource } from '@virtkit/core';
import { Daemon } from '@virtkit/daemon';
import { createHost } from '@virtkit/host';
import { directoriesFor } from './directories.js';
import { createLogger } from './logger.js';

/** Opens a kernel in this process and a way to it: the same dispatcher, limits and errors as behind a daemon's socket. */
export async function openEmbedded(plugins: readonly PluginSource[], ask: Ask): ReturnType<Embedded['open']> {
  const logger = createLogger('warning', (line) => process.stderr.write(line));
  const directories = directoriesFor({ root: undefined, session: true }, process.env);
  const kernel = createKernel({ directories, host: createHost(), logger, session: true, plugins });
  const folder = mkdtempSync(join(tmpdir(), 'virtkit-'));
  const path = join(folder, 'socket');
  const daemon = new Daemon({
    kernel: { hasRules: kernel.hasRules, open: (uri, call) => kernel.open(uri, { ...call, ask }) },
    logger,
    sockets: [{ role: 'read-write', path, mode: 0o600 }],
  });
  await daemon.listen();
  const transport = connect(path);
  return {
    transport,
    [Symbol.asyncDispose]: async () => {
      transport.destroy();
      await daemon.close();
      await kernel.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
