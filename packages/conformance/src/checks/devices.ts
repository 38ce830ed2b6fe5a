import type { Check } from '../check.js';
import { expectEqual, expectTrue } from '../expectations.js';
import { withGuest } from '../guests.js';

/** Devices in the configuration. */
export const deviceChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'adds a device to the configuration and takes it away again',
    facets: ['devices', 'configuration'],
    when: ({ guest, device }) => guest !== undefined && device !== undefined,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target, fixtures } = context;
        const device = fixtures.device ?? '';
        const before = await target.document(guest, { inactive: true });
        await target.attach(guest, device);
        const tag = /<(\w+)/.exec(device)?.[1] ?? '';
        const count = (xml: string): number => xml.split(`<${tag} `).length - 1;
        const after = await target.document(guest, { inactive: true });
        expectTrue(count(after) > count(before), `no <${tag}> was added to the document`);
        await target.detach(guest, device);
        expectEqual(
          count(await target.document(guest, { inactive: true })),
          count(before),
          `number of <${tag}> after detach`,
        );
      }),
  },
];
