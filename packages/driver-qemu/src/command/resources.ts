import type { Hostdev, SmbiosSysinfo, StorageSource } from '@virtkit/schema';

/** A descriptor passed with `-add-fd`, named `/dev/fdset/SET` in options. */
export interface PassedFd {
  readonly set: number;
  readonly fd: number;
  readonly opaque: string;
}

/** What was opened for one network interface. */
export interface InterfaceResources {
  readonly tapFds: readonly number[];
  readonly vhostFds: readonly number[];
  /** Helper of a user mode network. */
  readonly slirpFd?: number;
  /** Socket of a passt process. */
  readonly passtSocket?: string;
}

/** Where a secret's value comes from: enciphered with the master key, or a file. */
export interface SecretData {
  /** base64 */
  readonly data: string;
  /** base64 */
  readonly iv: string;
}

/**
 * What was opened or prepared for one start. Builders ask by the alias of the device; the pure conversion answers with
 * placeholders, a real start with descriptors that QEMU inherits.
 */
export interface CommandResources {
  /** The listening monitor socket; undefined where QEMU makes its own. */
  readonly monitorFd: number | undefined;
  /** Listening UNIX socket of a character device; undefined where QEMU opens it itself. */
  chardevFd(alias: string): number | undefined;
  /** Output file of a character device. */
  chardevFile(alias: string): number | undefined;
  /** Log file of a character device. */
  chardevLog(alias: string): number | undefined;
  interface(alias: string): InterfaceResources;
  /** vhost descriptor of a vhost-scsi or vsock device. */
  vhostFd(alias: string): number | undefined;
  /** Socket of a helper process (virtiofsd, vhost-user GPU, swtpm). */
  helperSocket(alias: string): string | undefined;
  helperFd(alias: string): number | undefined;
  /** Descriptors of a passthrough TPM. */
  tpmFds(alias: string): { readonly device: number; readonly cancel: number } | undefined;
  /** Descriptor of a vDPA device. */
  vdpaFd(alias: string): number | undefined;
  /** Descriptors of a disk source given by name of a descriptor group. */
  sourceFds(group: string): { readonly writable: boolean; readonly fds: readonly number[] } | undefined;
  /** A secret for QEMU, by the id of its secret object. */
  secret(id: string): SecretData | undefined;
  /** What a volume of a pool is. */
  volume(source: Extract<StorageSource, { type: 'volume' }>): StorageSource | undefined;
  /** Name below `/dev` of a SCSI device of the host, `sg0`. */
  scsiGeneric(source: Extract<Hostdev['source'], { type: 'scsi' }>): string | undefined;
  /** Whether a path is a CD drive of the host. */
  isHostCdrom(path: string): boolean;
  /** What the host's firmware tells, for guests that repeat it. */
  readonly hostSysinfo?: SmbiosSysinfo;
  /** Nodes the host has; undefined where they aren't known. */
  readonly hostNodes?: readonly number[];
  /** Host nodes that automatic placement chose. */
  readonly automaticNodes?: string;
  /** Render node chosen for OpenGL. */
  readonly renderNode?: string;
  /** Context id chosen for a guest that left it open. */
  readonly vsockCid?: number;
}
