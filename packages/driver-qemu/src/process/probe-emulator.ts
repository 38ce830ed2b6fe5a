import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess, listeningSocket, spawnDetached, type DetachedProcess } from '@virtkit/host';
import type { ProbeResult } from '../capabilities/distil.js';
import { firstProbe, probeArguments, secondProbe } from '../capabilities/probe-commands.js';
import { ProbeRecord, type ProbeCommand } from '../capabilities/probe-replies.js';
import type { JsonObject } from '../command/json.js';
import { virtError } from '../errors.js';
import { deferred } from '../monitor/deferred.js';
import { textAt } from '../monitor/json-reading.js';
import { QmpConnection } from '../monitor/qmp-connection.js';
import { isCommandError, MonitorClosedError } from '../monitor/qmp-error.js';
import type { QemuUser } from './qemu-user.js';

export interface ProbeOptions {
  readonly user: QemuUser | undefined;
  /** Below it the probe makes a folder of its own. */
  readonly directory: string;
  /** Whether that user may use KVM. */
  readonly kvm: boolean;
  /** Milliseconds for one process; default 30,000. */
  readonly timeoutMs?: number;
}

/** Starts the binary without a machine, as the user guests run as, and asks it everything at once. */
export async function probeEmulator(emulator: string, options: ProbeOptions): Promise<ProbeResult> {
  const first = await probeOnce(emulator, options, options.kvm);
  if (!options.kvm) return { emulator, first };
  return { emulator, first, second: await probeOnce(emulator, options, false) };
}

async function probeOnce(emulator: string, options: ProbeOptions, kvm: boolean): Promise<ProbeRecord> {
  const folder = await mkdtemp(join(options.directory, 'probe-'));
  const log = join(folder, 'log');
  let child: DetachedProcess | undefined;
  try {
    const path = join(folder, 'm');
    {
      // Closed before anybody connects: as long as this process has the socket too, it could be the one that accepts.
      await using socket = await listeningSocket(path);
      child = await spawnDetached(emulator, probeWords(kvm), {
        ...options.user,
        log,
        descriptors: [socket.fd],
        env: { HOME: '/', XDG_CACHE_HOME: folder },
      });
    }
    return await ask(path, log, emulator, options, kvm);
  } finally {
    if (child?.identity !== undefined) await endProcess(child.identity, { graceMs: 1_000 });
    await rm(folder, { recursive: true, force: true });
  }
}

const probeWords = (kvm: boolean): readonly string[] => [
  ...probeArguments(kvm ? ['kvm', 'tcg'] : ['tcg']),
  '-chardev',
  'socket,id=monitor,fd=3,server=on,wait=off',
  '-mon',
  'chardev=monitor,mode=control',
];

async function ask(
  path: string,
  log: string,
  emulator: string,
  options: ProbeOptions,
  kvm: boolean,
): Promise<ProbeRecord> {
  const explain = async (): Promise<string> => (await readFile(log, 'utf8').catch(() => '')).trim();
  const monitor = await QmpConnection.open(path, { explain }).catch((cause: unknown) => {
    throw probeFailure(cause, emulator);
  });
  const signal = AbortSignal.timeout(options.timeoutMs ?? 30_000);
  try {
    await monitor.negotiate({ signal });
    const arch = textAt(await monitor.execute('query-target', undefined, { signal }), 'arch') ?? '';
    const commands = kvm || !options.kvm ? firstProbe(arch, kvm) : secondProbe(arch);
    return await within(record(monitor, commands), signal);
  } catch (cause) {
    throw probeFailure(cause, emulator);
  } finally {
    monitor.close();
  }
}

const probeFailure = (cause: unknown, emulator: string): unknown =>
  cause instanceof MonitorClosedError
    ? virtError('INTERNAL_ERROR', `Failed to probe QEMU binary with QMP: ${cause.words || emulator}`, { cause })
    : cause;

async function record(monitor: QmpConnection, commands: readonly ProbeCommand[]): Promise<ProbeRecord> {
  const result = new ProbeRecord();
  const answers = await Promise.all(commands.map((command) => answerOf(monitor, command)));
  commands.forEach((command, index) => result.add(command, answers[index]));
  return result;
}

/** An error counts as absent. */
async function answerOf(monitor: QmpConnection, command: ProbeCommand): Promise<unknown> {
  try {
    return await monitor.execute(command.execute, command.arguments as JsonObject | undefined);
  } catch (cause) {
    if (isCommandError(cause)) return undefined;
    throw cause;
  }
}

function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const limit = deferred<T>();
  signal.addEventListener('abort', () => limit.reject(signal.reason), { once: true });
  return Promise.race([work, limit.promise]);
}
