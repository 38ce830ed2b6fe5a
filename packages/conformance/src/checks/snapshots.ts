import { type Check, freshName } from '../check.js';
import { expectEqual, expectFailure } from '../expectations.js';
import { hasGuest, withGuest } from '../guests.js';

/** The tree of snapshots. */
export const snapshotChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'takes snapshots, knows the current one, goes back and deletes them',
    facets: ['snapshot'],
    when: (fixtures) => hasGuest(fixtures) && fixtures.snapshot !== undefined,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target, fixtures } = context;
        const [first, second] = [freshName('first'), freshName('second')];
        const before = (await target.snapshots(guest)).length;
        for (const name of [first, second])
          expectEqual(
            await target.createSnapshot(guest, fixtures.snapshot?.(name) ?? ''),
            name,
            'name of the snapshot',
          );
        expectEqual((await target.snapshots(guest)).length, before + 2, 'number of snapshots');
        expectEqual(await target.currentSnapshot(guest), second, 'current snapshot');
        await target.revert(guest, first);
        expectEqual(await target.currentSnapshot(guest), first, 'current snapshot after going back');
        for (const name of [second, first]) await target.deleteSnapshot(guest, name);
        expectEqual((await target.snapshots(guest)).length, before, 'number of snapshots after deletion');
      }),
  },
  {
    level: 'L2',
    title: 'answers that an unknown snapshot is not there',
    facets: ['snapshot'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        await expectFailure(
          target,
          target.deleteSnapshot(guest, 'nope'),
          { error: 'NO_DOMAIN_SNAPSHOT' },
          'deletion of no snapshot',
        );
      }),
  },
];
