import { hostname, release } from 'node:os';
import { spawnDetached, type DetachedProcess, type ProcessIdentity } from '@virtkit/host';
import type { QemuCommand } from '../command/build.js';
import { virtError } from '../errors.js';
import { QmpConnection } from '../monitor/qmp-connection.js';
import { MonitorClosedError } from '../monitor/qmp-error.js';
import type { QmpEvent } from '../monitor/qmp-message.js';
import { GuestLog } from '../process/log-file.js';
import type { QemuServices } from '../guests/services.js';
import type { OpenedResources } from './open-resources.js';
import type { StartPlan } from './plan.js';

/** Milliseconds QEMU may take to answer for the first time. */
const answerMs = 60_000;

/** Starts QEMU, its words appended to the guest's log. It runs no code of the guest yet. */
export async function spawnQemu(
  services: QemuServices,
  plan: StartPlan,
  command: QemuCommand,
  opened: OpenedResources,
): Promise<{ readonly child: DetachedProcess; readonly logFrom: number }> {
  const log = new GuestLog(plan.paths.log);
  await log.rotate();
  const logFrom = log.note(headline(services, plan) + commandText(command));
  const [program = '', ...words] = command.argv;
  const child = await spawnDetached(program, words, {
    ...services.user,
    log: plan.paths.log,
    descriptors: opened.descriptors,
    exactEnv: Object.fromEntries(command.environment),
  });
  return { child, logFrom };
}

function headline({ version }: QemuServices, { capabilities }: StartPlan): string {
  const { version: qemu } = capabilities;
  const numbers = [Math.floor(qemu / 1_000_000), Math.floor(qemu / 1_000) % 1_000, qemu % 1_000].join('.');
  return `starting up virtkit version: ${version ?? 'unknown'}, qemu version: ${numbers}${capabilities.package}, kernel: ${release()}, hostname: ${hostname()}\n`;
}

/** As a shell would take it, an option a line. */
function commandText({ environment, argv }: QemuCommand): string {
  const variables = environment.map(([name, value]) => `${name}=${quoted(value)}`);
  const options: string[] = [];
  for (const word of argv) {
    const last = options.at(-1);
    if (last === undefined || word.startsWith('-') || !last.startsWith('-') || last.includes(' '))
      options.push(quoted(word));
    else options[options.length - 1] = `${last} ${quoted(word)}`;
  }
  return [...variables, ...options].join(' \\\n');
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Where the monitor's messages go. */
export interface MonitorListeners {
  onEvent(event: QmpEvent): void;
  onClose(cause: MonitorClosedError): void;
}

/**
 * Connects and waits until QEMU has made all devices: only then it answers.
 * @throws `INTERNAL_ERROR` with QEMU's own words when it ends before that.
 */
export async function connectMonitor(
  plan: Pick<StartPlan, 'paths'>,
  logFrom: number,
  listeners: MonitorListeners,
  signal: AbortSignal,
): Promise<QmpConnection> {
  const explain = (): Promise<string> => lastWords(plan.paths.log, logFrom);
  const monitor = await QmpConnection.open(plan.paths.monitor, { ...listeners, explain }).catch((cause: unknown) => {
    throw startFailure(cause);
  });
  try {
    await monitor.negotiate({ signal: AbortSignal.any([signal, AbortSignal.timeout(answerMs)]) });
    return monitor;
  } catch (cause) {
    monitor.close();
    throw startFailure(cause);
  }
}

/** What QEMU wrote since its start, without what is no news. */
export async function lastWords(log: string, from: number): Promise<string> {
  const text = await new GuestLog(log).since(from);
  return text
    .split('\n')
    .filter(
      (line) => line !== '' && !line.startsWith('char device redirected to') && !/shutting down, reason=/.test(line),
    )
    .join('\n')
    .trim();
}

function startFailure(cause: unknown): unknown {
  if (cause instanceof MonitorClosedError) {
    return virtError('INTERNAL_ERROR', `process exited while connecting to monitor: ${cause.words}`, { cause });
  }
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    return virtError('OPERATION_TIMEOUT', 'QEMU does not answer on its monitor', { cause });
  }
  return cause;
}

/** @throws `INTERNAL_ERROR` with QEMU's words when it ended at once. */
export async function identityOf(child: DetachedProcess, log: string, from: number): Promise<ProcessIdentity> {
  if (child.identity !== undefined) return child.identity;
  await child.exited;
  throw virtError('INTERNAL_ERROR', `process exited while connecting to monitor: ${await lastWords(log, from)}`);
}
