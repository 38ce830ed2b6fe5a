import type { Domain, NetworkInterface } from '@virtkit/schema';
import { assignAliases } from './command/aliases.js';
import { buildCommand } from './command/build.js';
import type { StartTime } from './command/start-time.js';
import type { CommandConfig, CommandEnvironment } from './command/config.js';
import { updateGuestCpu } from './command/guest-cpu.js';
import { pretendPlaces, type PretendedPlaces } from './command/prepare.js';
import { noResources } from './command/no-resources.js';
import type { CommandResources } from './command/resources.js';
import { quotedCommand } from './command/shell-text.js';
import { completeForStart } from './complete/definition.js';
import type { QemuFacts } from './complete/facts.js';
import type { QemuCapabilities } from './capabilities/qemu-capabilities.js';

/** What a conversion may look at. */
export interface NativeFacts {
  readonly facts: QemuFacts;
  readonly capabilities: QemuCapabilities;
  readonly config: CommandConfig;
  readonly environment: CommandEnvironment;
  readonly places: PretendedPlaces;
  readonly now: StartTime;
  /** What was looked up beforehand (volumes, secrets); all else stays a placeholder. */
  readonly resources?: Partial<CommandResources>;
}

/**
 * The command that would start a guest, as one line for a shell. Pure: nothing is opened, created or run; descriptors
 * are placeholders, and interfaces are plain taps as no network is asked. Changes `domain`: give it a copy of the
 * completed definition.
 * @libvirt virConnectDomainXMLToNative
 */
export function domainToNative(domain: Domain, input: NativeFacts): string {
  const { facts, capabilities, config, environment, now } = input;
  domain.devices.interfaces = domain.devices.interfaces.map(plainTap);
  completeForStart(domain, facts);
  updateGuestCpu(domain, { capabilities, cpuMap: facts.host.cpuMap });
  pretendPlaces(domain, config, input.places);
  assignAliases(domain);
  const resources = { ...noResources, ...input.resources };
  return quotedCommand(buildCommand({ domain, capabilities, config, environment, resources, start: { now } }));
}

/** Whatever an interface is connected to: a card with its address on the wire, which a script of the user connects. */
function plainTap({ model, mac, script }: NetworkInterface): NetworkInterface {
  return {
    source: { type: 'ethernet', ips: [], routes: [] },
    ips: [],
    routes: [],
    portForwards: [],
    mac,
    model,
    script,
  };
}
