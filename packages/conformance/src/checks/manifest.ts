import type { OptionalFacets } from '@virtkit/core';
import type { Check } from '../check.js';
import { expectEqual } from '../expectations.js';
import { probedFacets } from './lacking.js';

/** The manifest is what is known before a driver is loaded: it must be true. */
export const manifestChecks: readonly Check[] = [
  {
    level: 'L0',
    title: 'has exactly the facets its manifest says',
    facets: [],
    run: async ({ connection, contribution }) => {
      if (connection === undefined) return;
      const every: readonly (keyof OptionalFacets)[] = [...probedFacets, 'events', 'jobs'];
      const present = every.filter((facet) => connection[facet] !== undefined);
      expectEqual(present.toSorted(), [...(contribution.facets ?? [])].toSorted(), 'facets of the connection');
    },
  },
];
