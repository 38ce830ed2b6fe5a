import { describe, expect, it } from 'vitest';
import { EventBus } from './event-bus.js';
import { EventQueue } from './event-queue.js';

const guest = { uuid: 'u', name: 'n' };

describe('the event bus', () => {
  it('delivers in the moment of emission, until the subscription ends', () => {
    const bus = new EventBus();
    const seen: string[] = [];
    const subscription = bus.subscribe(({ kind }) => seen.push(kind));
    bus.sink('qemu').domain(guest, { type: 'reboot' });
    expect(seen).toEqual(['domain']);
    subscription[Symbol.dispose]();
    bus.sink('qemu').domain(guest, { type: 'reboot' });
    expect(seen).toHaveLength(1);
    expect(bus.listenerCount).toBe(0);
  });

  it('reports a listener that throws and serves the others', () => {
    const failures: unknown[] = [];
    const bus = new EventBus((error) => failures.push(error));
    const seen: string[] = [];
    bus.subscribe(() => {
      throw new Error('bad listener');
    });
    bus.subscribe(({ source }) => seen.push(source));
    bus.sink('test').lost('restart');
    expect(seen).toEqual(['test']);
    expect(failures).toHaveLength(1);
  });
});

describe('a bounded queue of events', () => {
  it('hands events to a reader that waits and to one that comes later', async () => {
    const queue = new EventQueue<number>(2, () => undefined);
    const early = queue.next();
    queue.push(1);
    queue.push(2);
    expect(await early).toEqual({ value: 1, done: false });
    expect(await queue.next()).toEqual({ value: 2, done: false });
  });

  it('tells a reader that fell behind, after what was kept', async () => {
    let closed = 0;
    const queue = new EventQueue<number>(2, () => (closed += 1));
    for (let at = 0; at < 10; at += 1) queue.push(at);
    expect(closed).toBe(1);
    expect([(await queue.next()).value, (await queue.next()).value]).toEqual([0, 1]);
    await expect(queue.next()).rejects.toThrow('fell more than 2 events behind');
  });

  it('ends its subscription when the iteration ends', async () => {
    let closed = 0;
    const queue = new EventQueue<number>(5, () => (closed += 1));
    queue.push(1);
    for await (const _ of queue) break;
    expect(closed).toBe(1);
    expect(await queue.next()).toMatchObject({ done: true });
  });
});
