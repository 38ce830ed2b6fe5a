import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type Connection,
  type FacetName,
  type Facets,
  has,
  type Operation,
  supports,
} from '../src/contract/connection.js';
import { type DriverEntry, operationHomes } from '../src/contract/operations.js';
import { esxEntries, phypEntries, qemuEntries } from './filled-entries.js';

type Homes = typeof operationHomes;
type HomeOf<E extends DriverEntry> = {
  [T in keyof Homes]: E extends keyof Homes[T] ? Homes[T][E] : never;
}[keyof Homes];
type OperationsOf<E extends DriverEntry> = Extract<HomeOf<E>, Operation>;
type FacetOfOperation<O extends Operation> = O extends `${infer F}.${string}` ? F & FacetName : never;
type MethodsIn<O extends Operation, F extends FacetName> = O extends `${F}.${infer M}` ? M & keyof Facets[F] : never;

/** A connection that has exactly what the entries need, and the kernel's own minimum. */
type Mock<E extends DriverEntry, O extends Operation = OperationsOf<E>> = {
  readonly [F in FacetOfOperation<O>]: Required<Pick<Facets[F], MethodsIn<O, F>>>;
} & Pick<Connection, 'accepts' | 'link' | 'alive' | 'close'> & {
    readonly host: Pick<Facets['host'], 'type' | 'capabilities'>;
    readonly domain: Facets['domain'];
  };

type Qemu = Mock<(typeof qemuEntries)[number]>;
type Esx = Mock<(typeof esxEntries)[number]>;
type Phyp = Mock<(typeof phypEntries)[number]>;

const minimum: readonly Operation[] = [
  'host.type',
  'host.capabilities',
  'domain.list',
  'domain.find',
  'domain.info',
  'domain.definition',
];

function homeOf(entry: string): Operation | 'kernel' {
  for (const table of Object.values(operationHomes)) {
    const home: unknown = Reflect.get(table, entry);
    if (typeof home === 'string') return home as Operation | 'kernel';
  }
  throw new Error(`no home for ${entry}`);
}

function operationsOf(entries: readonly string[]): ReadonlySet<Operation> {
  const homes = entries.map(homeOf).filter((home) => home !== 'kernel');
  return new Set([...homes, ...minimum]);
}

/** Every operation present answers that it is a mock. */
function mockConnection(entries: readonly string[]): Connection {
  const facets: Record<string, Record<string, () => never>> = {};
  for (const operation of operationsOf(entries)) {
    const [facet = '', method = ''] = operation.split('.');
    (facets[facet] ??= {})[method] = () => {
      throw new Error(`${operation} of a mock`);
    };
  }
  return {
    accepts: {},
    link: { encrypted: false, secure: false },
    alive: () => true,
    close: async () => {},
    ...facets,
  } as never;
}

const everyOperation = new Set(Object.values(operationHomes).flatMap((table) => Object.values(table))) as ReadonlySet<
  Operation | 'kernel'
>;

describe.each([
  ['qemu', qemuEntries],
  ['esx', esxEntries],
  ['phyp', phypEntries],
] as const)('a mock of %s', (_name, entries) => {
  it('offers what its libvirt driver fills and nothing else', () => {
    const connection = mockConnection(entries);
    const offered = operationsOf(entries);
    for (const operation of everyOperation)
      if (operation !== 'kernel') expect(supports(connection, operation), operation).toBe(offered.has(operation));
  });
});

describe('the contract', () => {
  it('asks no driver for more than its libvirt driver has', () => {
    expectTypeOf<Qemu>().toExtend<Connection>();
    expectTypeOf<Esx>().toExtend<Connection>();
    expectTypeOf<Phyp>().toExtend<Connection>();
  });

  it('does not compile what a driver lacks', () => {
    const phyp = mockConnection(phypEntries) as unknown as Phyp;
    const esx = mockConnection(esxEntries) as unknown as Esx;
    // @ts-expect-error POWER has no snapshots
    expect(phyp.snapshot).toBeUndefined();
    // @ts-expect-error POWER has no suspend
    expect(phyp.lifecycle.suspend).toBeUndefined();
    // @ts-expect-error ESX has no block jobs
    expect(esx.blockJob).toBeUndefined();
    expect(esx.snapshot.revert).toBeTypeOf('function');
  });

  it('narrows to a facet that is there', () => {
    const connection = mockConnection(qemuEntries);
    expect(has(connection, 'snapshot') && typeof connection.snapshot.create).toBe('function');
    expect(has(mockConnection(phypEntries), 'snapshot')).toBe(false);
  });
});

const reference = join(corpusDirectory(), '..', 'reference', 'driver-matrix.json');

function corpusDirectory(): string {
  const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
  return process.env['VIRTKIT_CORPUS'] ?? join(repository, '..', 'shared', 'corpus');
}

interface Matrix {
  readonly tables: Readonly<Record<string, { readonly count: number; readonly methods: readonly string[] }>>;
  readonly drivers: Readonly<Record<string, { readonly tables: Readonly<Record<string, unknown>> }>>;
  readonly historic: Readonly<Record<string, { readonly tables: Readonly<Record<string, unknown>> }>>;
}

function filled(tables: Readonly<Record<string, unknown>>): readonly string[] {
  const lists = Object.entries(tables).filter(([table]) => table !== 'state' && table !== 'stream');
  const methods = lists.flatMap(
    ([, found]) => (Array.isArray(found) ? found : [found]) as { readonly methods: object }[],
  );
  return [...new Set(methods.flatMap((table) => Object.keys(table.methods)))];
}

describe.skipIf(!existsSync(reference))(
  `against libvirt's driver matrix (skipped without ${'driver-matrix.json'})`,
  () => {
    const matrix = existsSync(reference) ? (JSON.parse(readFileSync(reference, 'utf8')) as Matrix) : undefined;

    it('gives each of the 420 entries exactly one home', () => {
      const tables = Object.fromEntries(
        Object.entries(operationHomes).map(([table, homes]) => [table, Object.keys(homes)]),
      );
      const expected = Object.fromEntries(
        Object.entries(matrix?.tables ?? {}).map(([table, { methods }]) => [table, methods]),
      );
      expect(tables).toEqual(expected);
      expect(Object.values(tables).flat()).toHaveLength(420);
      expect(new Set(Object.values(tables).flat()).size).toBe(420);
    });

    it('mocks fill what the real drivers fill', () => {
      expect(filled(matrix?.drivers['qemu']?.tables ?? {})).toEqual(qemuEntries);
      expect(filled(matrix?.drivers['esx']?.tables ?? {})).toEqual(esxEntries);
      expect(filled(matrix?.historic['phyp']?.tables ?? {})).toEqual(phypEntries);
    });
  },
);
