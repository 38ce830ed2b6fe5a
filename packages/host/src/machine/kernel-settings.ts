import { access, writeFile } from 'node:fs/promises';
import { systemError } from '../errors.js';

/**
 * Sets one of the kernel's parameters (`net/ipv4/ip_forward`). One the kernel lacks (IPv6 compiled out) is as good as off.
 * @throws `SYSTEM_ERROR` with the kernel's reason. @see sysctl(8)
 */
export async function setKernelParameter(name: string, value: string): Promise<void> {
  const path = `/proc/sys/${name}`;
  try {
    await access(path);
  } catch {
    return;
  }
  try {
    await writeFile(path, value);
  } catch (cause) {
    throw systemError(`cannot write to '${path}'`, cause);
  }
}
