import type { DeviceInfo, Domain } from '@virtkit/schema';
import { insertController } from '../../complete/insert-controller.js';
import { defaultPorts, VirtioSerialPorts } from './virtio-serial-ports.js';

type SerialAddress = Extract<NonNullable<DeviceInfo['address']>, { type: 'virtio-serial' }>;

/** Gives channels of virtio-serial a port, and adds controllers where none is left. QEMU places consoles itself. */
export function assignVirtioSerialAddresses(domain: Domain): void {
  const { channels, consoles, controllers } = domain.devices;
  const ports = new VirtioSerialPorts();
  for (const { type, index, ports: count } of controllers)
    if (type === 'virtio-serial') ports.addController(index ?? 0, count ?? defaultPorts);
  const ends = channels.filter(({ target }) => target?.type === 'virtio');
  const terminals = consoles.filter(({ target }) => target?.type === 'virtio');
  for (const { address } of [...ends, ...terminals])
    if (isComplete(address)) ports.reserve(address.controller, address.port);
  for (const device of ends) if (!isComplete(device.address)) assign(domain, device, ports);
}

const isComplete = (address: DeviceInfo['address']): address is SerialAddress =>
  address?.type === 'virtio-serial' && address.port !== 0;

function assign(domain: Domain, device: DeviceInfo, ports: VirtioSerialPorts): void {
  const wanted = device.address?.type === 'virtio-serial' ? device.address : undefined;
  const found = ports.next(wanted?.controller) ?? addController(domain, ports);
  ports.reserve(found.controller, found.port);
  device.address = { type: 'virtio-serial', bus: 0, ...found };
}

function addController(
  domain: Domain,
  ports: VirtioSerialPorts,
): { readonly controller: number; readonly port: number } {
  const index = ports.nextController;
  ports.addController(index);
  insertController(domain, { type: 'virtio-serial', index });
  return { controller: index, port: 1 };
}
