import { describe, expect, it } from 'vitest';
import { ObjectJobs } from './object-jobs.js';

const forever = new AbortController().signal;

function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('jobs of one object', () => {
  it('runs changes one after the other, in the order they came', async () => {
    const jobs = new ObjectJobs();
    const first = gate();
    const order: string[] = [];
    const one = jobs.run('modify', forever, async () => {
      await first.opened;
      order.push('one');
    });
    const two = jobs.run('modify', forever, async () => void order.push('two'));
    const three = jobs.run('modify', forever, async () => void order.push('three'));
    await Promise.resolve();
    expect(order).toEqual([]);
    first.open();
    await Promise.all([one, two, three]);
    expect(order).toEqual(['one', 'two', 'three']);
    expect(jobs.busy).toBe(false);
  });

  it('never lets a query wait', async () => {
    const jobs = new ObjectJobs();
    const held = gate();
    const change = jobs.run('modify', forever, () => held.opened);
    expect(await jobs.run('query', forever, async () => 'answer')).toBe('answer');
    held.open();
    await change;
  });

  it('lets destroy abort the running change and go before those that wait', async () => {
    const jobs = new ObjectJobs();
    const order: string[] = [];
    const running = jobs.run(
      'modify',
      forever,
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const waiting = jobs.run('modify', forever, async () => void order.push('waiting'));
    const destroy = jobs.run('destroy', forever, async () => void order.push('destroy'));
    await expect(running).rejects.toMatchObject({ code: 78 });
    await Promise.all([destroy, waiting]);
    expect(order).toEqual(['destroy', 'waiting']);
  });

  it('refuses with a timeout what waits too long, and goes on', async () => {
    const jobs = new ObjectJobs(5);
    const held = gate();
    const change = jobs.run('modify', forever, () => held.opened);
    await expect(jobs.run('modify', forever, async () => undefined)).rejects.toMatchObject({
      code: 68,
      message: 'Timed out during operation: cannot acquire state change lock',
    });
    held.open();
    await change;
    expect(await jobs.run('modify', forever, async () => 'after')).toBe('after');
  });

  it('lets a waiting job leave when its caller does', async () => {
    const jobs = new ObjectJobs();
    const held = gate();
    const change = jobs.run('modify', forever, () => held.opened);
    const caller = new AbortController();
    const waiting = jobs.run('modify', caller.signal, async () => undefined);
    caller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    held.open();
    await change;
    expect(jobs.busy).toBe(false);
  });

  it('goes on after a change that failed', async () => {
    const jobs = new ObjectJobs();
    await expect(jobs.run('modify', forever, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await jobs.run('modify', forever, async () => 'next')).toBe('next');
  });
});
