import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import {
  type AnyCallRow,
  lxc,
  messageStatus,
  messageType,
  type Program,
  qemu,
  remote,
  type Shape,
} from '@virtkit/protocol';
import { callBytes, messageBytes } from './wire-client.js';

/** Numbers like a generator's, but the same in every run of a seed. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const programs: readonly Program[] = [remote, qemu, lxc];
/** Ending the session or the daemon's patience is not what malformed messages are about. */
const left = new Set(['connectClose', 'connectOpen']);
const calls = programs.flatMap((program) =>
  Object.entries(program.rows).flatMap(([name, row]) =>
    row.kind === 'call' && !left.has(name) ? [{ program, name, row }] : [],
  ),
);

/** Whole, well-formed calls of all procedures with random arguments: what a recording would hold. */
export function recordings(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => {
    const { program, name, row } = calls[i % calls.length] ?? expectCall();
    const [args] = fc.sample(valueOf(row.args.shape), { numRuns: 1, seed: i });
    return callBytes(program, name, 100 + i, args);
  });
}
function expectCall(): never {
  throw new Error('there are no calls');
}

/** Random values as encoders take them. */
function valueOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'struct':
      return isTypedParameter(shape)
        ? fc.constantFrom({ field: 'a', type: 'int', value: -1 }, { field: 'b', type: 'string', value: 'x' })
        : fc.record(Object.fromEntries(shape.fields.map(([name, field]) => [name, valueOf(field)])));
    case 'string':
      return fc.constantFrom('', 'x', '<domain/>', 'a'.repeat(300), '../../etc/passwd', '%s%n');
    case 'opaque':
      return 'size' in shape ? fc.uuid() : fc.uint8Array({ maxLength: 16 });
    case 'array':
      if (shape.of.kind === 'char') return fc.constant(Buffer.from('chars'));
      return fc.array(valueOf(shape.of), { maxLength: 3 });
    case 'optional':
      return fc.option(valueOf(shape.of), { nil: undefined });
    case 'hyper':
      return fc.constantFrom(0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n));
    case 'unsigned hyper':
      return fc.constantFrom(0n, 1n, 2n ** 63n, 2n ** 64n - 1n);
    case 'int':
      return fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31));
    default:
      return fc.constantFrom(0, 1, 2, 0x7f);
  }
}
const isTypedParameter = (shape: Shape): boolean => shape.kind === 'struct' && shape.fields[1]?.[1].kind === 'union';

/** One message that is wrong in one of many ways; may be no message at all. */
export function malformed(recorded: readonly Buffer[], pick: (below: number) => number): Buffer {
  const original = recorded[pick(recorded.length)] ?? Buffer.alloc(28);
  const bytes = Buffer.from(original);
  switch (pick(10)) {
    case 0: // flipped bytes anywhere behind the length
      for (let i = 0; i < 4; i++) bytes[4 + pick(bytes.length - 4)] = pick(256);
      return bytes;
    case 1: // edge values over any word
      bytes.writeUInt32BE(
        [0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff][pick(5)] ?? 0,
        28 * +(bytes.length > 31) + 4 * pick(Math.max(1, (bytes.length - 28) >> 2)) * +(bytes.length > 31),
      );
      return bytes;
    case 2: {
      // truncated payload, length corrected
      const cut = Buffer.from(bytes.subarray(0, 28 + pick(bytes.length - 27)));
      cut.writeUInt32BE(cut.length);
      return cut;
    }
    case 3: // truncated without correction: swallows what follows
      return bytes.subarray(0, 4 + pick(bytes.length - 4));
    case 4: // impossible lengths
      bytes.writeUInt32BE([0, 3, 27, 33_554_437, 0xffff_ffff][pick(5)] ?? 0);
      return bytes;
    case 5: // wrong program or version
      bytes.writeUInt32BE(pick(2 ** 31), 4 + 4 * pick(2));
      return bytes;
    case 6: // unknown procedure, type or status
      bytes.writeUInt32BE(pick(1000), 12 + 4 * pick(2) + 8 * pick(2) * 0);
      return bytes;
    case 7: // packets of streams that do not exist, in any state
      return messageBytes(
        {
          program: remote.id,
          version: 1,
          procedure: 208,
          type: [3, 6][pick(2)] ?? 3,
          serial: pick(50),
          status: pick(4),
        },
        (writer) => writer.raw(Buffer.alloc(pick(64), 0xff)),
      );
    case 8: // descriptors that never come
      return messageBytes(
        {
          program: remote.id,
          version: 1,
          procedure: 249,
          type: messageType.callWithFds,
          serial: 1,
          status: messageStatus.ok,
        },
        (writer) => writer.uint(pick(2) ? pick(40) : 0xffff_ffff),
      );
    default: // nothing wrong, perhaps in the wrong order
      return bytes;
  }
}

