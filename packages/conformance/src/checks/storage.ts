import { type Check, freshName } from '../check.js';
import { expectEqual, expectFailure, expectTrue } from '../expectations.js';

/** Pools and volumes. */
export const storageChecks: readonly Check[] = [
  {
    level: 'L2',
    title: 'lists pools and answers that an unknown volume is not there',
    facets: ['storage'],
    run: async ({ target }) => {
      const names = (await target.pools()).map(({ name }) => name);
      expectEqual(new Set(names).size, names.length, 'number of different pool names');
      const path = '/virtkit/no/such/volume';
      await expectFailure(target, target.volumeByPath(path), { error: 'NO_STORAGE_VOL' }, 'look-up of an unknown path');
    },
  },
  {
    level: 'L2',
    title: 'defines, starts and stops a pool, and keeps volumes in it',
    facets: ['storage'],
    when: ({ pool, volume }) => pool !== undefined && volume !== undefined,
    run: async ({ target, fixtures }) => {
      const pool = await target.definePool(fixtures.pool?.(freshName('pool')) ?? '');
      try {
        await target.startPool(pool);
        const name = freshName('volume');
        const volume = await target.createVolume(pool, fixtures.volume?.(name) ?? '');
        expectTrue((await target.volumes(pool)).includes(name), 'a new volume is not listed');
        const path = await target.volumePath(volume);
        expectEqual((await target.volumeByPath(path)).name, name, 'name of the volume found by path');
        await target.deleteVolume(volume);
        expectTrue(!(await target.volumes(pool)).includes(name), 'a deleted volume is still listed');
        await target.stopPool(pool);
      } finally {
        await target.stopPool(pool).catch(() => undefined);
        await target.undefinePool(pool);
      }
      await expectFailure(target, target.volumes(pool), { error: 'NO_STORAGE_POOL' }, 'volumes of an undefined pool');
    },
  },
];
