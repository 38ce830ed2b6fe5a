import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { QemuUser } from './qemu-user.js';

/** Whether QEMU, run as `user` (undefined: as we are), may open `/dev/kvm`; its being there alone means nothing. */
export async function mayUseKvm(user: QemuUser | undefined, device = '/dev/kvm'): Promise<boolean> {
  if (user === undefined || user.uid === 0) return await canOpen(device);
  const node = statSync(device, { throwIfNoEntry: false });
  if (node === undefined) return false;
  if (node.uid === user.uid) return (node.mode & 0o600) === 0o600;
  if (node.gid === user.gid) return (node.mode & 0o060) === 0o060;
  return (node.mode & 0o006) === 0o006;
}

async function canOpen(device: string): Promise<boolean> {
  try {
    await (await open(device, 'r+')).close();
    return true;
  } catch {
    return false; // whatever keeps us out keeps KVM from being used
  }
}
