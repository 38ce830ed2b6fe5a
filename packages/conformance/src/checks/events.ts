import { domainEventDetails } from '@virtkit/protocol';
import { type Check, freshName } from '../check.js';
import { expectEqual, expectTrue } from '../expectations.js';
import type { LifecycleNotice } from '../target.js';

/** What subscribers are told. */
export const eventChecks: readonly Check[] = [
  {
    level: 'L1',
    title: 'tells of defining, starting, stopping and undefining, before the call is answered',
    facets: ['configuration', 'lifecycle'],
    when: ({ guest }) => guest !== undefined,
    run: async ({ target, fixtures }) => {
      const name = freshName('watched');
      await using notices = await target.notices();
      const own = (): readonly LifecycleNotice[] => notices.seen.filter((notice) => notice.name === name);
      const guest = await target.define(fixtures.guest?.(name) ?? '');
      expectLast(own(), 'defined', 'define');
      await target.start(guest);
      expectTrue(
        own().some(({ event }) => event === 'started'),
        'no event told of the start',
      );
      await target.destroy(guest);
      expectLast(own(), 'stopped', 'destroy');
      await target.undefine(guest);
      expectLast(own(), 'undefined', 'undefine');
      expectEqual(
        own().filter(({ event, detail }) => domainEventDetails[event]?.number(detail) === undefined),
        [],
        'events with details libvirt does not have',
      );
    },
  },
];

function expectLast(seen: readonly LifecycleNotice[], event: string, call: string): void {
  expectEqual(seen.at(-1)?.event, event, `last event after ${call}`);
}
