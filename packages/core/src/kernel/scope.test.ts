import { describe, expect, test } from 'vitest';
import { inProcessCall } from './in-process-call.js';
import { Scope } from './scope.js';

describe('what is tied to a connection', () => {
  test('runs at its end, last first, and once', async () => {
    const ran: string[] = [];
    const scope = new Scope(1, () => undefined);
    for (const name of ['one', 'two']) scope.onClose(async () => void ran.push(name));
    await scope.close();
    await scope.close();
    expect(ran).toEqual(['two', 'one']);
  });

  test('does not run when it was let go before', async () => {
    const ran: string[] = [];
    const scope = new Scope(1, () => undefined);
    const registered = scope.onClose(async () => void ran.push('one'));
    registered[Symbol.dispose]();
    await scope.close();
    expect(ran).toEqual([]);
  });

  test('runs whatever the others do; each failure is reported', async () => {
    const ran: string[] = [];
    const failures: unknown[] = [];
    const scope = new Scope(1, (error) => failures.push(error));
    scope.onClose(async () => void ran.push('first'));
    scope.onClose(() => Promise.reject(new RangeError('second')));
    scope.onClose(() => Promise.reject(new RangeError('third')));
    await scope.close();
    expect(ran).toEqual(['first']);
    expect(failures.map(String)).toEqual(['RangeError: third', 'RangeError: second']);
  });
});

test('a program in this process hears of the first failure when it ends its call', async () => {
  const call = inProcessCall();
  let ran = false;
  call.scope.onClose(async () => void (ran = true));
  call.scope.onClose(() => Promise.reject(new RangeError('the first')));
  await expect(call.close()).rejects.toThrow('the first');
  expect(ran).toBe(true);
});
