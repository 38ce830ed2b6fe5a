import type { Dialect } from '@virtkit/core';
import { testError } from './errors.js';

/** More would only cost memory here. */
const mostProcessors = 4_096;

/** What this driver adds to the common document: the one architecture it has. */
export const testDialect: Dialect = {
  virtTypes: ['test'],
  validate: [
    {
      check: ({ vcpu, iothreads = 0 }) => {
        if (vcpu.count > mostProcessors)
          throw testError('CONFIG_UNSUPPORTED', `at most ${mostProcessors} vCPUs are supported, not ${vcpu.count}`);
        if (iothreads > mostProcessors)
          throw testError('CONFIG_UNSUPPORTED', `at most ${mostProcessors} IOThreads are supported, not ${iothreads}`);
      },
    },
  ],
  complete: [
    {
      at: 'first',
      apply: ({ os }) => {
        os.type.arch ??= 'i686';
      },
    },
  ],
};
