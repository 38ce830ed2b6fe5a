import { completeDisk, completeInterface, defaultDiskBus, type Devices, devices, errorsFrom } from '@virtkit/schema';
import { documentPieces, inPieces, type ParseOptions, type Pieces, type XmlNode } from '@virtkit/xml';
import type { Dialect } from '../../contract/dialect.js';
import { macsOf } from './domain-phases.js';
import { type Device, deviceFields, type DeviceKind } from '../../contract/device.js';

const domainOrigin = 20;

/** Reads a document of one device, in pieces. Throws `XML_ERROR` for an element that is no device. */
export function* devicePieces(xml: string, options: ParseOptions): Pieces<Device> {
  const { root, text } = yield* documentPieces(xml, { origin: domainOrigin });
  if (!isDeviceKind(root.name)) throw errorsFrom('DOMAIN')('CONFIG_UNSUPPORTED', `unknown device type '${root.name}'`);
  const around: XmlNode = {
    name: 'devices',
    attributes: [],
    children: [root],
    text: '',
    start: root.start,
    end: root.end,
  };
  return pick(yield* inPieces(devices.read, around, { ...options, text }), root.name);
}

function pick(from: Devices, kind: DeviceKind): Device {
  const field = from[deviceFields[kind]];
  const device = Array.isArray(field) ? field[0] : field;
  // The table put the only element into the field of its kind.
  return { kind, device } as Device;
}

const isDeviceKind = (name: string): name is DeviceKind => Object.hasOwn(deviceFields, name);

/** What the common rules settle of a device alone; addresses and models are the driver's. */
export function completeDevice(device: Device, dialect: Dialect, { isNew }: { readonly isNew: boolean }): void {
  if (device.kind === 'disk') {
    device.device.target.bus ??= defaultDiskBus(device.device);
    completeDisk(device.device, { wideScsi: dialect.wideScsi === true });
  } else if (device.kind === 'interface') {
    const isNamed = device.device.mac !== undefined;
    completeInterface(device.device, { randomMac: macsOf(dialect), live: false });
    if (!isNamed && !isNew) delete device.device.mac; // a made-up one would find none
  }
}
