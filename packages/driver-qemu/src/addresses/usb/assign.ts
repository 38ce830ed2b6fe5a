import type { DeviceInfo, Domain } from '@virtkit/schema';
import { hubPorts, UsbTree } from './usb-tree.js';
import { usbPorts } from './usb-ports.js';

/**
 * Checks the ports that a document names. New definitions, and guests that are started, get the others too, with hubs where
 * the controllers have too few.
 */
export function assignUsbAddresses(domain: Domain, { isNew }: { readonly isNew: boolean }): void {
  if (isNew) addHubs(domain);
  const tree = new UsbTree();
  for (const controller of domain.devices.controllers) {
    if (controller.type === 'usb' && usbPorts(controller) > 0) tree.addBus(controller.index ?? 0, usbPorts(controller));
  }
  reserveHubs(domain, tree);
  const devices = usbDevices(domain);
  for (const { address } of devices) if (isPlaced(address)) tree.reserve(placeOf(address));
  if (!isNew) return;
  for (const device of domain.devices.hubs) if (!isPlaced(device.address)) assignHub(device, tree);
  for (const device of devices) if (isUnplaced(device)) assign(device, tree);
}

type UsbAddress = Extract<NonNullable<DeviceInfo['address']>, { type: 'usb' }>;

const isPlaced = (address: DeviceInfo['address']): address is UsbAddress & { port: string } =>
  address?.type === 'usb' && address.port !== undefined;

const placeOf = ({ bus, port }: UsbAddress & { port: string }) => ({ bus, port });

const isUnplaced = ({ address }: DeviceInfo): boolean =>
  address === undefined || (address.type === 'usb' && address.port === undefined);

/** Hubs above others come first, as their ports are needed. */
function reserveHubs(domain: Domain, tree: UsbTree): void {
  const placed = domain.devices.hubs.map(({ address }) => address).filter(isPlaced);
  const depth = ({ port }: { readonly port: string }): number => port.split('.').length;
  for (const address of [...placed].sort((a, b) => depth(a) - depth(b))) tree.addHub(placeOf(address));
}

function assignHub(device: DeviceInfo, tree: UsbTree): void {
  const place = tree.nextFree(busOf(device));
  tree.addHub(place);
  device.address = { type: 'usb', ...place };
}

function assign(device: DeviceInfo, tree: UsbTree): void {
  const place = tree.reserveNext(busOf(device));
  device.address = { type: 'usb', ...place };
}

/** A document may name the bus alone. */
const busOf = ({ address }: DeviceInfo): number | undefined => (address?.type === 'usb' ? address.bus : undefined);

/** Devices on USB but hubs, in the order in which they get their ports. */
function usbDevices(domain: Domain): readonly DeviceInfo[] {
  const { devices } = domain;
  return [
    ...devices.disks.filter(({ target }) => target.bus === 'usb'),
    ...devices.interfaces.filter(({ model }) => model?.type === 'usb-net'),
    ...devices.sounds.filter(({ model }) => model === 'usb'),
    ...devices.hostdevs.filter(({ mode, source }) => mode === 'subsystem' && source.type === 'usb'),
    ...devices.filesystems.filter(({ driver }) => driver?.type === 'mtp'),
    ...devices.controllers.filter(({ type }) => type === 'ccid'),
    ...devices.serials.filter(({ target }) => target?.type === 'usb-serial'),
    ...devices.inputs.filter(({ bus }) => bus === 'usb'),
    ...devices.redirdevs.filter(({ bus }) => bus === 'usb'),
  ];
}

/** Most devices that are given a place automatically; a document with more has other troubles. */
const mostHubs = 255;

function addHubs(domain: Domain): void {
  const controllers = domain.devices.controllers.filter(({ type }) => type === 'usb');
  const root = controllers.reduce((sum, controller) => sum + usbPorts(controller), 0);
  const available = root + domain.devices.hubs.length * hubPorts;
  const onUsb = ({ address }: DeviceInfo): boolean => address === undefined || address.type === 'usb';
  const wanted = usbDevices(domain).filter(onUsb).length + domain.devices.hubs.length;
  if (wanted <= available) return;
  const missing = Math.min(mostHubs, Math.ceil((wanted - available + 1) / (hubPorts - 1)));
  for (let added = 0; added < missing; added += 1) domain.devices.hubs.push({ type: 'usb' });
}
