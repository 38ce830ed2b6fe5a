import { type Check, type CheckContext, freshName } from '../check.js';
import { expectEqual, expectFailure, expectTrue, failedWith } from '../expectations.js';
import { hasGuest, withGuest } from '../guests.js';

/** Starting, holding and stopping. Optional methods count when the connection has them or answers otherwise than with NO_SUPPORT. */
export const lifecycleChecks: readonly Check[] = [
  {
    level: 'L0',
    title: 'starts a guest, gives it a number, and takes the number away when it is destroyed',
    facets: ['lifecycle'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        const started = await target.start(guest);
        const { id } = await target.guestByUuid(guest.uuid);
        expectTrue(id !== undefined && id > 0, 'a running guest has no number');
        expectEqual(started.uuid, guest.uuid, 'uuid of the guest that was started');
        expectEqual((await target.figures(guest)).state, 'running', 'state after the start');
        expectEqual((await target.guestById(id)).name, guest.name, 'guest found by its new number');
        expectEqual(numberIn(await target.document(guest)), String(id), 'number in the running document');
        expectEqual(
          numberIn(await target.document(guest, { inactive: true })),
          undefined,
          'number in the inactive document',
        );
        await target.destroy(guest);
        expectEqual((await target.figures(guest)).state, 'shutoff', 'state after destroy');
        expectEqual((await target.guestByUuid(guest.uuid)).id, undefined, 'number after destroy');
        await expectFailure(target, target.guestById(id), { error: 'NO_DOMAIN' }, 'look-up by the number it had');
      }),
  },
  {
    level: 'L0',
    title: 'gives each running guest a number of its own',
    facets: ['lifecycle', 'configuration'],
    when: ({ guest }) => guest !== undefined,
    run: (context) =>
      withGuest(context, (one) =>
        withGuest(context, async (other) => {
          const { target } = context;
          const ids: (number | undefined)[] = [];
          for (const guest of [one, other]) {
            await target.start(guest);
            const { id } = await target.guestByUuid(guest.uuid);
            ids.push(id);
            expectEqual((await target.guestById(id ?? -1)).uuid, guest.uuid, 'guest found by its number');
          }
          expectTrue(ids[0] !== ids[1], `two running guests have the number ${ids[0]}`);
        }),
      ),
  },
  {
    level: 'L0',
    title: 'refuses to start what runs and to stop what does not',
    facets: ['lifecycle'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        await expectFailure(
          target,
          target.destroy(guest),
          { error: 'OPERATION_INVALID' },
          'destroy of a stopped guest',
        );
        for (const change of ['shutdown', 'suspend', 'resume', 'reset'] as const) {
          const refused = await target[change](guest).then(
            () => false,
            (error: unknown) => failedWith(target, error, 'NO_SUPPORT', 'OPERATION_INVALID'),
          );
          expectTrue(refused, `${change} of a stopped guest is not refused as it should be`);
        }
        await target.start(guest);
        await expectFailure(target, target.start(guest), { error: 'OPERATION_INVALID' }, 'start of a running guest');
        expectEqual((await target.figures(guest)).state, 'running', 'state after a refused start');
      }),
  },
  {
    level: 'L0',
    title: 'suspends and resumes a guest, and starts it paused',
    facets: ['lifecycle'],
    when: hasGuest,
    run: (context) =>
      withOptional(context, ['suspend', 'resume'], async () =>
        withGuest(context, async (guest) => {
          const { target } = context;
          await target.start(guest);
          await target.suspend(guest);
          expectEqual((await target.figures(guest)).state, 'paused', 'state after suspend');
          await target.resume(guest);
          expectEqual((await target.figures(guest)).state, 'running', 'state after resume');
        }),
      ),
  },
  {
    level: 'L0',
    title: 'lets a transient guest vanish when it stops',
    facets: ['lifecycle'],
    when: ({ guest }) => guest !== undefined,
    run: (context) =>
      withOptional(context, ['createTransient'], async () => {
        const { target, fixtures } = context;
        const name = freshName('transient');
        const guest = await target.createTransient(fixtures.guest?.(name) ?? '');
        expectEqual(await target.isPersistent(guest), false, 'persistence of a transient guest');
        await target.destroy(guest);
        await expectFailure(
          target,
          target.guestByName(name),
          { error: 'NO_DOMAIN' },
          'look-up of a transient guest that stopped',
        );
      }),
  },
  {
    level: 'L0',
    title: 'shows a started guest among the active ones at once',
    facets: ['lifecycle'],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        const named = async (filter: { active?: boolean; inactive?: boolean }): Promise<boolean> =>
          (await target.guests(filter)).some(({ uuid }) => uuid === guest.uuid);
        expectEqual(await named({ inactive: true }), true, 'stopped guest among the inactive ones');
        await target.start(guest);
        expectEqual(await named({ active: true }), true, 'started guest among the active ones');
        expectEqual(await named({ inactive: true }), false, 'started guest among the inactive ones');
      }),
  },
];

/** The attribute of the root element. */
const numberIn = (document: string): string | undefined => /^<domain[^>]* id='(\d+)'/.exec(document)?.[1];

/** Runs where the connection has these methods; over the wire, where nothing can be looked at, it tries. */
async function withOptional(
  { connection, target }: CheckContext,
  methods: readonly string[],
  body: () => Promise<void>,
): Promise<void> {
  const lifecycle: object | undefined = connection?.lifecycle;
  if (lifecycle !== undefined && methods.some((method) => typeof Reflect.get(lifecycle, method) !== 'function')) return;
  try {
    await body();
  } catch (error) {
    if (connection !== undefined || !failedWith(target, error, 'NO_SUPPORT')) throw error;
  }
}
