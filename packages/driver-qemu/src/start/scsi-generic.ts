import { readdir } from 'node:fs/promises';
import { systemError } from '@virtkit/host';
import type { Domain, Hostdev } from '@virtkit/schema';
import { virtError } from '../errors.js';

type ScsiSource = Extract<Hostdev['source'], { type: 'scsi' }>;

/** Finds the character device QEMU sends commands to, `sg0`, of a SCSI device of the host. */
export type ScsiGeneric = (source: ScsiSource) => string | undefined;

/**
 * Looks up the SCSI devices of the host a definition names.
 * @throws `SYSTEM_ERROR` where the host has no such device, `INTERNAL_ERROR` for an adapter that is none
 */
export async function scsiGenericOf({ devices }: Pick<Domain, 'devices'>): Promise<ScsiGeneric> {
  const found = new Map<string, string | undefined>();
  for (const { source } of devices.hostdevs) {
    if (source.type !== 'scsi' || source.protocol !== undefined) continue;
    const place = placeOf(source);
    found.set(place, await genericName(`/sys/bus/scsi/devices/${place}/scsi_generic`));
  }
  return (source) => found.get(placeOf(source));
}

async function genericName(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw systemError(`cannot open directory '${folder}'`, cause);
  });
  return names[0];
}

/** As the kernel names it: host, bus, target and unit. */
function placeOf({ adapter, address }: ScsiSource): string {
  const name = adapter?.name ?? '';
  const host = /^scsi_host(\d+)$/.exec(name)?.[1];
  if (host === undefined) throw virtError('INTERNAL_ERROR', `Cannot parse adapter '${name}'`);
  return [Number(host), address?.bus ?? 0, address?.target ?? 0, address?.unit ?? 0].join(':');
}
