import { buildCommand, type CommandInput, type QemuCommand } from '../command/build.js';
import { jsonText, type JsonObject } from '../command/json.js';
import type { CommandResources } from '../command/resources.js';
import type { QemuServices } from '../guests/services.js';
import { isRecord } from '../monitor/qmp-message.js';
import { hostEnvironment } from '../process/host-environment.js';
import type { PlannedTap, StartPlan } from './plan.js';

/** What a builder gets for a start, or for a running guest that gets a device. */
export function commandInput(
  services: QemuServices,
  { definition, capabilities }: Pick<StartPlan, 'definition' | 'capabilities'>,
  resources: CommandResources,
): CommandInput {
  const now = new Date();
  return {
    domain: definition,
    capabilities,
    config: services.config,
    environment: hostEnvironment(process.env, services.session),
    resources,
    start: { now: { utc: Math.floor(now.getTime() / 1000), localOffset: -now.getTimezoneOffset() * 60 } },
  };
}

/** The command that starts a planned guest. */
export function startCommand(services: QemuServices, plan: StartPlan, resources: CommandResources): QemuCommand {
  const { argv, environment } = buildCommand(commandInput(services, plan, resources));
  return {
    environment,
    argv: argv.map((word, index) => (argv[index - 1] === '-netdev' ? netdevWord(word, plan.taps) : word)),
  };
}

/** A tap without descriptors belongs to QEMU's user, which opens it by name. */
function netdevWord(word: string, taps: readonly PlannedTap[]): string {
  if (!word.startsWith('{')) {
    const tap = taps.find(({ alias }) => word.includes(`id=host${alias}`));
    return tap === undefined || /,fds?=/.test(word)
      ? word
      : word.replace(/^tap(,|$)/, `tap,ifname=${tap.name},script=no,downscript=no$1`);
  }
  const properties: unknown = JSON.parse(word);
  return isRecord(properties) ? jsonText(tapProperties(properties as JsonObject, taps)) : word;
}

/** Properties of a tap by name; others stay as they are. Also for `netdev_add`. */
export function tapProperties(properties: JsonObject, taps: readonly PlannedTap[]): JsonObject {
  const tap = taps.find(({ alias }) => properties['id'] === `host${alias}`);
  if (properties['type'] !== 'tap' || tap === undefined) return properties;
  if ('fd' in properties || 'fds' in properties) return properties;
  const { type, ...rest } = properties;
  const queues = tap.queues > 1 ? tap.queues : undefined;
  return { type, ifname: tap.name, script: 'no', downscript: 'no', queues, ...rest };
}
