import { type FileTree, fileTree } from '@virtkit/host';
import { type Domain, errorsFrom, type Hostdev } from '@virtkit/schema';
import { usbFile } from '../command/usb-file.js';

const usbError = errorsFrom('NONE');
const devices = 'sys/bus/usb/devices';

type UsbSource = Extract<Hostdev['source'], { readonly type: 'usb' }>;

interface Found {
  readonly vendor: number;
  readonly product: number;
  readonly bus: number;
  readonly device: number;
}

/** Devices on the host's USB buses, hubs too. */
function present(tree: FileTree): readonly Found[] {
  const number = (name: string, file: string, base: number): number =>
    Number.parseInt(tree.text(`${devices}/${name}/${file}`) ?? '', base);
  return tree
    .names(devices)
    .map((name) => ({
      vendor: number(name, 'idVendor', 16),
      product: number(name, 'idProduct', 16),
      bus: number(name, 'busnum', 10),
      device: number(name, 'devnum', 10),
    }))
    .filter(({ vendor, device }) => !Number.isNaN(vendor) && !Number.isNaN(device));
}

const hex = (id: number): string => id.toString(16).padStart(4, '0');

/** What a document says of a device, in libvirt's words for what was not found. */
function wordsOf({ vendor, product, address }: UsbSource): string {
  const id = vendor !== undefined && product !== undefined ? `${hex(vendor.id)}:${hex(product.id)}` : '';
  const place = address === undefined ? '' : `bus:${address.bus} device:${address.device}`;
  return [id, place].filter((part) => part !== '').join(' ');
}

/**
 * Finds the devices that a document names by vendor and product, and holds the others against what is there. Changes the
 * definition: where each is; optional ones that are not there are marked as missing.
 * @throws `INTERNAL_ERROR` for one that is not there @libvirt virHostdevPrepareUSBDevices
 */
export function findUsbDevices(definition: Pick<Domain, 'devices'>, tree: FileTree = fileTree()): void {
  const usb = definition.devices.hostdevs.flatMap(({ source }) => (source.type === 'usb' ? [source] : []));
  if (usb.length === 0) return;
  const all = present(tree);
  for (const source of usb) place(source, all);
}

function place(source: UsbSource, all: readonly Found[]): void {
  const { vendor, product, address } = source;
  const matching = all.filter(
    (found) =>
      (vendor === undefined || found.vendor === vendor.id) &&
      (product === undefined || found.product === product.id) &&
      (address === undefined || (found.bus === address.bus && found.device === address.device)),
  );
  const [first] = matching;
  if (first === undefined) {
    if (source.startupPolicy !== 'optional')
      throw usbError('INTERNAL_ERROR', `Did not find USB device ${wordsOf(source)}`);
    source.missing = true;
    return;
  }
  if (matching.length > 1)
    throw usbError('OPERATION_FAILED', `Multiple USB devices for ${wordsOf(source)}, use <address> to specify one`);
  source.address ??= { bus: first.bus, device: first.device, port: undefined };
}

/** Files through which QEMU talks to the devices. */
export const usbDeviceFiles = ({ devices: { hostdevs } }: Pick<Domain, 'devices'>): readonly string[] =>
  hostdevs.flatMap(({ source }) => {
    if (source.type !== 'usb' || source.missing === true || source.address === undefined) return [];
    return [usbFile(source.address.bus, source.address.device)];
  });
