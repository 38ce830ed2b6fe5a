import { mkdirSync } from 'node:fs';
import { type Fixtures, hypervisorSuite, openDirect, openOverWire } from '@virtkit/conformance';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { bareContribution, bareUri, type StorageBed, storageBed } from './storage-bed.js';

describe('storage keeps what the kit asks', () => {
  let bed: StorageBed;
  beforeAll(async () => {
    bed = await storageBed();
    mkdirSync(bed.folder);
  });
  afterAll(() => bed[Symbol.asyncDispose]());

  const fixtures: Fixtures = {
    pool: (name) => `<pool type='dir'><name>${name}</name><target><path>${bed.folder}</path></target></pool>`,
    volume: (name) => `<volume><name>${name}</name><capacity>65536</capacity></volume>`,
  };
  const options = { contribution: bareContribution, hostSubsystems: ['storage'] } as const;

  describe('in the process', () => {
    hypervisorSuite(it, () => openDirect({ kernel: bed.kernel, uri: bareUri }), fixtures, options);
  });
  describe('through client and daemon', () => {
    hypervisorSuite(it, () => openOverWire({ kernel: bed.kernel, uri: bareUri }), fixtures, options);
  });
});
