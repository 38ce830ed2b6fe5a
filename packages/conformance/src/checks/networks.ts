import { type Check, freshName } from '../check.js';
import { expectEqual, expectFailure } from '../expectations.js';

/** Virtual networks. */
export const networkChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'lists networks without repeating one',
    facets: ['network'],
    run: async ({ target }) => {
      const uuids = (await target.networks()).map(({ uuid }) => uuid);
      expectEqual(new Set(uuids).size, uuids.length, 'number of different uuids of networks');
    },
  },
  {
    level: 'L2',
    title: 'defines, starts, stops and undefines a network',
    facets: ['network'],
    when: ({ network }) => network !== undefined,
    run: async ({ target, fixtures }) => {
      const network = await target.defineNetwork(fixtures.network?.(freshName('net')) ?? '');
      try {
        expectEqual(await target.isNetworkActive(network), false, 'activity of a defined network');
        await target.startNetwork(network);
        expectEqual(await target.isNetworkActive(network), true, 'activity of a started network');
        await target.stopNetwork(network);
      } finally {
        await target.undefineNetwork(network);
      }
      await expectFailure(target, target.isNetworkActive(network), { error: 'NO_NETWORK' }, 'an undefined network');
    },
  },
];
