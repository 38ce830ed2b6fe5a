import type { Network } from '../network.js';
import { portGroup } from '../portgroup.js';
import { impossible, insert, readFragment, type UpdateFragment } from './change.js';

export function updatePortGroup(network: Network, change: UpdateFragment): void {
  const { name, portgroups } = network;
  const group = readFragment(portGroup, change);
  const index = portgroups.findIndex((other) => other.name === group.name);
  const adding = change.command === 'add-first' || change.command === 'add-last';
  if (!adding && index < 0)
    impossible(`couldn't find a portgroup entry in network '${name}' matching <portgroup name='${group.name}'>`);
  if (adding && index >= 0)
    impossible(
      `there is an existing portgroup entry in network '${name}' that matches "<portgroup name='${group.name}'>"`,
    );
  const other = portgroups.find((one) => one.default && one.name !== group.name);
  if (change.command !== 'delete' && group.default && other !== undefined)
    impossible(
      `a different portgroup entry in network '${name}' is already set as the default. Only one default is allowed.`,
    );
  if (adding) insert(portgroups, group, change.command);
  else if (change.command === 'modify') portgroups[index] = group;
  else portgroups.splice(index, 1);
}
