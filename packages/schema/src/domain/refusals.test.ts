import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isVirtError } from '../errors/virt-error.js';
import { completeDomain } from './complete/complete-domain.js';
import { parseDomain } from './document.js';
import type { Domain } from './domain.js';
import { validateDomain } from './validate/validate-domain.js';

/** A document and what libvirt 11.3 says of it: number, origin and text of the error, or nothing where it is accepted. */
interface Recorded {
  readonly xml: string;
  readonly error?: readonly [code: number, origin: number, message: string];
}

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/refusals.json'), 'utf8'),
) as Recorded[];
const step = {
  at: 'first',
  apply({ os }: Domain): void {
    os.type.arch ??= 'x86_64';
    os.type.machine ??= 'pc';
  },
} as const;

function answer(xml: string): Recorded['error'] | undefined {
  try {
    const options = {
      randomUuid: () => '00010203-0405-4607-8809-0a0b0c0d0e0f',
      randomMac: () => '52:54:00:00:00:00',
      isNew: true,
    };
    validateDomain(completeDomain(parseDomain(xml), options, [step], undefined));
    return undefined;
  } catch (error) {
    if (!isVirtError(error)) throw error;
    return [error.code, error.origin, error.message.replace(/interface [0-9a-f:]{17} -/, 'interface MAC -')];
  }
}

describe('documents libvirt has judged', () => {
  test.each(recorded)('$xml', ({ xml, error }) => {
    expect(answer(xml)).toEqual(error);
  });
});