/** Sends `count` malformed messages over connections that come and go; resolves when all were taken. */
export async function attack(
  path: string,
  count: number,
  recorded: readonly Buffer[],
  pick: (below: number) => number,
  uri = 'fake:///default',
): Promise<void> {
  for (let sent = 0; sent < count; ) {
    const socket = await open(path);
    const open_ = pick(4) > 0;
    if (open_) socket.write(callBytes(remote, 'connectOpen', 1, { name: uri, flags: 0 }));
    const messages = Math.min(1 + pick(120), count - sent);
    for (let i = 0; i < messages && !socket.destroyed; i++) {
      sent++;
      if (!socket.write(malformed(recorded, pick))) await drained(socket);
    }
    await leave(socket, pick);
  }
}

function open(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.resume();
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    const timer = setTimeout(() => socket.destroy(), 500);
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}

/** Hangs up in different ways: at once, or after having said that nothing more comes. */
function leave(socket: Socket, pick: (below: number) => number): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    socket.once('close', () => resolve());
    if (pick(2) === 0) socket.destroy();
    else {
      socket.end();
      setTimeout(() => socket.destroy(), 20);
    }
  });
}

/** Every call with one field at its smallest or largest, the others small. */
export function* edgeCalls(): Generator<{ readonly name: string; readonly program: Program; readonly args: object }> {
  for (const { program, name, row } of calls) for (const args of edgeArguments(row)) yield { program, name, args };
}

function* edgeArguments(row: AnyCallRow): Generator<object> {
  const { shape } = row.args;
  if (shape.kind !== 'struct') return;
  const small = Object.fromEntries(shape.fields.map(([name, field]) => [name, smallest(field)]));
  yield small;
  for (const [name, field] of shape.fields) for (const value of edges(field)) yield { ...small, [name]: value };
}

function smallest(shape: Shape): unknown {
  if (shape.kind === 'struct') return Object.fromEntries(shape.fields.map(([name, field]) => [name, smallest(field)]));
  if (shape.kind === 'string') return '';
  if (shape.kind === 'array') return shape.of.kind === 'char' ? Buffer.alloc(0) : [];
  if (shape.kind === 'optional') return undefined;
  if (shape.kind === 'opaque') return 'size' in shape ? '00000000-0000-0000-0000-000000000000' : Buffer.alloc(0);
  return shape.kind.endsWith('hyper') ? 0n : 0;
}

function edges(shape: Shape): readonly unknown[] {
  if (shape.kind === 'int') return [1, -1, 2 ** 31 - 1, -(2 ** 31)];
  if (shape.kind === 'unsigned int') return [1, 0xffff_ffff];
  if (shape.kind === 'hyper') return [-1n, 2n ** 63n - 1n, -(2n ** 63n)];
  if (shape.kind === 'unsigned hyper') return [1n, 2n ** 63n, 2n ** 64n - 1n];
  if (shape.kind === 'optional') return [smallest(shape.of), ...edges(shape.of)];
  if (shape.kind === 'string') return ['x', 'x'.repeat(70_000)];
  if (shape.kind === 'opaque' && 'max' in shape) return [Buffer.alloc(Math.min(shape.max, 70_000))];
  if (shape.kind === 'array' && 'max' in shape) return largestArrays(shape);
  return [];
}

function largestArrays(shape: Shape & { readonly kind: 'array'; readonly max: number }): readonly unknown[] {
  if (shape.of.kind === 'char') return [Buffer.alloc(Math.min(shape.max, 1000))];
  const element = isTypedParameter(shape.of) ? { field: 'x', type: 'int', value: -1 } : smallest(shape.of);
  return [[element], Array.from({ length: shape.max }, () => element)];
}
