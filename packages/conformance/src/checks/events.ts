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
  {
    level: 'L1',
    title: 'tells of each change once, with the reason libvirt gives',
    facets: ['configuration', 'lifecycle'],
    when: ({ guest }) => guest !== undefined,
    run: async ({ target, fixtures }) => {
      const name = freshName('told');
      await using notices = await target.notices();
      const guest = await target.define(fixtures.guest?.(name) ?? '');
      await target.start(guest);
      await target.destroy(guest);
      await target.undefine(guest);
      const told = notices.seen.filter((notice) => notice.name === name && milestones.includes(notice.event));
      const reasons = told.map(({ event, detail }) => `${event} ${detail}`);
      expectEqual(reasons, ['defined added', 'started booted', 'stopped destroyed', 'undefined removed'], 'events');
    },
  },
];

/** Others (resumed, shutdown) come with these on some hypervisors. */
const milestones: readonly string[] = ['defined', 'started', 'stopped', 'undefined'];

function expectLast(seen: readonly LifecycleNotice[], event: string, call: string): void {
  expectEqual(seen.at(-1)?.event, event, `last event after ${call}`);
}
