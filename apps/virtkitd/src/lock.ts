import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { abstractLock } from '@virtkit/host';
import { errorsFrom } from '@virtkit/schema';

const daemonError = errorsFrom('RPC');

/**
 * One daemon per runtime directory. The lock is freed by the kernel however the process ends.
 * @throws VirtError naming the process that holds it
 */
export async function lockDirectory(run: string): Promise<AsyncDisposable> {
  const lock = await abstractLock(`virtkitd-${identityOf(run)}`);
  const pidFile = join(run, 'virtkitd.pid');
  if (lock === undefined) {
    throw daemonError('RESOURCE_BUSY', `another virtkitd (process ${holder(pidFile)}) already serves '${run}'`);
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o644 });
  return {
    [Symbol.asyncDispose]: async () => {
      rmSync(pidFile, { force: true });
      await lock[Symbol.asyncDispose]();
    },
  };
}

/** The directory itself counts, not its name: containers of one network namespace may have one name for several. */
function identityOf(directory: string): string {
  const { dev, ino } = statSync(directory, { bigint: true });
  return createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 32);
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
