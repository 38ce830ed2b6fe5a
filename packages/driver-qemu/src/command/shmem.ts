import type { Shmem } from '@virtkit/schema';
import { addressProperties } from './address.js';
import type { CommandContext, Section } from './context.js';
import { qemuError } from './errors.js';
import { device, object, pairs, type QemuOption } from './option.js';
import { onOff } from './switch-text.js';

/** Memory shared between guests: plain, or with a server that lets them ring each other. */
export const shmemSection: Section = (context) =>
  context.domain.devices.shmems.flatMap((shmem) => shmemOptions(shmem, context));

function shmemOptions(shmem: Shmem, { domain }: CommandContext): readonly QemuOption[] {
  if (shmem.address?.type !== 'pci')
    throw qemuError('CONFIG_UNSUPPORTED', "only 'pci' addresses are supported for the shared memory device");
  const { alias, server, msi } = shmem;
  const address = addressProperties(shmem, domain);
  if (shmem.model?.type === 'ivshmem-doorbell') {
    const path = server?.path ?? `/var/lib/libvirt/shmem-${shmem.name}-sock`;
    return [
      device({
        driver: 'ivshmem-doorbell',
        id: alias,
        chardev: `char${alias}`,
        vectors: msi?.vectors,
        ioeventfd: msi?.ioeventfd,
        ...address,
      }),
      pairs('chardev', 'socket', ['id', `char${alias}`], ['path', path]),
    ];
  }
  const memory = `shmmem-${alias}`;
  const size = (shmem.size ?? defaultSize) * 1024;
  return [
    object({ 'qom-type': 'memory-backend-file', id: memory, 'mem-path': `/dev/shm/${shmem.name}`, size, share: true }),
    device({ driver: 'ivshmem-plain', id: alias, memdev: memory, master: master(shmem), ...address }),
  ];
}

/** KiB */
const defaultSize = 4096;

const master = ({ role }: Shmem): string | undefined =>
  role === 'master' || role === 'peer' ? onOff(role === 'master') : undefined;
