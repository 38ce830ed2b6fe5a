import { type Fixtures, hypervisorSuite, openDirect } from '@virtkit/conformance';
import { type Contribution, createKernel, type Kernel } from '@virtkit/core';
import { refusingHost, silentLogger } from '@virtkit/core/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import plugin from '../src/plugin.js';
import { missingVcsim, startVcsim, type Vcsim } from './vcsim.js';

const missing = missingVcsim();
// JSON is typed as widely as it can be.
const { virtkit } = manifest as unknown as { virtkit: { apiVersion: number; contributes: readonly [Contribution] } };
const nowhere = '/nonexistent';
const fixtures: Fixtures = {
  existingGuest: 'ha-host_VM0',
  snapshot: (name) => `<domainsnapshot><name>${name}</name></domainsnapshot>`,
};

describe.skipIf(missing !== undefined)(
  `the ESX driver keeps what the kit asks${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let vcsim: Vcsim;
    let kernel: Kernel;
    beforeAll(async () => {
      vcsim = await startVcsim('-esx');
      kernel = createKernel({
        directories: { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere },
        host: refusingHost,
        logger: silentLogger,
        plugins: [{ kind: 'given', name: manifest.name, manifest: virtkit, load: async () => ({ default: plugin }) }],
      });
    });
    afterAll(async () => {
      await kernel.close();
      await vcsim[Symbol.asyncDispose]();
    });

    const open = () =>
      openDirect({
        kernel,
        uri: `esx://user@127.0.0.1:${vcsim.port}/?no_verify=1`,
        ask: async (asked) => asked.map(({ type }) => (type === 'username' ? 'user' : 'pass')),
      });
    hypervisorSuite(it, open, fixtures, { contribution: virtkit.contributes[0] });
  },
);
