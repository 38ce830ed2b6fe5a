import { hypervisorSuite, openDirect, openOverWire, type Fixtures } from '@virtkit/conformance';
import { createKernel } from '@virtkit/core';
import { refusingHost, silentLogger } from '@virtkit/core/testing';
import { describe, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import testPlugin from '../src/plugin.js';

const nowhere = '/nonexistent';
const { virtkit } = manifest;
const [contribution] = virtkit.contributes;
if (contribution === undefined) throw new Error('the manifest contributes nothing');
const kernel = createKernel({
  directories: { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere },
  logger: silentLogger,
  host: refusingHost,
  // JSON gives strings where the manifest's type has words.
  plugins: [
    { kind: 'given', name: manifest.name, manifest: virtkit as never, load: async () => ({ default: testPlugin }) },
  ],
});

const fixtures: Fixtures = {
  guest: (name) => `<domain type='test'>
  <name>${name}</name>
  <memory unit='KiB'>1048576</memory>
  <vcpu>2</vcpu>
  <os><type>hvm</type></os>
</domain>`,
  device: "<disk type='file' device='disk'><source file='/guest/extra'/><target dev='vdb' bus='virtio'/></disk>",
  snapshot: (name) => `<domainsnapshot><name>${name}</name></domainsnapshot>`,
  pool: (name) => `<pool type='dir'><name>${name}</name><target><path>/virtkit/${name}</path></target></pool>`,
  volume: (name) => `<volume><name>${name}</name><capacity unit='MiB'>1</capacity></volume>`,
  network: (name) => `<network><name>${name}</name><bridge name='virbr7'/></network>`,
};
const options = { contribution: contribution as never };

describe('the test driver, directly', () => {
  hypervisorSuite(it, () => openDirect({ kernel, uri: 'test:///default' }), fixtures, options);
});

describe('the test driver, through client and daemon', () => {
  hypervisorSuite(it, () => openOverWire({ kernel, uri: 'test:///default' }), fixtures, options);
});
