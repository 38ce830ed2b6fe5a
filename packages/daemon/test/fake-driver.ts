import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ByteDuplex,
  type Call,
  type Connection,
  definePlugin,
  type DomainKey,
  type DomainRef,
  type DomainSummary,
  type EventSink,
  type HypervisorDriver,
  type OpenFile,
  type StorageFacet,
} from '@virtkit/core';
import { type Domain, errorsFrom } from '@virtkit/schema';

const fakeError = errorsFrom('TEST');

interface FakeDomain {
  ref: DomainRef;
  definition: Domain;
  generation: number;
  state: string;
}

/** State of one fake host: domains in memory, one pool `fake` whose volumes are files in a folder. */
export class FakeHost {
  /** Slow calls that have begun and not ended. */
  slowCalls = 0;
  #held: Promise<void> | undefined;

  /** Keeps slow calls from ending. @returns what lets them end */
  holdSlowCalls(): () => void {
    const { promise, resolve } = deferred();
    this.#held = promise;
    return () => {
      this.#held = undefined;
      resolve();
    };
  }

  async slowCall(): Promise<void> {
    this.slowCalls += 1;
    await (this.#held ?? sleep(50));
    this.slowCalls -= 1;
  }

  readonly domains = new Map<string, FakeDomain>();
  /** Files that are open because of a transfer. */
  openFiles = 0;
  /** Consoles that are open. */
  openConsoles = 0;
  nextId = 1;

  constructor(
    readonly events: EventSink,
    readonly folder: string,
  ) {}

  find(by: DomainKey): FakeDomain | undefined {
    for (const domain of this.domains.values()) if (matches(domain.ref, by)) return domain;
    return undefined;
  }

  need(ref: DomainRef): FakeDomain {
    const domain = this.domains.get(ref.uuid);
    if (domain === undefined) throw fakeError('NO_DOMAIN', `no domain with matching uuid '${ref.uuid}'`);
    return domain;
  }

  define(definition: Domain): DomainRef {
    const uuid = definition.uuid ?? '00000000-0000-0000-0000-000000000000';
    const known = this.domains.get(uuid);
    const ref = { uuid, name: definition.name };
    const generation = (known?.generation ?? 0) + 1;
    this.domains.set(uuid, { ref, definition, generation, state: known?.state ?? 'shutoff' });
    this.events.domain(ref, { type: 'lifecycle', event: 'defined', detail: known ? 'updated' : 'added' });
    return ref;
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function matches(ref: DomainRef, by: DomainKey): boolean {
  if ('uuid' in by) return ref.uuid === by.uuid;
  return 'name' in by ? ref.name === by.name : ref.id === by.id;
}

const summary = ({ ref, state }: FakeDomain): DomainSummary => ({
  ref,
  active: ref.id !== undefined,
  persistent: true,
  autostart: false,
  hasManagedSave: false,
  state: { state: state === 'running' ? 'running' : 'shutoff', reason: state === 'running' ? 'booted' : 'destroyed' },
});

/** Enough of every kind of facet to try the daemon with: fast and slow calls, events, streams. */
export function fakeConnection(host: FakeHost): Connection {
  return {
    accepts: {
      'lifecycle.start': ['paused', 'autodestroy'],
      'lifecycle.destroy': ['graceful'],
      'storage.read': ['sparse'],
      'storage.write': ['sparse'],
      'console.open': ['force'],
    },
    link: { encrypted: false, secure: true },
    alive: () => true,
    close: async () => undefined,
    host: {
      type: () => 'FAKE',
      version: async () => 1_002_003,
      hostname: async () => 'fake.example',
      // A slow call, for what happens while calls are in flight.
      sysinfo: async () => {
        await host.slowCall();
        return '<sysinfo/>';
      },
      capabilities: async () => Promise.reject(fakeError('NO_SUPPORT', 'virConnectGetCapabilities')),
    },
    domain: {
      list: async () => [...host.domains.values()].map(summary),
      find: async (by) => {
        const found = host.find(by);
        return found && summary(found);
      },
      info: async (ref) => ({
        state: summary(host.need(ref)).state,
        maxMemoryKiB: 1024,
        memoryKiB: 1024,
        vcpus: 1,
        cpuTimeNs: 0n,
      }),
      definition: async (ref) => host.need(ref).definition,
      generation: (ref) => host.domains.get(ref.uuid)?.generation,
    },
    configuration: {
      define: async (definition) => host.define(definition),
      undefine: async (ref) => {
        host.domains.delete(ref.uuid);
        host.events.domain(ref, { type: 'lifecycle', event: 'undefined', detail: 'removed' });
      },
    },
    lifecycle: {
      start: async (ref, options, call) => start(host, ref, options.autodestroy === true, call),
      destroy: async (ref) => destroy(host, ref),
      shutdown: async (ref) => destroy(host, ref),
    },
    // A display is a file called `display0`, `display1`, …
    console: {
      open: async () => echo(host),
      openGraphicsFd: async (_ref, index) => openFile(host, `display${index}`, 'r'),
    },
    storage: fakeStorage(host),
  };
}

function start(host: FakeHost, ref: DomainRef, autodestroy: boolean, call: Call): DomainRef {
  const domain = host.need(ref);
  domain.ref = { ...domain.ref, id: host.nextId++ };
  domain.state = 'running';
  host.events.domain(domain.ref, { type: 'lifecycle', event: 'resumed', detail: 'unpaused' });
  host.events.domain(domain.ref, { type: 'lifecycle', event: 'started', detail: 'booted' });
  if (autodestroy) call.scope.onClose(async () => destroy(host, domain.ref));
  return domain.ref;
}

function destroy(host: FakeHost, ref: DomainRef): void {
  const domain = host.need(ref);
  domain.ref = { uuid: domain.ref.uuid, name: domain.ref.name };
  domain.state = 'shutoff';
  host.events.domain(domain.ref, { type: 'lifecycle', event: 'stopped', detail: 'destroyed' });
}

/** A console that says everything back in upper case. */
function echo(host: FakeHost): ByteDuplex {
  const said: Uint8Array[] = [];
  let wake: (() => void) | undefined;
  let closed = false;
  host.openConsoles++;
  const close = async (): Promise<void> => {
    if (!closed) host.openConsoles--;
    closed = true;
    wake?.();
  };
  return {
    incoming: (async function* () {
      while (!closed) {
        const next = said.shift();
        if (next) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    })(),
    write: async (chunk) => {
      said.push(Buffer.from(Buffer.from(chunk).toString().toUpperCase()));
      wake?.();
    },
    close,
  };
}

const pool = { uuid: '11111111-1111-1111-1111-111111111111', name: 'fake' };

function fakeStorage(host: FakeHost): StorageFacet {
  const volume = (name: string) => ({ pool: pool.name, name, key: `${host.folder}/${name}` });
  return {
    list: async () => [{ ref: pool, active: true, persistent: true, autostart: false, type: 'dir' }],
    definition: async () => Promise.reject(fakeError('NO_SUPPORT', 'virStoragePoolGetXMLDesc')),
    info: async () => ({ state: 'running', capacity: 1n, allocation: 1n, available: 0n }),
    volumes: async () => [volume('disk')],
    findVolume: async (by) => volume('name' in by ? by.name : 'disk'),
    volume: async () => Promise.reject(fakeError('NO_SUPPORT', 'virStorageVolGetXMLDesc')),
    volumeInfo: async () => ({ type: 'file', capacity: 1n, allocation: 1n }),
    volumePath: async ({ name }) => `${host.folder}/${name}`,
    read: async ({ name }, range, options) => ({
      kind: 'file',
      file: await openFile(host, name, 'r'),
      range,
      sparse: options.sparse === true,
    }),
    write: async ({ name }, range) => ({
      kind: 'file',
      file: await openFile(host, name, 'a+').then(async (file) => {
        await file[Symbol.asyncDispose]();
        return openFile(host, name, 'r+');
      }),
      range,
      finish: async () => undefined,
    }),
  };
}

async function openFile(host: FakeHost, name: string, flags: string): Promise<OpenFile> {
  const handle = await open(`${host.folder}/${name}`, flags);
  host.openFiles++;
  let closed = false;
  return {
    fd: handle.fd,
    [Symbol.asyncDispose]: async () => {
      if (closed) return;
      closed = true;
      host.openFiles--;
      await handle.close();
    },
  };
}

/** The fake as a plugin; `take` gets the host once it is made. */
export const fakePlugin = (folder: string, take: (host: FakeHost) => void = () => undefined) =>
  definePlugin({
    kind: 'hypervisor',
    name: 'fake',
    apiVersion: 1,
    setup: (context): HypervisorDriver => {
      const host = new FakeHost(context.events, folder);
      take(host);
      return {
        traits: { state: 'host' },
        dialect: { virtTypes: ['test'] },
        probe: async () => 'fake:///default',
        open: async () => fakeConnection(host),
      };
    },
  });
