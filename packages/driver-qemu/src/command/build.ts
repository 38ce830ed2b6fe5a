import type { Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { assignNodes } from './block/node-names.js';
import { passSourceFds } from './block/source-fds.js';
import { bootOrder } from './boot-order.js';
import type { CommandConfig, CommandEnvironment } from './config.js';
import { has, type CommandContext, type StartMode } from './context.js';
import { fdsetCounter } from './fdset.js';
import { environmentOf, type EnvironmentVariables } from './environment.js';
import { refuseSameDisplays } from './graphics.js';
import { overridden } from './namespace.js';
import { qemuNamespace } from './document-overrides.js';
import { render } from './render.js';
import type { CommandResources } from './resources.js';
import { sections } from './sections.js';
import { withZpci } from './zpci.js';

/** What a command line is made from. */
export interface CommandInput {
  /** The guest's own copy: completed, validated, with aliases. */
  readonly domain: Domain;
  readonly capabilities: QemuCapabilities;
  readonly config: CommandConfig;
  readonly environment: CommandEnvironment;
  readonly resources: CommandResources;
  readonly start: StartMode;
}

/** A QEMU command: program and arguments, and the environment it gets (nothing else is passed on). */
export interface QemuCommand {
  readonly environment: EnvironmentVariables;
  readonly argv: readonly string[];
}

/** Everything the builders of one guest share. */
export function commandContext(input: CommandInput): CommandContext {
  const { domain, capabilities } = input;
  const scsi = domain.devices.hostdevs.filter(({ source }) => source.type === 'scsi');
  const fdsets = fdsetCounter();
  const nodes = assignNodes(domain, capabilities, { backends: scsi, resources: input.resources });
  return {
    ...input,
    nodes,
    bootOrder: bootOrder(domain),
    fdsets,
    sourceFds: passSourceFds(domain, nodes, input.resources, fdsets),
  };
}

/**
 * The command that starts a guest. Pure. Throws a VirtError where the document asks for what this emulator or machine
 * doesn't have and no earlier check could tell.
 */
export function buildCommand(input: CommandInput): QemuCommand {
  refuseSameDisplays(input.domain);
  const context = commandContext(input);
  const built = sections.flatMap((section) => section(context));
  const words = render(withZpci(overridden(built, context), input.domain), {
    deviceJson: has(context, 'device.json+hotplug'),
    netdevJson: has(context, 'netdev.json'),
  });
  return {
    environment: [...environmentOf(context), ...documentVariables(input.domain)],
    argv: [input.domain.devices.emulator ?? input.capabilities.emulator, ...words],
  };
}

const documentVariables = (domain: Domain): EnvironmentVariables =>
  (qemuNamespace(domain).commandline?.envs ?? []).map(({ name, value }) => [name, value ?? ''] as const);
