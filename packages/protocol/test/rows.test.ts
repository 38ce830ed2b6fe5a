import { describe, expect, it } from 'vitest';
import {
  type AccessRule,
  admin,
  type AnyCallRow,
  type AnyEventRow,
  apiOf,
  keepalive,
  lxc,
  type Program,
  qemu,
  remote,
} from '../src/index.js';
import {
  camel,
  loadReference,
  type Reference,
  type ReferenceAcl,
  type ReferenceProcedure,
  type ReferenceTypes,
  rowsOf,
  shapeOf,
} from './reference.js';

const reference = loadReference<Reference>('rpc.json');
const api = loadReference<{ functions: readonly { name: string; onReadOnly: string }[] }>('api.json');
const programs: readonly Program[] = [remote, qemu, lxc, admin, keepalive];

describe.skipIf(reference === undefined)('procedure tables against the reference (skipped without rpc.json)', () => {
  for (const program of programs) {
    const expected = reference?.programs[program.name];
    if (expected === undefined) continue;
    it(`${program.name}: number, version and ${expected.procedures.length} procedures`, () => {
      expect([program.id, program.version]).toEqual([expected.program, expected.version]);
      expect(
        rowsOf(program)
          .map(([, row]) => row.number)
          .sort(ascending),
      ).toEqual(expected.procedures.map(({ number }) => number).sort(ascending));
    });
    it(`${program.name}: names, fields, limits and rules of every row`, () => {
      const types = { types: { ...reference?.programs['remote']?.types, ...expected.types } };
      for (const procedure of expected.procedures) compareRow(program, types, procedure);
    });
  }

  it('says of every call what a read-only connection may do, as the public function does', () => {
    const rules = new Map(api?.functions.map(({ name, onReadOnly }) => [name, onReadOnly]));
    for (const [name, row] of rowsOf(remote)) {
      const expected = rules.get(row.kind === 'call' ? apiOf(name, row) : '');
      if (expected === undefined || row.kind !== 'call') continue;
      const actual = row.readOnly === undefined ? 'allowed' : row.readOnly === 'denied' ? 'denied' : 'conditional';
      expect([name, actual]).toEqual([name, expected]);
    }
  });
});

describe('programs', () => {
  it('find a row by its procedure number', () => {
    expect(remote.nameOf(23)).toBe('domainLookupByName');
    expect(remote.nameOf(999)).toBeUndefined();
    expect(remote.nameOf(-1)).toBeUndefined();
  });
});

const ascending = (a: number, b: number): number => a - b;

function compareRow(program: Program, types: ReferenceTypes, expected: ReferenceProcedure): void {
  const name = program.nameOf(expected.number) ?? '';
  const row = program.rows[name];
  expect(name.toLowerCase()).toBe(camel(expected.name).toLowerCase());
  if (row?.kind === 'event') compareEvent(row, types, expected);
  else if (row?.kind === 'call') compareCall(name, row, types, expected);
  else expect.fail(`no row ${expected.number}`);
}

function compareEvent(row: AnyEventRow, types: ReferenceTypes, expected: ReferenceProcedure): void {
  expect(expected.event).toBe(true);
  expect(row.message.shape).toEqual(shapeOf(types, expected.msg));
  if (!expected.source) return;
  expect([row.class, row.id, row.legacy ?? false]).toEqual([
    expected.source.class,
    expected.source.eventId,
    expected.source.legacy ?? false,
  ]);
}

function compareCall(name: string, row: AnyCallRow, types: ReferenceTypes, expected: ReferenceProcedure): void {
  expect(expected.event).toBe(false);
  expect([name, row.args.shape]).toEqual([name, shapeOf(types, expected.args)]);
  expect([name, row.ret.shape]).toEqual([name, shapeOf(types, expected.ret)]);
  expect([name, row.priority ?? 'low']).toEqual([name, expected.priority]);
  expect([name, row.beforeAuth ?? false]).toEqual([name, !expected.needAuth]);
  expect([name, row.acl ?? []]).toEqual([name, (expected.acl ?? []).map(accessRule)]);
  expect([name, row.aclFilter ?? []]).toEqual([name, (expected.aclFilter ?? []).map(accessRule)]);
  expect([name, row.stream?.direction, row.stream?.sparseFlag]).toEqual([
    name,
    expected.stream?.direction,
    expected.stream?.sparseFlagValue,
  ]);
  expect([name, row.fds]).toEqual([name, fdsOf(expected)]);
  if (expected.api) expect(apiOf(name, row)).toBe(expected.api);
}

function accessRule(acl: ReferenceAcl): AccessRule {
  const permission = `${acl.object}:${acl.permission}`;
  if (acl.param !== undefined) return { permission, whenParameter: camel(acl.param), equals: acl.paramNumber ?? -1 };
  if (acl.flagsMask === undefined) return permission;
  return acl.appliesWhen === 'allSet'
    ? { permission, whenFlags: acl.flagsMask }
    : { permission, unlessFlags: acl.flagsMask };
}

function fdsOf(expected: ReferenceProcedure): 'in' | 'out' | 'both' | undefined {
  if (expected.fds?.in) return expected.fds.out ? 'both' : 'in';
  return expected.fds?.out ? 'out' : undefined;
}
