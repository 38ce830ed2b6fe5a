import type { VolumeHandle } from '@virtkit/client';
import type { OptionRow, Values } from '../command.js';
import type { Context } from '../context.js';
import { CommandError } from '../usage-error.js';
import { findPool } from './pools.js';

/** The volume a verb is about. */
export const volOption: OptionRow = {
  name: 'vol',
  kind: 'text',
  summary: 'vol name, key or path',
  required: true,
  completes: 'volume',
};
/** The pool it lies in. */
export const inPool: OptionRow = { name: 'pool', kind: 'text', summary: 'pool name or uuid', completes: 'pool' };
export const poolOption: OptionRow = { ...inPool, required: true };
/** By name in a pool, else by key, else by path. */
export async function findVolume(context: Context, words: string, pool: string | undefined): Promise<VolumeHandle> {
  const { remote } = await context.connection();
  const within = pool === undefined ? undefined : await findPool(context, pool);
  const ways = [
    ...(within === undefined ? [] : [() => remote.storageVolLookupByName({ pool: within, name: words })]),
    () => remote.storageVolLookupByKey({ key: words }),
    () => remote.storageVolLookupByPath({ path: words }),
  ];
  let last: unknown;
  for (const look of ways) {
    const found = await look().catch((cause: unknown) => {
      last = cause;
      return undefined;
    });
    if (found !== undefined) return found.vol;
  }
  if (within === undefined && !words.startsWith('/'))
    throw new CommandError(`failed to get vol '${words}', specifying --pool might help`, { cause: last });
  throw new CommandError(`failed to get vol '${words}'`, { cause: last });
}

/** The one the command names. */
export const theVolume = (context: Context, values: Values): Promise<VolumeHandle> =>
  findVolume(context, values.text('vol'), values.optional('pool'));
