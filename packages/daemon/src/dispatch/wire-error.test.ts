import { errorsFrom, systemErrorsFrom } from '@virtkit/schema';
import { describe, expect, test } from 'vitest';
import { wireErrorOf } from './wire-error.js';

const virtError = errorsFrom('QEMU');

describe('an error on the wire', () => {
  test('has the format of its number and the detail', () => {
    expect(wireErrorOf(virtError('NO_DOMAIN', 'no domain'))).toEqual({
      code: 42,
      domain: 10,
      level: 2,
      message: 'Domain not found: no domain',
      str1: 'Domain not found: %1$s',
      str2: 'no domain',
      int1: -1,
      int2: -1,
    });
  });

  test('names function and argument where an argument is refused', () => {
    const refused = virtError.invalidArgument({ function: 'qemuDomainReset', name: 'flags' }, 'unsupported flags');
    const sent = { code: 8, message: 'unsupported flags', str1: 'qemuDomainReset', str2: 'flags', int1: 0, int2: 0 };
    expect(wireErrorOf(refused)).toMatchObject(sent);
  });

  test('carries the number of a system error', () => {
    const cause = Object.assign(new Error('ENOENT'), { code: 'ENOENT', errno: -2 });
    expect(wireErrorOf(systemErrorsFrom('STORAGE')('cannot open', cause))).toMatchObject({ code: 38, int1: 2 });
  });

  test('says what the system refused, where nobody foresaw it', () => {
    const cause = Object.assign(new Error('EMFILE: too many open files, open "/log"'), {
      code: 'EMFILE',
      errno: -24,
      syscall: 'open',
      path: '/log',
    });
    const message = "cannot open '/log': Too many open files";
    expect(wireErrorOf(cause)).toMatchObject({ code: 38, domain: 0, message, int1: 24 });
  });

  test('is a mistake of ours where nobody made it', () => {
    expect(wireErrorOf(new TypeError('x is undefined'))).toMatchObject({ code: 1, domain: 7 });
  });
});
