import { createKernel, inProcessCall, type Kernel, type KernelOptions, type Logger, type Session } from '@virtkit/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import testPlugin from './plugin.js';
import manifest from '../package.json' with { type: 'json' };

const logger: Logger = { debug() {}, info() {}, warning() {}, error() {}, child: () => logger };

function testKernel(): Kernel {
  const nowhere = '/nonexistent';
  const options: KernelOptions = {
    directories: { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere },
    logger,
    host: {
      commands: { run: refuse, expect: refuse, find: () => Promise.resolve(undefined) },
      files: { write: refuse, stage: refuse, remove: refuse, link: refuse },
      user: { uid: 0, gid: 0, privileged: true },
    },
    // The manifest of the package, as discovery reads it.
    plugins: [
      {
        kind: 'given',
        name: manifest.name,
        manifest: manifest.virtkit as never,
        load: async () => ({ default: testPlugin }),
      },
    ],
  };
  return createKernel(options);
}
const refuse = (): Promise<never> => Promise.reject(new Error('the test driver uses no host'));

describe('test:///default', () => {
  let kernel: Kernel;
  let session: Session;
  beforeAll(async () => {
    kernel = testKernel();
    session = await kernel.open('test:///default', inProcessCall());
  });
  afterAll(async () => {
    await session.close();
    await kernel.close();
  });

  it('shows one running guest with its figures', async () => {
    const [domain] = await session.domains.list();
    expect(domain).toMatchObject({ ref: { name: 'test', id: 1 }, active: true, persistent: true });
    expect(await session.domains.info(domain!.ref)).toMatchObject({
      maxMemoryKiB: 8_388_608,
      memoryKiB: 2_097_152,
      vcpus: 2,
    });
    expect(await session.domains.osType(domain!.ref)).toBe('linux');
  });

  it('names uuid and name of a guest that is gone', async () => {
    const uuid = '00000000-0000-4000-8000-000000000000';
    await expect(session.domains.info({ uuid, name: 'gone' })).rejects.toMatchObject({
      code: 42,
      message: `Domain not found: no domain with matching uuid '${uuid}' (gone)`,
    });
  });

  it('keeps the document as long as nothing changes', async () => {
    const { ref } = await session.domains.lookupByName('test');
    const first = await session.domains.document(ref);
    expect(await session.domains.document(ref)).toBe(first);
    expect(first.text).toContain("<domain type='test' id='1'>");
    await session.domains.suspend(ref);
    expect(await session.domains.document(ref)).not.toBe(first);
    await session.domains.resume(ref);
  });

  it('tells of a start before it is answered', async () => {
    const seen: string[] = [];
    using _ = session.events.onDomain({ type: 'lifecycle' }, ({ event }) => {
      if (event.type === 'lifecycle') seen.push(`${event.event} ${event.detail}`);
    });
    const xml = "<domain type='test'><name>n</name><memory>1024</memory><os><type>hvm</type></os></domain>";
    const ref = await session.domains.define(xml);
    await session.domains.start(ref);
    expect(seen).toEqual(['defined added', 'started booted']);
    await session.domains.destroy(ref);
    await session.domains.undefine(ref);
    expect(seen.slice(2)).toEqual(['stopped destroyed', 'undefined removed']);
  });

  it('lists pools, networks, interfaces and devices', async () => {
    expect((await session.storagePools.list()).map(({ ref }) => ref.name)).toEqual(['default-pool']);
    expect((await session.networks.list()).map(({ ref }) => ref.name)).toEqual(['default']);
    expect((await session.interfaces.list()).map(({ ref }) => ref.name)).toEqual(['eth1']);
    expect((await session.nodeDevices.list()).map(({ name }) => name)).toEqual(['computer', 'scsi_host1']);
  });

  it('has no secrets and says so', async () => {
    await expect(session.secrets.list()).rejects.toMatchObject({
      code: 3,
      origin: 30,
      message: 'this function is not supported by the connection driver: virConnectListAllSecrets',
    });
  });
});
