import { parseDomain } from '@virtkit/schema';
import { expect, test } from 'vitest';
import { bindingsOf, bindsThreads, type GuestThreads } from './thread-bindings.js';

const guest = (vcpu: string, cputune = '') =>
  parseDomain(`<domain type='qemu'><name>a</name><memory>1</memory>${vcpu}<cputune>${cputune}</cputune>
    <os><type>hvm</type></os></domain>`);
const threads: GuestThreads = {
  pid: 10,
  vcpus: [
    { vcpu: 0, thread: 11 },
    { vcpu: 1, thread: 12 },
  ],
  iothreads: new Map([[1, 13]]),
  all: [0, 1, 2, 3],
};

test('threads without a place of their own use what all virtual CPUs may use', () => {
  const pinned = guest(
    "<vcpu cpuset='0-1'>2</vcpu>",
    "<vcpupin vcpu='0' cpuset='1'/><emulatorpin cpuset='0'/><iothreadpin iothread='1' cpuset='3'/>",
  );
  expect(bindingsOf(pinned, threads)).toEqual([
    { id: 10, whole: true, cpus: [0] },
    { id: 11, cpus: [1] },
    { id: 12, cpus: [0, 1] },
    { id: 13, cpus: [3] },
  ]);
});

test('the emulator`s place is its own', () => {
  expect(bindingsOf(guest('<vcpu>2</vcpu>', "<emulatorpin cpuset='2'/>"), threads)).toEqual([
    { id: 10, whole: true, cpus: [2] },
    ...[11, 12, 13].map((id) => ({ id, cpus: [0, 1, 2, 3] })),
  ]);
});

test('one thread for all virtual CPUs has no place for each', () => {
  const single = { ...threads, vcpus: threads.vcpus.map(({ vcpu }) => ({ vcpu, thread: 11 })) };
  expect(() => bindingsOf(guest('<vcpu>2</vcpu>', "<vcpupin vcpu='0' cpuset='1'/>"), single)).toThrow(
    'cpu affinity is not supported',
  );
  expect(bindingsOf(guest("<vcpu cpuset='3'>2</vcpu>"), single)).toEqual([{ id: 10, whole: true, cpus: [3] }]);
});

test('most guests bind nothing', () => {
  expect(bindsThreads(guest('<vcpu>2</vcpu>'))).toBe(false);
  expect(bindingsOf(guest('<vcpu>2</vcpu>'), threads)).toEqual([]);
  expect(bindsThreads(guest("<vcpu cpuset='0'>2</vcpu>"))).toBe(true);
});
