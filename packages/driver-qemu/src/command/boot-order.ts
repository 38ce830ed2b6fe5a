import type { Disk, Domain } from '@virtkit/schema';

/** The number by which firmware orders each device, by device. */
export type BootOrder = ReadonlyMap<object, number>;

const kinds: Readonly<Record<Disk['device'], string>> = { cdrom: 'cdrom', floppy: 'fd', disk: 'hd', lun: 'hd' };

/** Order of a document: by device, or from the kinds in `<os>`, where the first device of a kind stands for it. */
export function bootOrder(domain: Domain): BootOrder {
  const { disks, interfaces } = domain.devices;
  if (domain.os.boots.length === 0) return ownOrder(domain);
  const order = new Map<object, number>();
  const pending = new Map(domain.os.boots.map(({ dev }, index): [string, number] => [dev, index + 1]));
  const take = (kind: string, device: object): void => {
    const position = pending.get(kind);
    if (position === undefined) return;
    pending.delete(kind);
    order.set(device, position);
  };
  for (const disk of disks) take(kinds[disk.device], disk);
  if (interfaces[0]) take('network', interfaces[0]);
  return order;
}

function ownOrder({ devices }: Domain): BootOrder {
  const bootable = [
    ...devices.disks,
    ...devices.interfaces,
    ...devices.hostdevs,
    ...devices.redirdevs,
    ...devices.filesystems,
  ];
  return new Map(bootable.flatMap((device) => (device.boot ? [[device as object, device.boot.order] as const] : [])));
}
