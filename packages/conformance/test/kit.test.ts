import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, type Contribution, createKernel } from '@virtkit/core';
import { refusingHost, silentLogger } from '@virtkit/core/testing';
import { errorsFrom } from '@virtkit/schema';
import { describe, expect, it } from 'vitest';
import { type ConformanceReport, type Fixtures, hypervisorSuite, openDirect, openOverWire } from '../src/index.js';
import { driverOf, SmallConnection, smallFacets } from './small-driver.js';

const fixtures: Fixtures = {
  guest: (name) => `<domain type='test'><name>${name}</name><memory>2048</memory><os><type>hvm</type></os></domain>`,
};
const error = errorsFrom('TEST');

interface Run {
  readonly connection: Connection;
  readonly facets?: Contribution['facets'];
  readonly wire?: boolean;
  readonly reportFile?: string;
}

/** Runs the whole suite as a test runner would, one test after the other. */
async function run({ connection, facets = smallFacets, wire = false, reportFile }: Run): Promise<ConformanceReport> {
  const contribution: Contribution = {
    kind: 'hypervisor',
    name: 'small',
    schemes: ['small'],
    facets,
    module: './plugin',
  };
  const nowhere = '/nonexistent';
  const kernel = createKernel({
    directories: { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere },
    logger: silentLogger,
    host: refusingHost,
    plugins: [
      {
        kind: 'given',
        name: 'small',
        manifest: { apiVersion: 1, contributes: [contribution] },
        load: async () => ({
          default: { kind: 'hypervisor', name: 'small', apiVersion: 1, setup: () => driverOf(connection) },
        }),
      },
    ],
  });
  const tests: (() => Promise<void>)[] = [];
  const open = () => (wire ? openOverWire : openDirect)({ kernel, uri: 'small:///' });
  const options = reportFile === undefined ? { contribution } : { contribution, reportFile };
  const report = hypervisorSuite((_title, body) => void tests.push(body), open, fixtures, options);
  for (const test of tests) await test().catch(() => undefined);
  return report();
}

const failures = ({ checks }: ConformanceReport): readonly string[] =>
  checks.filter(({ result }) => result === 'fail').map(({ title, reason }) => `${title}: ${reason}`);

/** The correct driver with something wrong in it. */
function wrong(change: (connection: SmallConnection) => object): Connection {
  const connection = new SmallConnection();
  const { accepts, link, host, domain, lifecycle, configuration, events } = connection;
  const right = { accepts, link, host, domain, lifecycle, configuration, events };
  return { ...right, alive: () => true, close: async () => {}, ...change(connection) };
}

describe('the kit', () => {
  it('passes a correct driver, directly and over the wire', async () => {
    expect(failures(await run({ connection: new SmallConnection() }))).toEqual([]);
    const report = await run({ connection: new SmallConnection(), wire: true });
    expect(failures(report)).toEqual([]);
    expect(report.passed).toBeGreaterThan(30);
  });

  it('writes a report that a program can read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'virtkit-report-'));
    const reportFile = join(folder, 'report.json');
    await run({ connection: new SmallConnection(), reportFile });
    const report = JSON.parse(await readFile(reportFile, 'utf8')) as ConformanceReport;
    expect(report).toMatchObject({ driver: 'small', failed: 0 });
    expect(report.checks[0]).toMatchObject({ level: 'L0', way: 'direct', result: 'pass' });
    await rm(folder, { recursive: true });
  });
});

