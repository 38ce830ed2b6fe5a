import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { checkFiles } from './check-files.js';
import { checkLabels } from './check-labels.js';
import { openTpms } from './tpm-passthrough.js';

test.each([
  [
    "<serial type='dev'><source path='/nowhere/tty'/></serial>",
    "Path '/nowhere/tty' is not accessible: No such file or directory",
  ],
  [
    "<interface type='bridge'><source bridge='nobr0'/></interface>",
    "Cannot get interface MTU on 'nobr0': No such device",
  ],
])('%s is refused before anything is made', async (device, message) => {
  await expect(checkFiles(definitionOf(device))).rejects.toThrow(message);
});

test('a kernel that is not there is named', async () => {
  const definition = definitionOf('');
  definition.os.kernel = '/nowhere/vmlinuz';
  await expect(checkFiles(definition)).rejects.toThrow('unable to stat: /nowhere/vmlinuz: No such file or directory');
});

test('a label nobody can give is refused, on the guest and on its devices', () => {
  const definition = definitionOf(
    "<disk type='file'><source file='/d'><seclabel model='selinux' relabel='no'/></source><target dev='vda'/></disk>",
  );
  expect(() => checkLabels(definition)).toThrow("Security driver model 'selinux' is not available");
  definition.devices.disks.length = 0;
  expect(() => checkLabels(definition)).not.toThrow();
  definition.seclabels = [{ type: 'dynamic', model: 'apparmor', relabel: true }];
  expect(() => checkLabels(definition)).toThrow("Security driver model 'apparmor' is not available");
});

test('a TPM of the host that cannot be opened is named', () => {
  const tpm = "<tpm model='tpm-tis'><backend type='passthrough'><device path='/nowhere/tpm0'/></backend></tpm>";
  expect(() => openTpms(definitionOf(tpm))).toThrow(
    'Could not open TPM device /nowhere/tpm0: No such file or directory',
  );
});
