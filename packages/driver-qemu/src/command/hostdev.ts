import type { DeviceInfo, Hostdev, NetworkInterface } from '@virtkit/schema';
import { addressProperties, controllerAlias, romProperties } from './address.js';
import type { ImageLocation } from './block/image.js';
import { locationProperties } from './block/location-properties.js';
import { locationOf } from './block/location.js';
import { has, type CommandContext, type Section } from './context.js';
import { qemuError } from './errors.js';
import { pciText } from './host-pci.js';
import type { JsonObject } from './json.js';
import { blockdev, device, object, type QemuOption } from './option.js';
import { secretProperties } from './tls.js';
import { virtioDriver } from './virtio.js';
import { usbFile } from './usb-file.js';

type Source<T extends Hostdev['source']['type']> = Extract<Hostdev['source'], { type: T }>;
/** A device of the host whose source is of this type. */
type HostdevOf<T extends Hostdev['source']['type']> = Hostdev & { readonly source: Source<T> };

/** Devices of the host given to the guest; interfaces that are one come first. */
export const hostdevSection: Section = (context) => [
  ...context.domain.devices.interfaces.flatMap((entry) => interfaceOptions(entry, context)),
  ...context.domain.devices.hostdevs.flatMap((hostdev) => hostdevOptions(hostdev, context)),
];

const interfaceOptions = (entry: NetworkInterface, context: CommandContext): readonly QemuOption[] =>
  entry.source.type === 'hostdev' && entry.source.address
    ? [device(pciDevice(entry, pciText(entry.source.address), entry.teaming?.persistent, context))]
    : [];

function hostdevOptions(hostdev: Hostdev, context: CommandContext): readonly QemuOption[] {
  switch (hostdev.source.type) {
    case 'usb':
      return [device(usbDevice(hostdev as HostdevOf<'usb'>, context))]; // the switch decided the type
    case 'pci':
      return hostdev.source.address
        ? [device(pciDevice(hostdev, pciText(hostdev.source.address), hostdev.teaming?.persistent, context))]
        : [];
    case 'scsi':
      return scsiOptions(hostdev as HostdevOf<'scsi'>, context); // as above
    case 'scsi_host':
      return [device(scsiHostDevice(hostdev as HostdevOf<'scsi_host'>, context))]; // as above
    case 'mdev':
      return [device(mdevDevice(hostdev as HostdevOf<'mdev'>, context))]; // as above
    default:
      return [];
  }
}

/** A PCI function (`device_add`). */
const pciDevice = (
  entry: DeviceInfo,
  host: string,
  failoverPair: string | undefined,
  { domain, bootOrder }: Pick<CommandContext, 'domain' | 'bootOrder'>,
): JsonObject => ({
  driver: 'vfio-pci',
  host,
  id: entry.alias,
  failover_pair_id: failoverPair,
  bootindex: bootOrder.get(entry),
  ...addressProperties(entry, domain),
  ...romProperties(entry),
});

/** A USB device (`device_add`). */
function usbDevice(hostdev: HostdevOf<'usb'>, context: CommandContext): JsonObject {
  const { address, guestReset, missing } = hostdev.source;
  if (!missing && !address?.bus && !address?.device)
    throw qemuError('INTERNAL_ERROR', 'USB host device is missing bus/device information');
  const isPath = has(context, 'usb-host.hostdevice') && !missing;
  return {
    driver: 'usb-host',
    ...(isPath
      ? { hostdevice: usbFile(address?.bus ?? 0, address?.device ?? 0) }
      : missing
        ? {}
        : { hostbus: address?.bus, hostaddr: address?.device }),
    id: hostdev.alias,
    bootindex: context.bootOrder.get(hostdev),
    'guest-reset': guestReset && guestReset !== 'off' ? true : guestReset === 'off' ? false : undefined,
    'guest-resets-all': guestReset === undefined || guestReset === 'off' ? undefined : guestReset === 'on',
    ...addressProperties(hostdev, context.domain),
  };
}

function scsiOptions(hostdev: HostdevOf<'scsi'>, context: CommandContext): readonly QemuOption[] {
  const node = context.nodes.backendOf(hostdev) ?? '';
  const secretId = `${node}-secret0`;
  const secret = hostdev.source.auth && secretProperties(secretId, context);
  const location = scsiLocation(hostdev, context);
  const properties = locationProperties({
    location,
    format: 'raw',
    readOnly: hostdev.readonly === true,
    nodes: { storage: node },
    secrets: hostdev.source.auth ? { auth: { id: secretId, username: hostdev.source.auth.username } } : {},
    backing: null,
  });
  return [
    ...(secret ? [object(secret)] : []),
    blockdev({ ...properties, 'node-name': node, 'read-only': hostdev.readonly === true }),
    device(scsiDevice(hostdev, node, context)),
  ];
}

function scsiLocation({ source }: HostdevOf<'scsi'>, { resources }: CommandContext): ImageLocation {
  if (source.protocol !== 'iscsi') return { type: 'block', path: `/dev/${resources.scsiGeneric(source) ?? ''}` };
  return locationOf({
    type: 'network',
    protocol: 'iscsi',
    name: source.name,
    hosts: source.hosts,
    initiator: source.initiator,
    seclabels: [],
  });
}

/** A SCSI device (`device_add`). */
function scsiDevice(hostdev: HostdevOf<'scsi'>, node: string, { domain, bootOrder }: CommandContext): JsonObject {
  const address = hostdev.address?.type === 'drive' ? hostdev.address : undefined;
  const controller = domain.devices.controllers.find(
    ({ type, index }) => type === 'scsi' && index === (address?.controller ?? 0),
  );
  const isLsi = controller?.model === 'lsilogic';
  return {
    driver: 'scsi-generic',
    drive: node,
    id: hostdev.alias,
    bootindex: bootOrder.get(hostdev),
    bus: `${controllerAlias(domain, 'scsi', address?.controller ?? 0)}.0`,
    ...(isLsi
      ? { 'scsi-id': address?.unit }
      : { channel: address?.bus, 'scsi-id': address?.target, lun: address?.unit }),
  };
}

function scsiHostDevice(hostdev: HostdevOf<'scsi_host'>, { domain, resources }: CommandContext): JsonObject {
  const fd = resources.vhostFd(hostdev.alias ?? '');
  return {
    driver: virtioDriver('vhost-scsi', hostdev, hostdev.model),
    wwpn: hostdev.source.wwpn,
    vhostfd: fd === undefined ? undefined : String(fd),
    id: hostdev.alias,
    ...addressProperties(hostdev, domain),
  };
}

const mdevDevice = (hostdev: HostdevOf<'mdev'>, context: CommandContext): JsonObject => ({
  driver: hostdev.ramfb === true ? 'vfio-pci-nohotplug' : (hostdev.model ?? 'vfio-pci'),
  id: hostdev.alias,
  sysfsdev: `/sys/bus/mdev/devices/${hostdev.source.address?.uuid}`,
  display: hostdev.display === undefined ? undefined : hostdev.display ? 'on' : 'off',
  ramfb: hostdev.ramfb || undefined,
  bootindex: context.bootOrder.get(hostdev),
  loadparm: has(context, 'virtio-ccw.loadparm') ? hostdev.boot?.loadparm : undefined,
  ...addressProperties(hostdev, context.domain),
});
