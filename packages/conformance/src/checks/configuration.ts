import { type Check, freshName } from '../check.js';
import { expectEqual, expectFailure, expectTrue, failedWith } from '../expectations.js';
import { withGuest } from '../guests.js';

const hasDocument: NonNullable<Check['when']> = ({ guest }) => guest !== undefined;

/** Persistent configuration. */
export const configurationChecks: readonly Check[] = [
  {
    level: 'L1',
    title: 'keeps a definition, and forgets it when it is undefined',
    facets: ['configuration'],
    when: hasDocument,
    run: async ({ target, fixtures }) => {
      const name = freshName('defined');
      const guest = await target.define(fixtures.guest?.(name) ?? '');
      expectEqual(guest.name, name, 'name of the defined guest');
      expectEqual(await target.isPersistent(guest), true, 'persistence of a defined guest');
      expectEqual(await target.isActive(guest), false, 'activity of a defined guest');
      await target.undefine(guest);
      await expectFailure(target, target.guestByName(name), { error: 'NO_DOMAIN' }, 'look-up of an undefined guest');
    },
  },
  {
    level: 'L1',
    title: 'tells two guests apart by name and by uuid',
    facets: ['configuration'],
    when: hasDocument,
    run: (context) =>
      withGuest(context, (one) =>
        withGuest(context, async (other) => {
          const { target } = context;
          for (const guest of [one, other]) {
            expectEqual((await target.guestByUuid(guest.uuid)).name, guest.name, 'name of the guest found by uuid');
            expectEqual((await target.guestByName(guest.name)).uuid, guest.uuid, 'uuid of the guest found by name');
            const document = await target.document(guest);
            expectTrue(document.includes(`<name>${guest.name}</name>`), 'the document of another guest was answered');
            for (const name of [guest.name.toUpperCase(), guest.name.slice(0, -1), `${guest.name}x`])
              await expectFailure(
                target,
                target.guestByName(name),
                { error: 'NO_DOMAIN' },
                `look-up by the name '${name}'`,
              );
          }
        }),
      ),
  },
  {
    level: 'L1',
    title: 'reads its own document back to the same document',
    facets: ['configuration'],
    when: hasDocument,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        const first = await target.document(guest, { inactive: true });
        await target.define(first);
        expectEqual(await target.document(guest, { inactive: true }), first, 'document after it was defined again');
        expectEqual((await target.guests()).filter(({ uuid }) => uuid === guest.uuid).length, 1, 'guests of one uuid');
      }),
  },
  {
    level: 'L1',
    title: 'refuses a second guest of the same name',
    facets: ['configuration'],
    when: hasDocument,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target, fixtures } = context;
        const second = withoutUuid(fixtures.guest?.(guest.name) ?? '');
        await expectFailure(
          target,
          target.define(second),
          { error: 'OPERATION_FAILED' },
          'definition with the name of another guest',
        );
      }),
  },
  {
    level: 'L1',
    title: 'refuses a document that is no domain',
    facets: ['configuration'],
    run: async ({ target }) => {
      const before = (await target.guests()).length;
      for (const xml of ['', '<domain', '<network><name>x</name></network>']) {
        const failure = await target.define(xml).then(
          () => undefined,
          (error: unknown) => target.failureOf(error),
        );
        expectTrue(failure !== undefined, `the document ${JSON.stringify(xml)} was accepted`);
      }
      expectEqual((await target.guests()).length, before, 'number of guests after refused documents');
    },
  },
  {
    level: 'L1',
    title: 'makes a running guest transient when it is undefined',
    facets: ['configuration', 'lifecycle'],
    when: hasDocument,
    run: async ({ target, fixtures }) => {
      const guest = await target.define(fixtures.guest?.(freshName('undefined')) ?? '');
      await target.start(guest);
      await target.undefine(guest);
      expectEqual(await target.isActive(guest), true, 'activity after undefine');
      expectEqual(await target.isPersistent(guest), false, 'persistence after undefine');
      await target.destroy(guest);
      await expectFailure(target, target.guestByUuid(guest.uuid), { error: 'NO_DOMAIN' }, 'look-up after destroy');
    },
  },
  {
    level: 'L1',
    title: 'remembers autostart, title and memory where it has them',
    facets: ['configuration'],
    when: hasDocument,
    run: (context) =>
      withGuest(context, async (guest) => {
        const { target } = context;
        await unlessUnsupported(context, async () => {
          await target.setAutostart(guest, true);
          expectEqual(await target.autostart(guest), true, 'autostart after it was set');
          await target.setAutostart(guest, false);
          expectEqual(await target.autostart(guest), false, 'autostart after it was taken away');
        });
        await unlessUnsupported(context, async () => {
          await target.setTitle(guest, 'Conformance');
          expectTrue(
            (await target.document(guest)).includes('<title>Conformance</title>'),
            'the title is not in the document',
          );
        });
        await unlessUnsupported(context, async () => {
          const { maxMemoryKiB } = await target.figures(guest);
          await target.setMemory(guest, Math.floor(maxMemoryKiB / 2));
          expectEqual((await target.figures(guest)).memoryKiB, Math.floor(maxMemoryKiB / 2), 'memory after it was set');
        });
      }),
  },
  {
    level: 'L1',
    title: 'renames a guest and keeps its uuid',
    facets: ['configuration'],
    when: hasDocument,
    run: async (context) => {
      const { target, fixtures } = context;
      const guest = await target.define(fixtures.guest?.(freshName('before')) ?? '');
      const name = freshName('after');
      let renamed = guest;
      await unlessUnsupported(context, async () => {
        renamed = await target.rename(guest, name);
        expectEqual(renamed.uuid, guest.uuid, 'uuid after the rename');
        await expectFailure(target, target.guestByName(guest.name), { error: 'NO_DOMAIN' }, 'look-up by the old name');
        expectTrue(
          (await target.document(renamed)).includes(`<name>${name}</name>`),
          'the document holds the old name',
        );
      });
      await target.undefine(renamed);
    },
  },
];

/** An optional method may be absent: then the error must be NO_SUPPORT. */
async function unlessUnsupported({ target }: Parameters<Check['run']>[0], body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!failedWith(target, error, 'NO_SUPPORT')) throw error;
  }
}

const withoutUuid = (xml: string): string => xml.replace(/<uuid>[^<]*<\/uuid>/, '');