describe('the kit fails a driver that', () => {
  it.each<[string, Run, string]>([
    [
      'has a facet its manifest hides',
      { connection: wrong(() => ({ snapshot: {} })) },
      'has exactly the facets its manifest says',
    ],
    [
      'promises a facet it does not have',
      { connection: new SmallConnection(), facets: [...smallFacets, 'snapshot'] },
      'has exactly the facets its manifest says',
    ],
    [
      'pretends to do what it cannot',
      { connection: wrong(() => ({ security: { label: async () => ({ label: '', enforcing: false }) } })), wire: true },
      'says that it has no security',
    ],
    [
      'leaves active guests out of its list',
      {
        connection: wrong(({ domain }) => ({
          domain: { ...domain, list: async (call: never) => (await domain.list(call)).filter(({ active }) => !active) },
        })),
      },
      'shows a started guest among the active ones at once',
    ],
    [
      'still has the number of a guest that stopped',
      {
        connection: wrong(({ lifecycle }) => ({ lifecycle: { ...lifecycle, destroy: async () => undefined } })),
      },
      'starts a guest, gives it a number, and takes the number away when it is destroyed',
    ],
    [
      'starts a running guest again',
      {
        connection: wrong(({ lifecycle }) => ({
          lifecycle: {
            ...lifecycle,
            start: async (ref: never, options: never, call: never) =>
              lifecycle.start?.(ref, options, call).catch(() => ref),
          },
        })),
      },
      'refuses to start what runs and to stop what does not',
    ],
    [
      'answers with another number than libvirt',
      {
        connection: wrong(({ lifecycle }) => ({
          lifecycle: {
            ...lifecycle,
            destroy: async (ref: never, options: never, call: never) =>
              lifecycle.destroy(ref, options, call).catch(() => Promise.reject(error('INTERNAL_ERROR', 'no'))),
          },
        })),
      },
      'refuses to start what runs and to stop what does not',
    ],
    [
      'says nothing to its subscribers',
      { connection: wrong(() => ({ events: { watch: () => new Promise(() => undefined) } })) },
      'tells of defining, starting, stopping and undefining, before the call is answered',
    ],
    [
      'tells after the call is answered',
      {
        connection: wrong(({ events }) => ({
          events: {
            watch: (sink: { domain(...event: unknown[]): void }, signal: never) =>
              events.watch(
                { ...sink, domain: (...event: unknown[]) => void setTimeout(() => sink.domain(...event), 20) } as never,
                signal,
              ),
          },
        })),
      },
      'tells of defining, starting, stopping and undefining, before the call is answered',
    ],
    [
      'keeps a guest that was undefined',
      {
        connection: wrong(({ configuration }) => ({
          configuration: { ...configuration, undefine: async () => undefined },
        })),
      },
      'keeps a definition, and forgets it when it is undefined',
    ],
    [
      'finds a guest by any uuid',
      {
        connection: wrong(({ domain }) => ({
          domain: { ...domain, find: async (_by: never, call: never) => (await domain.list(call))[0] },
        })),
      },
      'tells two guests apart by name and by uuid',
    ],
    [
      'loses a field of its document',
      {
        connection: wrong(({ configuration }) => ({
          configuration: {
            ...configuration,
            define: async (definition: { title?: string; memory: { size?: number } }, call: never) => {
              definition.memory.size = (definition.memory.size ?? 0) + 1;
              return configuration.define?.(definition as never, call);
            },
          },
        })),
      },
      'reads its own document back to the same document',
    ],
    [
      'finds a guest by its name in capitals',
      {
        connection: wrong(({ domain }) => ({
          domain: {
            ...domain,
            find: async (by: { name?: string }, call: never) =>
              'name' in by
                ? (await domain.list(call)).find(({ ref }) => ref.name.toLowerCase() === by.name?.toLowerCase())
                : domain.find(by as never, call),
          },
        })),
      },
      'tells two guests apart by name and by uuid',
    ],
    [
      'counts memory in bytes',
      {
        connection: wrong(({ domain }) => ({
          domain: {
            ...domain,
            info: async (ref: never, call: never) => {
              const info = await domain.info(ref, call);
              return { ...info, memoryKiB: info.memoryKiB * 1024, maxMemoryKiB: info.maxMemoryKiB * 1024 };
            },
          },
        })),
      },
      'gives figures and a document of a guest, with its name and uuid',
    ],
    [
      'gives no whole document of its host',
      {
        connection: wrong(({ host }) => ({
          host: { ...host, capabilities: async () => '<capabilities>\n  <host>\n</capabilities>\n' },
        })),
      },
      'describes its host as a capabilities document',
    ],
    [
      'still finds a guest by the number it had',
      {
        connection: wrong(({ domain, lifecycle }) => {
          const had = new Map<number, string>();
          return {
            domain: {
              ...domain,
              find: async (by: { id?: number }, call: never) =>
                'id' in by && had.has(by.id ?? 0)
                  ? domain.find({ uuid: had.get(by.id ?? 0) ?? '' }, call)
                  : domain.find(by as never, call),
            },
            lifecycle: {
              ...lifecycle,
              start: async (ref: never, options: never, call: never) => {
                const started = await lifecycle.start?.(ref, options, call);
                had.set(started?.id ?? 0, started?.uuid ?? '');
                return started;
              },
            },
          };
        }),
      },
      'starts a guest, gives it a number, and takes the number away when it is destroyed',
    ],
    [
      'gives every guest the same number',
      {
        connection: wrong(({ domain, lifecycle }) => {
          const same = <R extends { readonly id?: number }>(ref: R): R =>
            ref.id === undefined ? ref : { ...ref, id: 1 };
          return {
            domain: {
              ...domain,
              list: async (call: never) => (await domain.list(call)).map((each) => ({ ...each, ref: same(each.ref) })),
              find: async (by: { id?: number }, call: never) => {
                const all = (await domain.list(call)).map((each) => ({ ...each, ref: same(each.ref) }));
                return all.find(({ ref }) =>
                  Object.entries(by).some(([key, value]) => Reflect.get(ref, key) === value && value !== undefined),
                );
              },
            },
            lifecycle: {
              ...lifecycle,
              start: async (ref: never, options: never, call: never) =>
                same((await lifecycle.start?.(ref, options, call)) ?? ref),
            },
          };
        }),
      },
      'gives each running guest a number of its own',
    ],
    [
      'shuts down what does not run',
      {
        connection: wrong(({ lifecycle }) => ({
          lifecycle: {
            ...lifecycle,
            shutdown: async (ref: never, options: never, call: never) =>
              lifecycle.shutdown?.(ref, options, call).catch(() => undefined),
          },
        })),
      },
      'refuses to start what runs and to stop what does not',
    ],
    [
      'tells everything twice',
      {
        connection: wrong(({ events }) => ({
          events: {
            watch: (sink: { domain(...event: unknown[]): void }, signal: never) =>
              events.watch(
                {
                  ...sink,
                  domain: (...event: unknown[]) => {
                    sink.domain(...event);
                    sink.domain(...event);
                  },
                } as never,
                signal,
              ),
          },
        })),
      },
      'tells of each change once, with the reason libvirt gives',
    ],
    [
      'calls a guest that was destroyed one that shut down',
      {
        connection: wrong(({ events }) => ({
          events: {
            watch: (sink: { domain(ref: unknown, event: { event?: string }): void }, signal: never) =>
              events.watch(
                {
                  ...sink,
                  domain: (ref: unknown, event: { event?: string }) =>
                    sink.domain(ref, event.event === 'stopped' ? ({ ...event, detail: 'shutdown' } as never) : event),
                } as never,
                signal,
              ),
          },
        })),
      },
      'tells of each change once, with the reason libvirt gives',
    ],
  ])('%s', async (_what, options, title) => {
    const failed = failures(await run(options));
    expect(failed.map((line) => line.split(': ')[0])).toContain(title);
  });
});
