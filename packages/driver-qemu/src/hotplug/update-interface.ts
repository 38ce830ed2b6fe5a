import type { Call } from '@virtkit/core';
import type { NetworkInterface } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { defaultNetworkModel } from '../complete/devices.js';
import { missingDevice } from '../facets/devices/device-errors.js';
import { changeLive } from '../guests/change-guest.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { carryOver } from './carry-over.js';
import { findDevice } from './edit-devices.js';
import { asClientErrors } from '../monitor/qmp-failure.js';

/** Changes an interface of a running guest as far as that goes without unplugging it: the link, the bridge. */
export async function updateInterface(
  services: QemuServices,
  { guest, monitor, definition }: RunningGuest,
  wanted: NetworkInterface,
  call: Call,
): Promise<void> {
  const changed = structuredClone(definition);
  const found = findDevice(changed, { kind: 'interface', device: wanted });
  const device = changed.devices.interfaces.find((card) => card === found);
  if (device?.alias === undefined) throw missingDevice({ kind: 'interface', device: wanted }, 'live update');
  const capabilities = await services.capabilities.of(definition.devices.emulator ?? '');
  refuseOther(device, wanted, wanted.model?.type ?? defaultNetworkModel(definition, capabilities));
  await changeBridge(services, device, wanted);
  const up = wanted.link?.state !== 'down';
  if ((device.link?.state !== 'down') !== up) await setLink(services, monitor, device, up, call);
  if (wanted.link === undefined) delete device.link;
  else device.link = wanted.link;
  await changeLive(services, guest, (_runtime, current) => ({ definition: carryOver(changed, current) }));
}

function refuseOther(device: NetworkInterface, wanted: NetworkInterface, model: string | undefined): void {
  const refuse = (what: string): never => {
    throw virtError('OPERATION_UNSUPPORTED', `cannot modify ${what}`);
  };
  if (model !== device.model?.type)
    refuse(`network device model from ${device.model?.type ?? '(default)'} to ${model ?? '(default)'}`);
  if (wanted.alias !== undefined && wanted.alias !== device.alias) refuse('network device alias');
  if (wanted.source.type !== device.source.type)
    refuse(`network device type from ${device.source.type} to ${wanted.source.type}`);
  if (wanted.address !== undefined && JSON.stringify(wanted.address) !== JSON.stringify(device.address)) {
    refuse('network device guest PCI address');
  }
}

async function changeBridge(services: QemuServices, device: NetworkInterface, wanted: NetworkInterface): Promise<void> {
  const [from, to] = [device.source, wanted.source];
  if (from.type === 'network' && to.type === 'network' && from.network !== to.network) {
    throw virtError('OPERATION_UNSUPPORTED', "unable to change config on 'network' network type");
  }
  if (from.type !== 'bridge' || to.type !== 'bridge' || from.bridge === to.bridge) return;
  if (device.target?.dev !== undefined) await services.links.setMaster(device.target.dev, to.bridge);
  from.bridge = to.bridge;
}

async function setLink(
  services: QemuServices,
  monitor: RunningGuest['monitor'],
  device: NetworkInterface,
  up: boolean,
  call: Call,
): Promise<void> {
  await asClientErrors(monitor.execute('set_link', { name: device.alias, up }, call));
  if (device.target?.dev !== undefined && !services.session) await services.links.setUp(device.target.dev, up);
}
