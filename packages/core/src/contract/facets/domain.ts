import type { Domain } from '@virtkit/schema';
import type { RawElement } from '@virtkit/xml';
import type { Answer } from '../answer.js';
import type { OpenFile } from '../bytes.js';
import type { Call } from '../call.js';
import type { Device } from '../device.js';
import type { DomainInfo, DomainRef, DomainSummary, Target } from '../references.js';

export type DomainKey = { readonly uuid: string } | { readonly name: string } | { readonly id: number };

/** All that the poorest driver can do. Counts, name lists, isActive, isPersistent, hasManagedSave … are derived from `list`. */
export interface DomainFacet {
  /** Bulk: one request on a remote hypervisor. */
  list(call: Call): Promise<readonly DomainSummary[]>;
  find(by: DomainKey, call: Call): Answer<DomainSummary | undefined>;
  info(domain: DomainRef, call: Call): Answer<DomainInfo>;
  /** The document as an object; the kernel formats it, and caches the bytes as long as `generation` stays equal. */
  definition(domain: DomainRef, which: 'current' | 'persistent', call: Call): Promise<Domain>;
  /** `hvm`, `linux`, … Absent: what the definition says. @libvirt virDomainGetOSType */
  osType?(domain: DomainRef, call: Call): Promise<string>;
  /** Raised whenever anything a reader can see of this domain changed. Absent: never cached (state owned elsewhere). */
  generation?(domain: DomainRef): number | undefined;
}

export interface StartOptions {
  readonly paused?: boolean;
  readonly autodestroy?: boolean;
  readonly bypassCache?: boolean;
  readonly forceBoot?: boolean;
  readonly resetNvram?: boolean;
  readonly files?: readonly OpenFile[];
}
export type GuestStopMethod = 'acpi' | 'agent' | 'initctl' | 'signal' | 'paravirt';

export interface LifecycleFacet {
  /** Asks the guest; returns when asked, not when it is down. @libvirt virDomainShutdownFlags */
  shutdown(domain: DomainRef, options: { readonly via?: readonly GuestStopMethod[] }, call: Call): Promise<void>;
  /** @libvirt virDomainDestroyFlags */
  destroy(
    domain: DomainRef,
    options: { readonly graceful?: boolean; readonly removeLogs?: boolean },
    call: Call,
  ): Promise<void>;
  reboot?(domain: DomainRef, options: { readonly via?: readonly GuestStopMethod[] }, call: Call): Promise<void>;
  /** @libvirt virDomainCreateWithFlags */
  start?(domain: DomainRef, options: StartOptions, call: Call): Promise<DomainRef>;
  /** A guest without persistent configuration (or started from another one). @libvirt virDomainCreateXML */
  createTransient?(definition: Domain, options: StartOptions, call: Call): Promise<DomainRef>;
  suspend?(domain: DomainRef, call: Call): Promise<void>;
  resume?(domain: DomainRef, call: Call): Promise<void>;
  reset?(domain: DomainRef, call: Call): Promise<void>;
  pmSuspend?(domain: DomainRef, target: 'mem' | 'disk' | 'hybrid', durationSeconds: bigint, call: Call): Promise<void>;
  pmWakeup?(domain: DomainRef, call: Call): Promise<void>;
  injectNmi?(domain: DomainRef, call: Call): Promise<void>;
  /** @libvirt virDomainSendProcessSignal */
  signalProcess?(domain: DomainRef, pid: bigint, signal: number, call: Call): Promise<void>;
  /** @libvirt virDomainSetLifecycleAction */
  setLifecycleAction?(
    domain: DomainRef,
    event: 'poweroff' | 'reboot' | 'crash',
    action: string,
    target: Target,
    call: Call,
  ): Promise<void>;
}

export interface UndefineOptions {
  readonly managedSave?: boolean;
  readonly snapshotsMetadata?: boolean;
  readonly checkpointsMetadata?: boolean;
  readonly nvram?: 'remove' | 'keep';
  readonly tpm?: 'remove' | 'keep';
}

export interface ConfigurationFacet {
  /** New, or replacing the one with the same uuid. On disk when it resolves. @libvirt virDomainDefineXMLFlags */
  define?(definition: Domain, call: Call): Promise<DomainRef>;
  undefine?(domain: DomainRef, options: UndefineOptions, call: Call): Promise<void>;
  setAutostart?(domain: DomainRef, value: boolean, call: Call): Promise<void>;
  setAutostartOnce?(domain: DomainRef, value: boolean, call: Call): Promise<void>;
  rename?(domain: DomainRef, name: string, call: Call): Promise<DomainRef>;
  setMemory?(
    domain: DomainRef,
    kib: number,
    target: Target & { readonly maximum?: boolean },
    call: Call,
  ): Promise<void>;
  setMemoryStatisticsPeriod?(domain: DomainRef, seconds: number, target: Target, call: Call): Promise<void>;
  setVcpus?(
    domain: DomainRef,
    count: number,
    target: Target & { readonly maximum?: boolean; readonly guest?: boolean; readonly hotpluggable?: boolean },
    call: Call,
  ): Promise<void>;
  setVcpu?(domain: DomainRef, vcpus: readonly number[], enabled: boolean, target: Target, call: Call): Promise<void>;
  vcpuCount?(
    domain: DomainRef,
    target: Target & { readonly maximum?: boolean; readonly guest?: boolean },
    call: Call,
  ): Promise<number>;
  /** Title, description or one namespaced element; `undefined` removes it. @libvirt virDomainSetMetadata */
  setMetadata?(domain: DomainRef, metadata: MetadataChange, target: Target, call: Call): Promise<void>;
  addIoThread?(domain: DomainRef, id: number, target: Target, call: Call): Promise<void>;
  removeIoThread?(domain: DomainRef, id: number, target: Target, call: Call): Promise<void>;
  /** @libvirt virDomainIsUpdated */
  isUpdated?(domain: DomainRef, call: Call): Promise<boolean>;
}
export type MetadataChange =
  | { readonly kind: 'title' | 'description'; readonly text: string | undefined }
  | { readonly kind: 'element'; readonly uri: string; readonly element: RawElement | undefined };

export interface DevicesFacet {
  /** @libvirt virDomainAttachDeviceFlags */
  attach?(domain: DomainRef, device: Device, target: Target, call: Call): Promise<void>;
  detach?(domain: DomainRef, device: Device, target: Target, call: Call): Promise<void>;
  detachByAlias?(domain: DomainRef, alias: string, target: Target, call: Call): Promise<void>;
  update?(domain: DomainRef, device: Device, target: Target & { readonly force?: boolean }, call: Call): Promise<void>;
  /** Bytes. @libvirt virDomainBlockResize */
  resizeBlock?(
    domain: DomainRef,
    disk: string,
    size: bigint,
    options: { readonly capacity?: boolean },
    call: Call,
  ): Promise<void>;
  associateFiles?(
    domain: DomainRef,
    name: string,
    files: readonly OpenFile[],
    options: { readonly secureWritable?: boolean; readonly sealed?: boolean },
    call: Call,
  ): Promise<void>;
}
