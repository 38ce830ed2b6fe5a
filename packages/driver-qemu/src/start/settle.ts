import type { Domain, Graphics } from '@virtkit/schema';
import type { JsonObject } from '../command/json.js';
import type { QmpConnection } from '../monitor/qmp-connection.js';

interface Command {
  readonly execute: string;
  readonly arguments: JsonObject;
}

/** What a definition says that no command line can: done before the guest runs its first instruction, all at once. */
export async function settle(monitor: QmpConnection, definition: Domain): Promise<void> {
  const commands = settleCommands(definition);
  await Promise.all(commands.map((command) => monitor.execute(command.execute, command.arguments)));
}

export function settleCommands({ devices, memory, currentMemory }: Domain): readonly Command[] {
  return [
    ...devices.graphics.flatMap(passwordCommands),
    ...devices.interfaces
      .filter(({ link }) => link?.state === 'down')
      .map(({ alias }) => ({ execute: 'set_link', arguments: { name: alias, up: false } })),
    ...balloonCommands(devices.memballoon, memory.size, currentMemory),
  ];
}

type Passworded = Extract<Graphics, { type: 'vnc' | 'spice' }>;

/** Passwords go over the monitor: a command line could be read by anybody. Also for a display that gets a new one. */
export function passwordCommands(graphics: Graphics): readonly Command[] {
  if ((graphics.type !== 'vnc' && graphics.type !== 'spice') || graphics.passwd === undefined) return [];
  const protocol = graphics.type;
  const connected = graphics.connected === undefined ? {} : { connected: graphics.connected };
  return [
    { execute: 'set_password', arguments: { protocol, password: graphics.passwd, ...connected } },
    { execute: 'expire_password', arguments: { protocol, time: expiry(graphics) } },
  ];
}

/** Seconds since the epoch, in universal time. */
function expiry({ passwdValidTo }: Passworded): string {
  const time = passwdValidTo === undefined ? Number.NaN : Date.parse(`${passwdValidTo}Z`);
  return Number.isNaN(time) ? 'never' : String(Math.floor(time / 1000));
}

function balloonCommands(
  balloon: Domain['devices']['memballoon'],
  size: number | undefined,
  current: number | undefined,
): readonly Command[] {
  if (balloon === undefined || balloon.model === 'none') return [];
  const path = `/machine/peripheral/${balloon.alias ?? ''}`;
  const period = balloon.stats?.period;
  return [
    ...(period === undefined
      ? []
      : [{ execute: 'qom-set', arguments: { path, property: 'guest-stats-polling-interval', value: period } }]),
    ...(current === undefined || size === undefined || current >= size
      ? []
      : [{ execute: 'balloon', arguments: { value: current * 1024 } }]),
  ];
}
