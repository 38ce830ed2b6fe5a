import type { Command } from '../command.js';
import { agentCommands } from './domain-agent.js';
import { domainConfiguration } from './domain-configuration.js';
import { domainDevices } from './domain-devices.js';
import { domainDisplays } from './domain-displays.js';
import { domainHardware } from './domain-hardware.js';
import { domainLinks } from './domain-links.js';
import { domainTuning } from './domain-tuning.js';
import { editCommands } from './edit.js';
import { guestAgent } from './guest-agent.js';
import { guestFilesystems } from './guest-filesystems.js';
import { monitorEvents } from './monitor-events.js';
import { domainGuest } from './domain-guest.js';
import { jobCommands } from './domain-jobs.js';
import { domainLifecycle } from './domain-lifecycle.js';
import { domainLookup } from './domain-lookup.js';
import { domainStatistics } from './domain-statistics.js';
import { eventCommands } from './events.js';
import { hostCommands } from './host.js';
import { networkCommands } from './networks.js';
import { ownCommands } from './own.js';
import { pluginCommands } from './plugins.js';
import { poolCommands } from './pools.js';
import { snapshotCommands } from './snapshots.js';
import { volumeCommands } from './volumes.js';

/** Every verb. The order is that of `virtkit help`. */
export const commands: readonly Command[] = [
  ...domainLifecycle,
  ...editCommands,
  ...domainConfiguration,
  ...domainTuning,
  ...domainDevices,
  ...domainHardware,
  ...domainLinks,
  ...domainGuest,
  ...domainDisplays,
  ...agentCommands,
  ...guestAgent,
  ...guestFilesystems,
  ...jobCommands,
  ...eventCommands,
  ...monitorEvents,
  ...domainLookup,
  ...domainStatistics,
  ...hostCommands,
  ...poolCommands,
  ...volumeCommands,
  ...networkCommands,
  ...snapshotCommands,
  ...pluginCommands,
  ...ownCommands(() => commands),
];
