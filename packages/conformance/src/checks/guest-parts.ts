import type { Check } from '../check.js';
import { expectEqual, expectFailure, expectTrue, failedWith } from '../expectations.js';
import { hasGuest, withGuest } from '../guests.js';

/** What hangs on a guest: saved state, checkpoints, shares, keys. */
export const guestPartChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'saves a running guest and goes on with it at the next start',
    facets: ['savedImage', 'lifecycle'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        expectEqual(await target.hasManagedSave(guest), false, 'saved state before it was saved');
        await target.start(guest);
        await target.managedSave(guest);
        expectEqual(await target.isActive(guest), false, 'activity after it was saved');
        expectEqual(await target.hasManagedSave(guest), true, 'saved state after it was saved');
        await target.start(guest);
        expectEqual((await target.figures(guest)).state, 'running', 'state after it went on');
        expectEqual(await target.hasManagedSave(guest), false, 'saved state after it went on');
      }),
  },
  {
    level: 'L2',
    title: 'has no checkpoints where none was made',
    facets: ['checkpoint'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        expectEqual(await context.target.checkpoints(guest), [], 'checkpoints of a new guest');
      }),
  },
  {
    level: 'L2',
    title: 'names its scheduler',
    facets: ['tuning'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        try {
          expectTrue((await target.schedulerType(guest)) !== '', 'the scheduler has no name');
        } catch (error) {
          // Not every hypervisor that tunes has one, nor every user may ask.
          if (!failedWith(target, error, 'NO_SUPPORT', 'OPERATION_INVALID', 'OPERATION_UNSUPPORTED')) throw error;
        }
      }),
  },
  {
    level: 'L2',
    title: 'takes keys for a running guest and refuses them for one that is shut off',
    facets: ['console', 'lifecycle'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        try {
          await target.start(guest);
          await target.sendKeys(guest, [30]);
        } catch (error) {
          if (failedWith(target, error, 'NO_SUPPORT')) return;
          throw error;
        }
        await target.destroy(guest);
        const refused = target.sendKeys(guest, [30]);
        await expectFailure(target, refused, { error: 'OPERATION_INVALID' }, 'keys for a guest that is shut off');
      }),
  },
];
