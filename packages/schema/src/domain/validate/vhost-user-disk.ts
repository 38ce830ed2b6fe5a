import { errorsFrom } from '../../errors/virt-error.js';
import type { Disk } from '../devices/disk.js';

const virtError = errorsFrom('DOMAIN');

/** What another process serves cannot be told by QEMU: the word of each setting, and whether a disk has it. */
const foreign: readonly (readonly [word: string, has: (disk: Disk) => boolean])[] = [
  ['blockio', ({ blockio }) => blockio !== undefined],
  ['geometry', ({ geometry }) => geometry !== undefined],
  ['iotune', ({ iotune }) => iotune !== undefined],
  ['serial', ({ serial }) => serial !== undefined],
  ['wwn', ({ wwn }) => wwn !== undefined],
  ['vendor', ({ vendor }) => vendor !== undefined],
  ['product', ({ product }) => product !== undefined],
  ['encryption', ({ encryption, source }) => (source.encryption ?? encryption) !== undefined],
  ['shareable', ({ shareable }) => shareable === true],
  ['transient', ({ transient }) => transient !== undefined],
  ['readonly', ({ readonly }) => readonly === true],
  ['backingStore', ({ backingStore }) => backingStore !== undefined],
  ['cache', ({ driver }) => driver?.cache !== undefined && driver.cache !== 'default'],
  ['error_policy', ({ driver }) => (driver?.errorPolicy ?? driver?.rerrorPolicy) !== undefined],
  ['io', ({ driver }) => driver?.io !== undefined],
  ['ioeventfd', ({ driver }) => driver?.ioeventfd !== undefined],
  ['copy_on_read', ({ driver }) => driver?.copyOnRead !== undefined],
  ['discard', ({ driver }) => driver?.discard !== undefined],
  ['iothread', ({ driver }) => (driver?.iothread ?? driver?.iothreads) !== undefined],
  ['detect_zeroes', ({ driver }) => driver?.detectZeroes !== undefined],
];

/** A disk that another process serves has the settings of its queues, and no others. */
export function validateVhostUser(disk: Disk): void {
  const unsupported = (text: string): never => {
    throw virtError('CONFIG_UNSUPPORTED', text);
  };
  if (disk.target.bus !== 'virtio') unsupported('vhostuser disk supports only virtio bus');
  if (disk.snapshot !== undefined && disk.snapshot !== 'no')
    unsupported('only snapshot=no is supported with vhostuser disk');
  const found = foreign.find(([, has]) => has(disk));
  if (found !== undefined) unsupported(`${found[0]} is not supported with vhostuser disk`);
}
