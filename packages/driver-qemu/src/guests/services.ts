import type { AutostartOnce } from './autostart-once.js';
import type {
  Directories,
  DomainState,
  EventSink,
  HostServices,
  Logger,
  OptionalFacets,
  SubsystemFacet,
  Turns,
} from '@virtkit/core';
import type { Cgroups, Links, nativeServices } from '@virtkit/host';
import type { CapabilityCache } from '../capabilities/capability-cache.js';
import type { CpuMap } from '../cpu/cpu-map.js';
import type { DialectHost } from '../dialect-host.js';
import type { CommandConfig } from '../command/config.js';
import type { DriverPaths } from '../process/guest-paths.js';
import type { QemuUser } from '../process/qemu-user.js';
import type { MonitorWatchers } from './monitor-watchers.js';
import type { DefinitionDigests } from './definition-digests.js';
import type { GuestStore } from './guest.js';
import type { LiveGuest } from './live-guest.js';
import type { DisplayDefaults, DisplayPorts } from '../start/displays.js';
import type { GuestCpus } from '../start/live-cpu.js';
import type { TapNames } from '../process/tap-names.js';

/** What the parts of this driver share; made once by the driver. */
export interface QemuServices {
  readonly store: GuestStore;
  readonly events: EventSink;
  readonly logger: Logger;
  readonly directories: Directories;
  readonly paths: DriverPaths;
  readonly config: CommandConfig;
  readonly capabilities: CapabilityCache;
  readonly dialect: DialectHost;
  /** Table of CPU models, where this host has one. */
  readonly cpuMap: () => CpuMap | undefined;
  readonly guestCpus: GuestCpus;
  /** Undefined: QEMU runs as the daemon does. */
  readonly user: QemuUser | undefined;
  readonly host: HostServices;
  readonly watchers: MonitorWatchers;
  readonly displays: DisplayPorts;
  readonly displayDefaults: DisplayDefaults;
  readonly tapNames: TapNames;
  /** Of this driver; shown in the logs of guests. */
  readonly version: string | undefined;
  readonly links: Links;
  /** Undefined where this host has none, or guests are left in the groups of their user. */
  readonly cgroups: Cgroups | undefined;
  /** What only native code can do; undefined where it is not installed. */
  readonly native: typeof nativeServices;
  readonly session: boolean;
  /** Aborted when the daemon ends. */
  readonly signal: AbortSignal;
  readonly digests: DefinitionDigests;
  readonly live: Map<string, LiveGuest>;
  /** Changes of guests under way, by uuid: see `changeLive`. */
  readonly saving: Turns;
  readonly autostartOnce: AutostartOnce;
  /** State of guests that are off; forgotten with the daemon. */
  readonly offStates: Map<string, DomainState>;
  peer<F extends SubsystemFacet>(facet: F): Promise<OptionalFacets[F] | undefined>;
}
