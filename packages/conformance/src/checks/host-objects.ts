import type { Check } from '../check.js';
import { expectEqual, expectFailure, expectTrue } from '../expectations.js';

/** Interfaces and devices of the host. */
export const hostObjectChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'lists the host’s interfaces, each with a document of its name',
    facets: ['interface'],
    run: async ({ target }) => {
      const names = await target.interfaces();
      expectEqual(new Set(names).size, names.length, 'number of different interface names');
      for (const name of names.slice(0, 3))
        expectTrue((await target.interfaceDocument(name)).includes(name), `the document of ${name} does not name it`);
      const unknown = target.interfaceDocument('virtkit-none');
      await expectFailure(target, unknown, { error: 'NO_INTERFACE' }, 'document of an unknown interface');
    },
  },
  {
    level: 'L2',
    title: 'lists the host’s devices, each with a document of its name',
    facets: ['nodeDevice'],
    run: async ({ target }) => {
      const names = await target.nodeDevices();
      expectEqual(new Set(names).size, names.length, 'number of different device names');
      for (const name of names.slice(0, 3)) {
        const named = (await target.nodeDeviceDocument(name)).includes(`<name>${name}</name>`);
        expectTrue(named, `the document of ${name} does not name it`);
      }
      const unknown = target.nodeDeviceDocument('virtkit-none');
      await expectFailure(target, unknown, { error: 'NO_NODE_DEVICE' }, 'document of an unknown device');
    },
  },
];
