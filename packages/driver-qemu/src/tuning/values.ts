import type { Parameters, TuningGroup } from '@virtkit/core';
import { type BlkioDevice, type Domain, numaModes, perfEvents } from '@virtkit/schema';
import { limits } from './limits.js';

type Values = Map<string, number | bigint | string | boolean>;

/** What a definition says of one group, in libvirt's names and order. */
export function definedValues(definition: Domain, group: TuningGroup): Parameters {
  const values: Values = new Map();
  for (const limit of limits)
    if (limit.group === group) values.set(limit.name, BigInt(limit.of(definition) ?? limit.unset));
  return addWords(values, definition, group);
}

/** Adds what no control group says. */
export function addWords(values: Values, definition: Domain, group: TuningGroup): Parameters {
  if (group === 'numa') {
    const { mode = 'strict', nodeset = '' } = definition.numatune?.memory ?? {};
    values.set('numa_mode', numaModes.indexOf(mode));
    values.set('numa_nodeset', nodeset);
  }
  if (group === 'blkio')
    for (const [name, key] of deviceNumbers) values.set(name, perDevice(definition.blkiotune?.devices ?? [], key));
  if (group === 'perf')
    for (const event of perfEvents)
      values.set(event, definition.perf?.some(({ name, enabled }) => name === event && enabled) ?? false);
  return values;
}

const deviceNumbers = [
  ['device_weight', 'weight'],
  ['device_read_iops_sec', 'readIopsSec'],
  ['device_write_iops_sec', 'writeIopsSec'],
  ['device_read_bytes_sec', 'readBytesSec'],
  ['device_write_bytes_sec', 'writeBytesSec'],
] as const;

/** `PATH,NUMBER,…` of the devices that have one. */
const perDevice = (devices: readonly BlkioDevice[], key: Exclude<keyof BlkioDevice, 'path'>): string =>
  devices.flatMap((device) => (Number(device[key] ?? 0) === 0 ? [] : [`${device.path},${device[key]}`])).join(',');
