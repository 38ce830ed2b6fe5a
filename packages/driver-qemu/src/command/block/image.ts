import type { PassedFile } from '../fdset.js';

/** A host of a network disk. */
export interface ImageHost {
  readonly transport: 'tcp' | 'unix' | 'rdma';
  readonly name?: string;
  readonly port?: number;
  readonly socket?: string;
}

/** Where an image lies. */
export type ImageLocation =
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'block'; readonly path: string; readonly hostCdrom?: boolean }
  | { readonly type: 'dir'; readonly path: string; readonly floppy: boolean }
  | NetworkLocation
  | { readonly type: 'nvme'; readonly device: string; readonly namespace: number; readonly managed: boolean }
  | { readonly type: 'vdpa'; readonly path: string };

/** An image that a protocol client of QEMU reaches. */
export interface NetworkLocation {
  readonly type: 'network';
  readonly protocol: string;
  readonly name: string;
  readonly hosts: readonly ImageHost[];
  readonly query?: string;
  readonly snapshot?: string;
  readonly configFile?: string;
  readonly initiator?: string;
  /** Seconds */
  readonly timeout?: number;
  readonly readahead?: number;
  /** How much a Gluster client says. */
  readonly debugLevel?: number;
  readonly reconnectDelay?: number;
  readonly sslVerify?: boolean;
  readonly tlsHostname?: string;
  /** Numeric or named ids of an NFS source. */
  readonly user?: string;
  readonly group?: string;
  readonly username?: string;
  readonly keyfile?: string;
  readonly knownHosts?: string;
}

/** How QEMU's cache of the host is used; undefined members follow QEMU's default. */
export interface ImageCache {
  readonly direct: boolean;
  readonly noFlush: boolean;
}

/** A part of a file that is the image. Bytes. */
export interface ImageSlice {
  readonly offset: bigint | number;
  readonly size: bigint | number;
}

/** Names of the block nodes of one image; which layers exist is said by which names exist. */
export interface ImageNodes {
  readonly storage: string;
  readonly slice?: string;
  readonly format?: string;
}

/** Alias of each object an image needs, and the data behind it. */
export interface ImageSecrets {
  readonly auth?: { readonly id: string; readonly username?: string };
  readonly encryption?: readonly string[];
  readonly cookie?: string;
  readonly tls?: string;
  readonly reservations?: string;
}

/** Descriptors behind an image that QEMU doesn't open itself. */
export interface SourceFds extends PassedFile {
  /** With one descriptor it decides how the image can be opened; with several QEMU chooses. */
  readonly isWritable: boolean | undefined;
}

/** One image of a chain, as the block layer needs it. */
export interface Image {
  readonly location: ImageLocation;
  /** Format name of the document: `raw`, `qcow2`, `luks` … */
  readonly format: string;
  readonly readOnly: boolean;
  readonly nodes: ImageNodes;
  readonly cache?: ImageCache;
  /** `native`, `threads`, `io_uring` */
  readonly aio?: string;
  readonly discard?: string;
  readonly detectZeroes?: string;
  readonly discardNoUnref?: boolean;
  /** qcow2 metadata cache, bytes. */
  readonly metadataCacheSize?: bigint | number;
  readonly slice?: ImageSlice;
  readonly encryption?: { readonly format: string; readonly engine?: string };
  readonly secrets: ImageSecrets;
  /** Descriptors it is opened by. */
  readonly fds?: SourceFds;
  /** Next image of the chain, `null` where the chain ends, `undefined` where it is unknown. */
  readonly backing: Image | null | undefined;
}

/** The node guests and filters attach to. */
export const effectiveNode = ({ nodes }: Image): string => nodes.format ?? nodes.slice ?? nodes.storage;

/** An image and those below it, top first. */
export function chain(image: Image): readonly Image[] {
  const images: Image[] = [];
  for (let next: Image | null | undefined = image; next; next = next.backing) images.push(next);
  return images;
}
