import type { Domain } from '@virtkit/schema';
import { isCommandError } from '../monitor/qmp-error.js';
import type { JsonValue } from '../command/json.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';
import { readBalloonKiB, readDrives, type DriveState } from '../monitor/queries/blocks.js';
import { readChardevs, type ChardevState } from '../monitor/queries/chardevs.js';
import { readCpus } from '../monitor/queries/vcpus.js';
import type { VcpuThread } from '../status/runtime.js';

/** What QEMU tells of a guest it has just made, or that is found running again. */
export interface Findings {
  readonly vcpus: readonly VcpuThread[];
  readonly chardevs: ReadonlyMap<string, ChardevState>;
  readonly drives: ReadonlyMap<string, DriveState>;
  readonly balloonKiB: number | undefined;
  readonly runState: JsonValue;
}

/** All questions at once: they cost one round trip. */
export async function findOut(monitor: QmpConnection, definition: Domain): Promise<Findings> {
  const balloon = definition.devices.memballoon;
  const [cpus, chardevs, drives, actual, runState] = await Promise.all([
    monitor.execute('query-cpus-fast'),
    monitor.execute('query-chardev'),
    monitor.execute('query-block'),
    balloon === undefined || balloon.model === 'none' ? undefined : optional(monitor.execute('query-balloon')),
    monitor.execute('query-status'),
  ]);
  return {
    vcpus: readCpus(cpus).map(({ index, thread }) => ({ vcpu: index, thread })),
    chardevs: readChardevs(chardevs),
    drives: readDrives(drives),
    balloonKiB: readBalloonKiB(actual),
    runState,
  };
}

async function optional(work: Promise<JsonValue>): Promise<JsonValue> {
  try {
    return await work;
  } catch (cause) {
    if (isCommandError(cause)) return undefined;
    throw cause;
  }
}

/** Fills in what only the running QEMU knows: terminals, states of ports, trays. Changes the definition. */
export function applyFindings(definition: Domain, { chardevs, drives, balloonKiB }: Findings): void {
  if (balloonKiB !== undefined) definition.currentMemory = balloonKiB;
  const { serials, parallels, channels, consoles, disks } = definition.devices;
  for (const { alias, source } of [...serials, ...parallels, ...channels, ...consoles]) {
    const pty = chardevs.get(`char${alias ?? ''}`)?.pty;
    if (source.type === 'pty' && pty !== undefined) source.path = pty;
  }
  mirrorFirstConsole(definition);
  for (const { alias, target } of channels) {
    if (target?.type === 'virtio')
      target.state = chardevs.get(`char${alias ?? ''}`)?.open === true ? 'connected' : 'disconnected';
  }
  for (const disk of disks) {
    if (drives.get(disk.alias ?? '')?.trayOpen === true) disk.target.tray = 'open';
  }
}

/** The first console of a guest is often only another name of its first serial port. */
function mirrorFirstConsole({ devices }: Domain): void {
  const [console] = devices.consoles;
  const [serial] = devices.serials;
  if (console?.target?.type !== 'serial' || serial === undefined) return;
  console.source = structuredClone(serial.source);
  console.alias = serial.alias;
}
