import { constants } from 'node:os';
import type { Libc } from './libc.js';

// Two names may have one number (EAGAIN, EWOULDBLOCK): the first counts.
const names = new Map<number, string>();
for (const [name, number] of Object.entries(constants.errno)) if (!names.has(number)) names.set(number, name);

/** A failed call as Node reports one: `code` is the errno's name. */
export function failure(libc: Pick<Libc, 'errno' | 'strerror'>, call: string, number = libc.errno()): Error {
  const code = names.get(number) ?? `errno ${number}`;
  return Object.assign(new Error(`${code}: ${libc.strerror(number)}, ${call}`), {
    code,
    errno: -number,
    syscall: call,
  });
}
