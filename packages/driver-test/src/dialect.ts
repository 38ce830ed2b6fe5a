import type { Dialect } from '@virtkit/core';

/** What this driver adds to the common document: nothing. */
export const testDialect: Dialect = { virtTypes: ['test'] };
