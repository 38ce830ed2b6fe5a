import type { Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import type { NodeNames } from '../command/block/node-names.js';
import type { GuestPaths } from '../process/guest-paths.js';
import type { GuestResources, PluggedInterface } from '../status/runtime.js';
import type { ScsiGeneric } from './scsi-generic.js';

/** A tap to be made for one interface. */
export interface PlannedTap {
  readonly alias: string;
  readonly name: string;
  readonly mac: string;
  readonly queues: number;
  /** Bridge it joins; chosen by the network's port where there is one. */
  readonly bridge: string | undefined;
  readonly port: PluggedInterface | undefined;
}
/** A listening socket QEMU inherits. */
export interface PlannedSocket {
  readonly alias: string;
  readonly path: string;
}

/** An output file that QEMU gets open, so that it may lie where QEMU's user could not write. */
export interface PlannedFile {
  readonly alias: string;
  readonly use: 'output' | 'log';
  readonly path: string;
  readonly append: boolean;
}

/** Everything decided about one start before anything is made. */
export interface StartPlan {
  readonly id: number;
  readonly paths: GuestPaths;
  readonly capabilities: QemuCapabilities;
  /** The running guest's own definition: aliases, ports, paths and names filled in. */
  readonly definition: Domain;
  readonly nodes: NodeNames;
  readonly nodeIndex: number;
  readonly taps: readonly PlannedTap[];
  readonly sockets: readonly PlannedSocket[];
  readonly files: readonly PlannedFile[];
  readonly volumes: ReadonlyMap<string, string>;
  /** Render node of the host for displays with OpenGL. */
  readonly renderNode: string | undefined;
  readonly scsiGeneric: ScsiGeneric;
  /** What is written down before it is made. */
  readonly resources: GuestResources;
}
