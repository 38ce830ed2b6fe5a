import type { Check } from '../check.js';
import { expectEqual, expectTrue } from '../expectations.js';
import { hasGuest, withGuest } from '../guests.js';

/** Figures of many guests at once. */
export const statisticsChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'gives the state of every guest in one call',
    facets: ['statistics'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        const all = await target.statisticsOfAll();
        expectEqual(all.length, (await target.guests()).length, 'number of guests with figures');
        const own = all.find(({ name }) => name === guest.name);
        expectTrue(own !== undefined, 'a guest is missing among the figures');
        expectEqual(own.state, 'shutoff', 'state of a stopped guest');
      }),
  },
];
