import type { BackingStore, Disk, Domain, StorageEncryption } from '@virtkit/schema';
import type { QemuCapabilities } from '../../capabilities/qemu-capabilities.js';
import type { CommandResources } from '../resources.js';
import type { ImageNodes } from './image.js';
import { hasMedium } from './location.js';

/** A disk or an image below it: what carries node names. */
export type ImageHolder = Disk | BackingStore;

/** Names of the block nodes of all images, and of the filters above them. */
export interface NodeNames {
  of(image: object): ImageNodes | undefined;
  /** Filter nodes above a disk's image, lowest first. */
  filtersOf(disk: Disk): readonly string[];
  /** Node of a SCSI host device. */
  backendOf(device: object): string | undefined;
}

export interface NodeOptions {
  /** SCSI host devices, each with a node of its own. */
  readonly backends?: readonly object[];
  readonly resources?: Pick<CommandResources, 'sourceFds'>;
}

/** Images of a disk, top first; empty where the drive is. */
export function imagesOf(disk: Disk): readonly ImageHolder[] {
  const images: ImageHolder[] = [];
  for (let image: ImageHolder | undefined = disk; image?.source && hasMedium(image.source); image = image.backingStore)
    images.push(image);
  return images;
}

/**
 * Names nodes `libvirt-N-…`. Numbers are given from the last disk to the first, in each from the top image down, then to
 * its filters; a number that a running guest already has (`index`) is kept by the caller's table instead.
 */
export function assignNodes(domain: Domain, capabilities: QemuCapabilities, options: NodeOptions = {}): NodeNames {
  const { backends = [], resources } = options;
  let last = 0;
  const names = new Map<object, ImageNodes>();
  const filters = new Map<Disk, readonly string[]>();
  for (const disk of [...domain.devices.disks].reverse()) {
    if (disk.target.bus === 'sd') continue;
    const images = imagesOf(disk);
    // An empty drive keeps a number for the medium that may come.
    if (images.length === 0) last += 1;
    for (const image of images)
      names.set(
        image,
        imageNodes(
          image,
          ++last,
          capabilities,
          isWritable(image, resources) && (image !== disk || disk.readonly === true),
        ),
      );
    filters.set(
      disk,
      (disk.throttleFilters ?? []).map(() => `libvirt-${++last}-filter`),
    );
  }
  const backendNames = new Map([...backends].map((device) => [device, `libvirt-${++last}-backend`]));
  return {
    of: (image) => names.get(image),
    filtersOf: (disk) => filters.get(disk) ?? [],
    backendOf: (device) => backendNames.get(device),
  };
}

/** An image opened for writing that isn't to be written needs a layer that says so. */
function isWritable({ source }: ImageHolder, resources: Pick<CommandResources, 'sourceFds'> | undefined): boolean {
  const group =
    source?.type === 'file' && source.fdgroup !== undefined ? resources?.sourceFds(source.fdgroup) : undefined;
  return group !== undefined && group.fds.length === 1 && group.writable;
}

/** Node names of one image with this number, by the layers it needs. */
export function imageNodes(
  image: ImageHolder,
  number: number,
  capabilities: QemuCapabilities,
  mustHideWrites = false,
): ImageNodes {
  const slice = image.source?.slices?.some(({ type }) => type === 'storage') === true;
  return {
    storage: `libvirt-${number}-storage`,
    ...(slice && { slice: `libvirt-${number}-slice-sto` }),
    ...((mustHideWrites || needsFormatLayer(image, capabilities)) && { format: `libvirt-${number}-format` }),
  };
}

/** Raw images need no layer of their own where block jobs can tell the layers of a backing chain apart. */
function needsFormatLayer(image: ImageHolder, { flags }: QemuCapabilities): boolean {
  const { source } = image;
  if ('device' in image && image.device === 'lun') return false;
  if (!flags.has('blockjob.backing-mask-protocol') || source?.type === 'dir') return true;
  return formatOf(image) !== 'raw' || isLuks(source?.encryption ?? ('device' in image ? image.encryption : undefined));
}

const isLuks = (encryption: StorageEncryption | undefined): boolean =>
  encryption?.format === 'luks' && encryption.engine !== 'librbd';

/** Format of an image; `raw` where the document says nothing. */
export function formatOf(image: ImageHolder): string {
  const format = 'device' in image ? image.driver?.type : image.format?.type;
  return format === undefined || format === 'dir' || format === 'fat' ? 'raw' : format;
}
