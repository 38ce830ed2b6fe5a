import type { Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import type { QemuFlag } from '../capabilities/flags.js';
import type { NodeNames } from './block/node-names.js';
import type { SourceFds } from './block/image.js';
import type { BootOrder } from './boot-order.js';
import type { CommandConfig, CommandEnvironment } from './config.js';
import type { FdsetCounter } from './fdset.js';
import type { QemuOption } from './option.js';
import type { CommandResources } from './resources.js';
import type { StartTime } from './start-time.js';

/** How the guest starts. */
export interface StartMode {
  /** `-incoming` with this URI (`defer`, `fd:7`); undefined for a cold start. */
  readonly incoming?: string;
  readonly now: StartTime;
}

/** Everything a builder may look at. A definition has passed completion and validation: builders trust it. */
export interface CommandContext {
  readonly domain: Domain;
  readonly capabilities: QemuCapabilities;
  readonly config: CommandConfig;
  readonly environment: CommandEnvironment;
  readonly resources: CommandResources;
  readonly nodes: NodeNames;
  readonly bootOrder: BootOrder;
  /** Descriptors behind disk images, by image. */
  readonly sourceFds: ReadonlyMap<object, SourceFds>;
  readonly start: StartMode;
  /** Shared by all builders of one command line: numbers the descriptor sets. */
  readonly fdsets: FdsetCounter;
}

/** One part of the command line. Pure but for the numbering of descriptor sets. */
export type Section = (context: CommandContext) => readonly QemuOption[];

/** Capabilities no released QEMU has yet, known to tests. */
type FutureFlag = 'chardev.json';

/** Whether the emulator has a capability. */
export function has({ capabilities }: Pick<CommandContext, 'capabilities'>, flag: QemuFlag | FutureFlag): boolean {
  const flags: ReadonlySet<string> = capabilities.flags;
  return flags.has(flag);
}
