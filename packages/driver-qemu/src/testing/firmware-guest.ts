import { findProgram } from '@virtkit/host';
import { test } from 'vitest';

/** What tests with a real QEMU lack on this machine; undefined: nothing. */
export async function missingQemu(): Promise<string | undefined> {
  return (await findProgram('qemu-system-x86_64')) === undefined ? 'qemu-system-x86_64 is not installed' : undefined;
}

/** A test that is skipped, and says why in its title, where something is missing. */
export const testUnless =
  (missing: string | undefined) =>
  (title: string, run: () => Promise<void>): void =>
    test.skipIf(missing !== undefined)(missing === undefined ? title : `${title} (skipped: ${missing})`, run);

/** A small guest without disk: it runs its firmware, which finds nothing to boot and waits. `outside`: after `<devices>`. */
export const firmwareGuest = (
  name: string,
  extra: { readonly devices?: string; readonly outside?: string } = {},
): string => `
<domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>${name}</name>
  <memory unit='MiB'>32</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <controller type='scsi' model='virtio-scsi'/>
    <serial type='pty'/>
    ${extra.devices ?? ''}
  </devices>
  ${extra.outside ?? ''}
</domain>`;
