import type { Call, NetworkFacet, ObjectRef } from '@virtkit/core';
import { errorsFrom, type Network } from '@virtkit/schema';
import type { Answer } from '../soap/answer.js';
import type { Guests } from '../vim/guests.js';
import { inventory } from '../vim/inventory.js';
import { unescapedName } from '../vim/names.js';
import { retrieveOne } from '../vim/property-collector.js';
import { uuidOf } from './storage-facet.js';

const networkError = errorsFrom('NETWORK');

/** Virtual switches as networks: guests name their port groups. Of more than one host, the networks these share. */
export function networkFacet(guests: Guests): NetworkFacet {
  const all = async (call: Call): Promise<readonly Network[]> => {
    const { host } = await guests.place(call);
    const visible = await inventory(guests, { type: 'Network', path: 'network' }, ['name'], call);
    const names = visible.map(({ properties }) => unescapedName(properties.get('name')?.text ?? ''));
    if (host === undefined) return visible.map(({ object }, index) => bareNetwork(names[index] ?? '', object.id));
    const found = await retrieveOne(guests.session, host, ['config.network.vswitch', 'config.network.portgroup'], call);
    const groups = portGroups(found.get('config.network.portgroup'));
    return (found.get('config.network.vswitch')?.items() ?? []).map((vswitch) => switchNetwork(vswitch, groups, names));
  };
  return {
    list: async (call) =>
      (await all(call)).map((network) => ({ ref: refOf(network), active: true, persistent: true, autostart: true })),
    async definition(ref, _which, call) {
      const found = (await all(call)).find(({ uuid }) => uuid === ref.uuid);
      if (found !== undefined) return found;
      throw networkError('NO_NETWORK', `no network with matching uuid '${ref.uuid}' (${ref.name})`);
    },
  };
}

const refOf = ({ uuid, name }: Network): ObjectRef => ({ uuid: uuid ?? '', name });

/** Names of port groups by key. */
const portGroups = (list: Answer | undefined): ReadonlyMap<string, string> =>
  new Map((list?.items() ?? []).map((group) => [group.get('key').text ?? '', group.at('spec', 'name').text ?? '']));

function bareNetwork(name: string, key: string): Network {
  return { name, uuid: uuidOf(key), ips: [], routes: [], portgroups: [] };
}

function switchNetwork(vswitch: Answer, groups: ReadonlyMap<string, string>, visible: readonly string[]): Network {
  const network = bareNetwork(vswitch.get('name').text ?? '', vswitch.get('key').text ?? '');
  const names = vswitch.list('portgroup').map((key) => groups.get(key.text ?? '') ?? '');
  network.portgroups = names.filter((name) => visible.includes(name)).map((name) => ({ name }));
  const devices = vswitch.list('pnic').map((pnic) => (pnic.text ?? '').replace(/^.*PhysicalNic-/, ''));
  if (devices.length > 0)
    network.forward = { mode: 'bridge', interfaces: devices.map((dev) => ({ dev })), addresses: [] };
  return network;
}
