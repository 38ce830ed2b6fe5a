import { errorsFrom } from '@virtkit/schema';
import type { DeviceInfo, Domain } from '@virtkit/schema';
import { isPseries } from '../complete/machine.js';

const virtError = errorsFrom('QEMU');

/** First register of each kind of device, as QEMU gives it. */
const registers = { net: 0x1000, scsi: 0x2000, nvram: 0x3000, tpm: 0x4000, serial: 0x30000000 } as const;
const step = 0x1000;

interface Wanted {
  readonly device: DeviceInfo;
  readonly first: number;
}

/** Devices of the virtual bus of pseries machines get registers of their own, even where the machine lacks that bus. */
export function assignSpaprVioAddresses(domain: Domain): void {
  const wanted = vioDevices(domain);
  const used = new Set<number>();
  for (const { device } of wanted) reserve(device, used);
  for (const { device, first } of wanted) assign(device, first, used);
}

function vioDevices(domain: Domain): readonly Wanted[] {
  const { devices } = domain;
  const each = (list: readonly DeviceInfo[], kind: keyof typeof registers): readonly Wanted[] =>
    list
      .filter(({ address }) => address === undefined || address.type === 'spapr-vio')
      .map((device) => ({ device, first: registers[kind] }));
  return [
    ...each(
      devices.interfaces.filter(({ model }) => model?.type === 'spapr-vlan'),
      'net',
    ),
    ...each(
      devices.controllers.filter(({ model }) => model === 'ibmvscsi'),
      'scsi',
    ),
    ...each(
      devices.serials.filter(({ target }) => target?.type === 'spapr-vio-serial'),
      'serial',
    ),
    ...each(devices.nvram === undefined || !isPseries(domain) ? [] : [devices.nvram], 'nvram'),
    ...each(
      devices.tpms.filter(({ model }) => model === 'tpm-spapr'),
      'tpm',
    ),
  ];
}

function reserve({ address }: DeviceInfo, used: Set<number>): void {
  if (address?.type !== 'spapr-vio' || address.reg === undefined) return;
  if (used.has(address.reg))
    throw virtError('XML_ERROR', `spapr-vio address 0x${address.reg.toString(16)} already in use`);
  used.add(address.reg);
}

function assign(device: DeviceInfo, first: number, used: Set<number>): void {
  if (device.address?.type === 'spapr-vio' && device.address.reg !== undefined) return;
  let reg = first;
  while (used.has(reg)) reg += step;
  used.add(reg);
  device.address = { type: 'spapr-vio', reg };
}
