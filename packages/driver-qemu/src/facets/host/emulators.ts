import { findProgram } from '@virtkit/host';
import type { Architecture } from '@virtkit/schema';
import type { FindProgram } from './program-finder.js';

/** What QEMU calls an architecture, where it differs from the document's name. */
const qemuNames: Readonly<Record<string, string>> = {
  i686: 'i386',
  armv6l: 'arm',
  armv7l: 'arm',
  openrisc: 'or32', // libvirt's word: QEMU's own is `or1k` today, so such an emulator is found by its path alone
};

/** Architectures QEMU has system emulators for, in the order clients list them. */
export const architectures = [
  'aarch64',
  'armv7l',
  'alpha',
  'cris',
  'i686',
  'loongarch64',
  'm68k',
  'microblaze',
  'microblazeel',
  'mips',
  'mipsel',
  'mips64',
  'mips64el',
  'openrisc',
  'parisc',
  'parisc64',
  'ppc',
  'ppc64',
  'riscv32',
  'riscv64',
  's390x',
  'sh4',
  'sh4eb',
  'sparc',
  'sparc64',
  'x86_64',
  'xtensa',
  'xtensaeb',
] as const satisfies readonly Architecture[];

/** The host's architecture in the names of documents. */
export const hostArchitecture = (name: string): string =>
  ({ x64: 'x86_64', ia32: 'i686', arm64: 'aarch64', arm: 'armv7l' })[name] ?? name;

/** Where the emulator for an architecture lies; 64-bit x86 stands in for 32-bit. */
export async function findEmulator(
  arch: string,
  host: string,
  find: FindProgram = findProgram,
): Promise<string | undefined> {
  const found = await find(`qemu-system-${qemuNames[arch] ?? arch}`);
  if (found !== undefined) return found;
  if (arch === 'i686') return await find('qemu-system-x86_64');
  if (arch !== host) return undefined;
  return (await find('qemu-kvm')) ?? (await find('/usr/libexec/qemu-kvm'));
}
