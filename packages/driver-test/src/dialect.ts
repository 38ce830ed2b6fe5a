import type { Dialect } from '@virtkit/core';

/** What this driver adds to the common document: the one architecture it has. */
export const testDialect: Dialect = {
  virtTypes: ['test'],
  complete: [
    {
      at: 'first',
      apply: ({ os }) => {
        os.type.arch ??= 'i686';
      },
    },
  ],
};
