import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fixtures, hypervisorSuite, openDirect, openOverWire } from '@virtkit/conformance';
import { type Contribution, createKernel, directoriesBelow, type Kernel } from '@virtkit/core';
import { silentLogger } from '@virtkit/core/testing';
import { createHost } from '@virtkit/host';
import { afterAll, beforeAll, describe, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import plugin from '../src/plugin.js';

const emulator = 'qemu-system-x86_64';
const missing = spawnSync(emulator, ['--version']).status === 0 ? undefined : `${emulator} is not installed`;
const session = process.getuid?.() !== 0;
const uri = session ? 'qemu:///session' : 'qemu:///system';
// JSON is typed as widely as it can be.
const { virtkit } = manifest as unknown as { virtkit: { apiVersion: number; contributes: readonly [Contribution] } };
const options = { contribution: virtkit.contributes[0] };

/** Guests under emulation: no operating system, so that they run for as long as they are let. */
const folder = mkdtempSync(join(tmpdir(), 'virtkit-kit-qemu-'));
// QEMU runs as a user of its own, who must get through.
chmodSync(folder, 0o755);
const image = join(folder, 'disk.img');
const fixtures: Fixtures = {
  guest: (name) => `<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
</domain>`,
  device: `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${image}'/><target dev='vdb' bus='virtio'/></disk>`,
};

describe.skipIf(missing !== undefined)(
  `the QEMU driver keeps what the kit asks${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let kernel: Kernel;
    beforeAll(async () => {
      writeFileSync(image, Buffer.alloc(1 << 20));
      const directories = directoriesBelow(folder);
      for (const path of Object.values(directories)) mkdirSync(path, { recursive: true, mode: 0o755 });
      kernel = createKernel({
        directories,
        session,
        host: createHost(),
        logger: silentLogger,
        plugins: [{ kind: 'given', name: manifest.name, manifest: virtkit, load: async () => ({ default: plugin }) }],
      });
      await kernel.start();
    });
    afterAll(async () => {
      await kernel.close();
      rmSync(folder, { recursive: true, force: true });
    });

    describe('directly', () => {
      hypervisorSuite(it, () => openDirect({ kernel, uri }), fixtures, options);
    });
    describe('through client and daemon', () => {
      hypervisorSuite(it, () => openOverWire({ kernel, uri }), fixtures, options);
    });
  },
);
