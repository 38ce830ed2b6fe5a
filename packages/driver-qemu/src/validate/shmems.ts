import type { Domain, Shmem } from '@virtkit/schema';
import { unsupported, xmlError } from './refuse.js';

/** Memory that guests share, plain or through a server. */
export function checkShmems({ devices }: Domain): void {
  for (const shmem of devices.shmems) checkShmem(shmem);
}

const mebibyte = 1024;
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

function checkShmem({ model, size, server }: Shmem): void {
  if (size !== undefined && size > 0 && (size < mebibyte || !isPowerOfTwo(size)))
    xmlError('shmem size must be a power of 2 and at least 1 MiB (1024 KiB)');
  switch (model?.type) {
    case 'ivshmem':
      unsupported('ivshmem device is no longer supported');
    case 'ivshmem-plain':
      if (server !== undefined)
        unsupported("shmem model 'ivshmem-plain' is supported only with server option disabled");
      break;
    case 'ivshmem-doorbell':
      if (server === undefined)
        unsupported("shmem model 'ivshmem-doorbell' is supported only with server option enabled");
      if (size !== undefined) unsupported("shmem model 'ivshmem-doorbell' does not support size setting");
      break;
  }
}
