import { readDocument } from '@virtkit/xml';
import type { Check } from '../check.js';
import { expectEqual, expectFailure, expectTrue } from '../expectations.js';
import { hasGuest, withGuest } from '../guests.js';

const unknownUuid = '01234567-89ab-4cde-8f01-23456789abcd';

/** What the poorest driver must do. */
export const basics: readonly Check[] = [
  {
    level: 'L0',
    title: 'names its hypervisor and its uri',
    facets: [],
    run: async ({ target }) => {
      expectTrue((await target.type()) !== '', 'the type of the hypervisor is empty');
      expectTrue((await target.uri()).includes(':'), 'the uri of the connection is no uri');
    },
  },
  {
    level: 'L0',
    title: 'describes its host as a capabilities document',
    facets: [],
    run: async ({ target }) => {
      const document = await target.capabilities();
      expectEqual(readDocument(document).root.name, 'capabilities', 'root of the capabilities');
    },
  },
  {
    level: 'L0',
    title: 'answers that an unknown guest is not there, by name, uuid and number',
    facets: [],
    run: async ({ target }) => {
      const name = 'virtkit-no-such-guest';
      await expectFailure(target, target.guestByName(name), { error: 'NO_DOMAIN' }, 'look-up by an unknown name');
      await expectFailure(
        target,
        target.guestByUuid(unknownUuid),
        { error: 'NO_DOMAIN' },
        'look-up by an unknown uuid',
      );
      await expectFailure(
        target,
        target.guestById(2_000_000_000),
        { error: 'NO_DOMAIN' },
        'look-up by an unknown number',
      );
      const text = `Domain not found: no domain with matching uuid '${unknownUuid}' (${name})`;
      const gone = target.document({ uuid: unknownUuid, name });
      await expectFailure(target, gone, { error: 'NO_DOMAIN', text }, 'document of a guest that is gone');
    },
  },
  {
    level: 'L0',
    title: 'finds each guest it lists by uuid, name and number, active or not',
    facets: [],
    run: async ({ target }) => {
      const all = await target.guests();
      for (const guest of all) {
        expectEqual((await target.guestByUuid(guest.uuid)).name, guest.name, 'name of the guest found by uuid');
        expectEqual((await target.guestByName(guest.name)).uuid, guest.uuid, 'uuid of the guest found by name');
        expectEqual(await target.isActive(guest), guest.id !== undefined, `whether ${guest.name} is active`);
        if (guest.id !== undefined)
          expectEqual((await target.guestById(guest.id)).uuid, guest.uuid, 'uuid of the guest found by number');
      }
      expectEqual(new Set(all.map(({ uuid }) => uuid)).size, all.length, 'number of different uuids');
    },
  },
  {
    level: 'L0',
    title: 'agrees with itself in lists, counts and filters',
    facets: [],
    run: async ({ target }) => {
      const active = await target.guests({ active: true });
      const inactive = await target.guests({ inactive: true });
      expectEqual((await target.guests()).length, active.length + inactive.length, 'number of all guests');
      expectEqual(await target.counts(), { active: active.length, inactive: inactive.length }, 'counts of guests');
      const ids = active.map(({ id }) => id);
      expectEqual((await target.activeIds()).toSorted(), ids.toSorted(), 'numbers of active guests');
      const names = inactive.map(({ name }) => name);
      expectEqual((await target.inactiveNames()).toSorted(), names.toSorted(), 'names of inactive guests');
    },
  },
  {
    level: 'L0',
    title: 'gives figures and a document of a guest, with its name and uuid',
    facets: [],
    when: hasGuest,
    run: (context) =>
      withGuest(context, async (guest) => {
        const figures = await context.target.figures(guest);
        expectEqual(figures.state, 'shutoff', 'state of a guest that does not run');
        expectTrue(figures.vcpus > 0 && figures.maxMemoryKiB > 0, 'a guest needs processors and memory');
        const document = await context.target.document(guest);
        expectTrue(document.startsWith('<domain '), 'the document is no <domain>');
        expectTrue(document.includes(`<name>${guest.name}</name>`), 'the document does not hold the name');
        expectTrue(document.includes(`<uuid>${guest.uuid}</uuid>`), 'the document does not hold the uuid');
        const said = (pattern: RegExp): number => Number(pattern.exec(document)?.[1]);
        expectEqual(figures.maxMemoryKiB, said(/<memory unit='KiB'>(\d+)</), 'memory in KiB, beside the document');
        expectTrue(figures.vcpus <= said(/<vcpu[^>]*>(\d+)</), 'there are more processors than in the document');
      }),
  },
];
