import { errorCode } from '@virtkit/client';
import type { Command, OptionRow, Values } from '../command.js';
import type { Names } from '../completion/object-names.js';
import { nearest } from '../nearest.js';

type Kind = NonNullable<OptionRow['completes']>;

/** Numbers that say that an object is not there, and the verb that shows those that are. */
const lists: readonly (readonly [code: number, kind: Kind, verb: string])[] = [
  [errorCode.noDomain, 'domain', 'list --all'],
  [errorCode.noNetwork, 'network', 'net-list --all'],
  [errorCode.noStoragePool, 'pool', 'pool-list --all'],
];

/** Which objects there are whose names are like that of one that is not. */
export async function absentHint(
  command: Command,
  values: Values,
  code: number,
  names: Names,
): Promise<string | undefined> {
  const [, kind, verb] = lists.find(([number]) => number === code) ?? [];
  const option = command.options.find(({ completes }) => completes !== undefined && completes === kind);
  if (kind === undefined || option === undefined) return undefined;
  const word = values.optional(option.name);
  const near = word === undefined ? [] : nearest(word, await names(kind));
  if (near.length > 0) return `did you mean ${near.map((name) => `'${name}'`).join(' or ')}?`;
  return `virtkit ${verb} shows those that are there`;
}
