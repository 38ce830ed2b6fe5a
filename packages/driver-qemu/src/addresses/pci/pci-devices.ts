import type { Controller, DeviceInfo, Domain, Memballoon } from '@virtkit/schema';
import type { QemuFacts } from '../../complete/facts.js';
import { hasPcieRoot } from '../../complete/machine.js';
import { integratedPlug, pciPlug, plug } from './connect-flags.js';
import type { Plug } from './connect-flags.js';
import { Plugs } from './plugs.js';

/** A device with its plug; without one it is no PCI device, whatever its address says. */
export interface PciDevice {
  readonly device: DeviceInfo;
  readonly plug: Plug | undefined;
  /** It asks for a place although it is no PCI device. */
  readonly isStray?: boolean;
}

/** All devices that may be on PCI but PCI controllers, in the order in which they get their addresses. */
export function pciDevices(domain: Domain, facts: QemuFacts): readonly PciDevice[] {
  const { devices } = domain;
  const plugs = new Plugs(domain, facts);
  const ofEach = <T extends DeviceInfo>(
    list: readonly T[],
    plugOf: (device: T) => Plug | undefined,
  ): readonly PciDevice[] => list.map((device) => ({ device, plug: plugOf(device) }));
  const hostInterfaces = devices.interfaces.filter(({ source }) => source.type === 'hostdev');
  return [
    ...ofEach(devices.filesystems, (device) => plugs.filesystem(device)),
    ...ofEach(
      devices.interfaces.filter(({ source }) => source.type !== 'hostdev'),
      (device) => plugs.interface(device),
    ),
    ...devices.sounds.map((device) => ({ device, plug: plugs.sound(device), isStray: device.model === 'ich7' })),
    ...devices.controllers.filter(mayBeOnPci).map((device) => controller(device, plugs)),
    ...ofEach(devices.disks, (device) => plugs.disk(device)),
    ...ofEach(hostInterfaces, (device) => plugs.interface(device)),
    ...ofEach(devices.hostdevs, (device) => plugs.hostdev(device)),
    ...balloon(devices.memballoon, plugs),
    ...ofEach(devices.rngs, ({ model }) => plugs.virtio(model)),
    ...ofEach(devices.watchdogs, ({ model }) => (model === 'i6300esb' ? pciPlug : undefined)),
    ...ofEach(devices.videos, (device) => plugs.video(device)),
    ...ofEach(devices.shmems, () => pciPlug),
    ...ofEach(devices.inputs, (device) => plugs.input(device)),
    ...ofEach(devices.serials, ({ target }) => (target?.type === 'pci-serial' ? pciPlug : undefined)),
    ...optional(devices.vsock, ({ model }) => plugs.virtio(model)),
    ...ofEach(devices.memory, ({ model }) =>
      model === 'virtio-mem' || model === 'virtio-pmem' ? plugs.express : undefined,
    ),
    ...optional(devices.iommu, ({ model }) => (model === 'virtio' && hasPcieRoot(domain) ? integratedPlug : undefined)),
    ...ofEach(devices.cryptos, () => pciPlug),
    ...ofEach(devices.panics, ({ model }) => (model === 'pvpanic' ? plug(plugs.express.kind) : undefined)),
  ];
}

/** A USB that is switched off leaves the place its document names to others. */
const mayBeOnPci = ({ type, model }: Controller): boolean => type !== 'pci' && !(type === 'usb' && model === 'none');

const controller = (device: Controller, plugs: Plugs): PciDevice => ({
  device,
  plug: plugs.controller(device),
  isStray: device.type === 'xenbus',
});

function balloon(device: Memballoon | undefined, plugs: Plugs): readonly PciDevice[] {
  if (device === undefined || device.model === 'none') return [];
  return device.model === 'xen'
    ? [{ device, plug: undefined, isStray: true }]
    : [{ device, plug: plugs.virtio(device.model) }];
}

function optional<T extends DeviceInfo>(
  device: T | undefined,
  plugOf: (device: T) => Plug | undefined,
): readonly PciDevice[] {
  return device === undefined ? [] : [{ device, plug: plugOf(device) }];
}
