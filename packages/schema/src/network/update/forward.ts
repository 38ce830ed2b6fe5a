import { attributeOf, readDocument } from '@virtkit/xml';
import { networkError } from '../errors.js';
import { type Forward, forwardInterface } from '../forward.js';
import type { Network } from '../network.js';
import { impossible, insert, readFragment, unsupportedChange, type UpdateFragment } from './change.js';

export function updateForwardInterface(network: Network, change: UpdateFragment): void {
  const { name } = network;
  if (change.command === 'modify')
    unsupportedChange('forward interface entries cannot be modified, only added or deleted');
  const one = readFragment(forwardInterface, change);
  if (attributeOf(readDocument(change.xml).root, 'dev') === undefined)
    throw networkError('XML_ERROR', 'missing dev attribute in <interface> element');
  const { interfaces } = forwardOf(network);
  const index = interfaces.findIndex(({ dev }) => dev === one.dev);
  const found = interfaces[index];
  if (change.command !== 'delete') {
    if (found !== undefined)
      impossible(
        `there is an existing interface entry in network '${name}' that matches "<interface dev='${one.dev}'>"`,
      );
    return insert(interfaces, one, change.command);
  }
  if (found === undefined)
    impossible(`couldn't find an interface entry in network '${name}' matching <interface dev='${one.dev}'>`);
  if (found.connections)
    impossible(
      `unable to delete interface '${one.dev}' in network '${name}'. It is currently being used by ${found.connections} domains.`,
    );
  interfaces.splice(index, 1);
}

function forwardOf(network: Network): Pick<Forward, 'interfaces'> {
  return network.forward ?? { interfaces: [] };
}
