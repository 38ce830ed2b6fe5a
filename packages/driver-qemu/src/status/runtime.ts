import type { DomainState } from '@virtkit/core';
import type { ProcessIdentity } from '@virtkit/host';
import type { Cpu } from '@virtkit/schema';

/** Who a file belonged to before QEMU's user got it. */
export interface FileOwner {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
}
/** A port of a virtual network made for one interface. */
export interface PluggedInterface {
  readonly network: { readonly uuid: string; readonly name: string };
  readonly port: string;
}
/**
 * What a start makes outside QEMU. Written down before it is made, so that whoever finds the document after a crash
 * can take it away again, whether or not it came to be.
 */
export interface GuestResources {
  readonly taps: readonly string[];
  readonly ports: readonly PluggedInterface[];
  readonly owners: readonly FileOwner[];
  /** Command lines of helper processes (swtpm, passt) hold one of these words and nobody else's. */
  readonly helperWords: readonly string[];
  /** Its group of processes; undefined where the host has none. */
  readonly group: string | undefined;
  /** Folders and files that end with the guest. */
  readonly files: readonly string[];
}
export const noResources: GuestResources = {
  taps: [],
  ports: [],
  owners: [],
  helperWords: [],
  group: undefined,
  files: [],
};

export interface VcpuThread {
  readonly vcpu: number;
  readonly thread: number;
}

/** The driver's own state of an active guest, kept in its status document. Plain data: connections live elsewhere. */
export interface QemuRuntime {
  /** `starting` until QEMU runs and answers: what is found in it after a crash is taken down. */
  readonly phase: 'starting' | 'active';
  readonly state: DomainState;
  readonly process?: ProcessIdentity;
  readonly folder: string;
  readonly monitor: string;
  readonly channels: string;
  readonly resources: GuestResources;
  readonly vcpus: readonly VcpuThread[];
  /** Ends with the connection that started it; a daemon that comes back has lost that connection. */
  readonly autodestroy: boolean;
  /** A reboot was asked for: at the next SHUTDOWN the guest is reset and goes on. */
  readonly fakeReboot: boolean;
  /** The last number used in names of block nodes. */
  readonly nodeIndex: number;
  /** Seconds the agent may take; undefined: the driver's default. */
  readonly agentSeconds?: number;
  /** The CPU the document asked for, where the guest's own says what it got. */
  readonly originalCpu?: Cpu;
  /** Words of `domain is tainted` lines. */
  readonly taints: readonly string[];
}

/** Whether a guest may run code now. */
export const isRunning = (runtime: QemuRuntime): boolean => runtime.state.state === 'running';
