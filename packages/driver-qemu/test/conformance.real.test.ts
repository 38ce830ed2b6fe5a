import { readFileSync } from 'node:fs';
import { hypervisorSuite, openDirect, openOverWire, type Fixtures } from '@virtkit/conformance';
import type { PluginManifest } from '@virtkit/core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { firmwareGuest, missingQemu } from '../src/testing/firmware-guest.js';
import { realKernel, removeFolder, testFolder, type RealKernel } from '../src/testing/real-kernel.js';

const why = await missingQemu();
const skipped = why === undefined ? '' : ` (skipped: ${why})`;
const manifest = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { virtkit: PluginManifest }
).virtkit;
const [contribution] = manifest.contributes;

const fixtures: Fixtures = {
  guest: (name) => firmwareGuest(name),
  device: "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
};
const uri = process.getuid?.() === 0 ? 'qemu:///system' : 'qemu:///session';

for (const [title, open] of [
  ['directly', openDirect],
  ['over the wire', openOverWire],
] as const) {
  describe.skipIf(why !== undefined || contribution === undefined)(`${title}${skipped}`, () => {
    let folder = '';
    let running: RealKernel | undefined;
    beforeAll(async () => {
      folder = await testFolder();
      running = await realKernel(folder);
    });
    afterAll(async () => {
      await running?.[Symbol.asyncDispose]();
      await removeFolder(folder);
    });
    const kernel = () => {
      if (running === undefined) throw new Error('the kernel did not start');
      return running.kernel;
    };
    if (contribution !== undefined) {
      hypervisorSuite(test, () => open({ kernel: kernel(), uri }), fixtures, { contribution });
    }
  });
}
