import type { Domain, Filesystem } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { has, unsupported } from './refuse.js';
import { hasSharedMemory } from './shared-memory.js';

/** Folders of the host. */
export function checkFilesystems(domain: Domain, facts: QemuFacts): void {
  for (const filesystem of domain.devices.filesystems) checkFilesystem(filesystem, domain, facts);
}

function checkFilesystem(filesystem: Filesystem, domain: Domain, facts: QemuFacts): void {
  const { source, driver, accessmode } = filesystem;
  if (source.type !== 'mount') unsupported('only supports mount filesystem type');
  switch (driver?.type) {
    case 'handle':
      if ((accessmode ?? 'passthrough') !== 'passthrough') unsupported('only supports passthrough accessmode');
      break;
    case 'loop':
    case 'nbd':
    case 'ploop':
      unsupported('Filesystem driver type not supported');
      break;
    case 'virtiofs':
      checkVirtiofs(filesystem, domain, facts);
      return;
  }
  const hasModes = filesystem.fmode !== undefined || filesystem.dmode !== undefined;
  if (hasModes && accessmode !== 'mapped') unsupported('fmode and dmode must be used with accessmode=mapped');
}

function checkVirtiofs(filesystem: Filesystem, domain: Domain, facts: QemuFacts): void {
  if (!has(facts, 'vhost-user-fs')) unsupported('virtiofs is not supported with this QEMU binary');
  if (filesystem.accessmode !== undefined && filesystem.accessmode !== 'passthrough') {
    unsupported('virtiofs only supports passthrough accessmode');
  }
  if (filesystem.driver?.wrpolicy !== undefined && filesystem.driver.wrpolicy !== 'default')
    unsupported('virtiofs does not support wrpolicy');
  if (filesystem.model !== undefined) unsupported(`virtiofs does not support model ${filesystem.model}`);
  if (filesystem.driver?.format !== undefined) unsupported('virtiofs does not support format');
  if (filesystem.fmode !== undefined || filesystem.dmode !== undefined)
    unsupported('virtiofs does not support fmode and dmode');
  if (filesystem.multidevs !== undefined && filesystem.multidevs !== 'default')
    unsupported('virtiofs does not support multidevs');
  if (!hasSharedMemory(domain)) unsupported("'virtiofs' requires shared memory");
}
