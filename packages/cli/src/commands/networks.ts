import { errorCode, type NetworkHandle } from '@virtkit/client';
import {
  addressFamilies,
  defineFlags,
  inactiveFlags,
  metadataTypes,
  networkUpdateCommands,
  networkUpdateSections,
  type WordTable,
} from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, flag, number, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { flagSet } from '../flag-set.js';
import { type Output, pairs, table } from '../output.js';
import { targetFlags, targetOptions } from '../target.js';
import { UsageError } from '../usage-error.js';
import { networkPorts } from './network-ports.js';
import { networkEvents } from './object-events.js';
import { listFlags, ObjectVerbs, sortedByName, wordsOnly } from './object-verbs.js';

const group = 'Networking';
const verbs = new ObjectVerbs<NetworkHandle>({
  group,
  noun: 'network',
  prefix: 'net',
  missing: errorCode.noNetwork,
  byUuid: async (remote, uuid) => (await remote.networkLookupByUUID({ uuid })).net,
  byName: async (remote, name) => (await remote.networkLookupByName({ name })).net,
  setAutostart: (remote, net, autostart) => remote.networkSetAutostart({ net, autostart }),
});

const dumping = flagSet(inactiveFlags, [['inactive', 'inactive', 'show inactive defined XML']]);
const checking = flagSet(defineFlags, [['validate', 'validate', 'validate the XML against the schema']]);

async function titleOf(context: Context, network: NetworkHandle): Promise<string> {
  const { remote } = await context.connection();
  const type = metadataTypes.words.indexOf('title');
  return remote.networkGetMetadata({ network, type, flags: 0 }).then(
    ({ metadata }) => metadata,
    () => '', // most have none
  );
}

async function list(context: Context, values: Values): Promise<Output> {
  if (['table', 'name', 'uuid'].filter((name) => values.flag(name)).length > 1)
    throw new UsageError('Only one argument from --table, --name and --uuid may be specified.');
  const { remote } = await context.connection();
  const { nets } = await remote.connectListAllNetworks({ needResults: 1, flags: listFlags(values) });
  const sorted = sortedByName(nets);
  const words = wordsOnly(sorted, values);
  if (words !== undefined) return words;
  const title = values.flag('title');
  const rows = await Promise.all(
    sorted.map(async (net) => {
      const [{ active }, { autostart }, { persistent }] = await Promise.all([
        remote.networkIsActive({ net }),
        remote.networkGetAutostart({ net }),
        remote.networkIsPersistent({ net }),
      ]);
      return [
        net.name,
        active === 0 ? 'inactive' : 'active',
        autostart === 0 ? 'no' : 'yes',
        persistent === 0 ? 'no' : 'yes',
        ...(title ? [await titleOf(context, net)] : []),
      ];
    }),
  );
  return table(['Name', 'State', 'Autostart', 'Persistent', ...(title ? ['Title'] : [])], rows);
}

async function info(context: Context, values: Values): Promise<Output> {
  const net = await verbs.named(context, values);
  const { remote } = await context.connection();
  const yes = (value: number): string => (value === 0 ? 'no' : 'yes');
  const bridge = await remote.networkGetBridgeName({ net }).catch(() => undefined); // not every network has one
  return pairs([
    ['Name', net.name],
    ['UUID', net.uuid],
    ['Active', yes((await remote.networkIsActive({ net })).active)],
    ['Persistent', yes((await remote.networkIsPersistent({ net })).persistent)],
    ['Autostart', yes((await remote.networkGetAutostart({ net })).autostart)],
    ...(bridge === undefined ? [] : [['Bridge', bridge.name] as const]),
  ]);
}

/** The number of a word that is spelt exactly so. */
const exactly = ({ words, number }: WordTable, word: string): number | undefined =>
  words.includes(word) ? number(word) : undefined;

async function update(context: Context, values: Values): Promise<Output> {
  const verb = values.text('command');
  const command = exactly(networkUpdateCommands, verb === 'add' ? 'add-last' : verb);
  const section = exactly(networkUpdateSections, values.text('section'));
  if (command === undefined) throw new UsageError(`unrecognized command name '${verb}'`);
  if (section === undefined) throw new UsageError(`unrecognized section name '${values.text('section')}'`);
  const words = values.text('xml');
  const xml = words.startsWith('<') ? words : await readDocument(words);
  const net = await verbs.named(context, values);
  const { remote } = await context.connection();
  const flags = targetFlags(values);
  await attempt(`Failed to update network ${net.name}`, () =>
    remote.networkUpdate({ net, command, section, parentIndex: values.number('parent-index') ?? -1, xml, flags }),
  );
  const where = !values.flag('config')
    ? 'live state'
    : values.flag('live')
      ? 'persistent config and live state'
      : 'persistent config';
  return { text: `Updated network ${net.name} ${where}`, data: { done: true } };
}

const two = (value: number): string => String(value).padStart(2, '0');
const moment = (seconds: bigint): string => {
  const date = new Date(Number(seconds) * 1000);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

async function leases(context: Context, values: Values): Promise<Output> {
  const net = await verbs.named(context, values);
  const { remote } = await context.connection();
  const mac = values.optional('mac');
  const found = await attempt(`Failed to get leases info for ${net.name}`, () =>
    remote.networkGetDHCPLeases({ net, needResults: 1, flags: 0, ...(mac === undefined ? {} : { mac }) }),
  );
  const rows = found.leases.map((lease) => [
    moment(lease.expirytime),
    lease.mac ?? '-',
    addressFamilies.word(lease.type) ?? 'unknown',
    `${lease.ipaddr}/${lease.prefix}`,
    lease.hostname ?? '-',
    lease.clientid ?? '-',
  ]);
  return {
    ...table(['Expiry Time', 'MAC address', 'Protocol', 'IP address', 'Hostname', 'Client ID or DUID'], rows),
    data: found.leases,
  };
}

export const networkCommands: readonly Command[] = [
  {
    name: 'net-list',
    group,
    summary: 'list networks',
    options: [
      flag('inactive', 'list inactive networks'),
      flag('all', 'list inactive & active networks'),
      flag('persistent', 'list persistent networks'),
      flag('transient', 'list transient networks'),
      flag('autostart', 'list networks with autostart enabled'),
      flag('no-autostart', 'list networks with autostart disabled'),
      flag('uuid', "list uuid's only"),
      flag('name', 'list network names only'),
      flag('table', 'list table (default)'),
      flag('title', 'show network title'),
    ],
    run: list,
  },
  { name: 'net-info', group, summary: 'network information', options: [verbs.option], run: info },
  {
    name: 'net-dumpxml',
    group,
    summary: 'network information in XML',
    options: [verbs.option, ...dumping.options, ...documentOptions],
    run: async (context, values) => {
      const net = await verbs.named(context, values);
      const { remote } = await context.connection();
      const { xml } = await remote.networkGetXMLDesc({ net, flags: dumping.bits(values) });
      return documentOutput(xml, values);
    },
  },
  verbs.edit({
    summary: 'edit XML configuration for a network',
    read: (remote, net) => remote.networkGetXMLDesc({ net, flags: inactiveFlags.inactive }),
    write: (remote, xml) => remote.networkDefineXML({ xml }),
  }),
  networkEvents(verbs),
  ...networkPorts(verbs),
  verbs.uuid(),
  verbs.name(),
  verbs.fromFile({
    verb: 'define',
    summary: 'define an inactive persistent virtual network or modify an existing persistent one from an XML file',
    options: checking.options,
    run: async (remote, xml, values) =>
      values.flag('validate')
        ? (await remote.networkDefineXMLFlags({ xml, flags: checking.bits(values) })).net
        : (await remote.networkDefineXML({ xml })).net,
  }),
  verbs.fromFile({
    verb: 'create',
    summary: 'create a network from an XML file',
    options: checking.options,
    run: async (remote, xml, values) =>
      values.flag('validate')
        ? (await remote.networkCreateXMLFlags({ xml, flags: checking.bits(values) })).net
        : (await remote.networkCreateXML({ xml })).net,
  }),
  verbs.action({
    verb: 'start',
    summary: 'start a (previously defined) inactive network',
    failure: 'Failed to start network',
    success: 'started',
    run: (remote, net) => remote.networkCreate({ net }),
  }),
  verbs.action({
    verb: 'destroy',
    summary: 'destroy (stop) a network',
    failure: 'Failed to destroy network',
    success: 'destroyed',
    run: (remote, net) => remote.networkDestroy({ net }),
  }),
  verbs.action({
    verb: 'undefine',
    summary: 'undefine a persistent network',
    failure: 'Failed to undefine network',
    success: 'has been undefined',
    run: (remote, net) => remote.networkUndefine({ net }),
  }),
  verbs.autostart(),
  {
    name: 'net-update',
    group,
    summary: "update parts of an existing network's configuration",
    options: [
      verbs.option,
      text('command', 'type of update (add-first, add-last (add), delete, or modify)', { required: true }),
      text('section', 'which section of network configuration to update', { required: true }),
      text('xml', 'name of file containing xml (or, if it starts with <, the complete xml element itself)', {
        required: true,
      }),
      number('parent-index', 'which parent object to search through'),
      ...targetOptions,
    ],
    run: update,
  },
  {
    name: 'net-dhcp-leases',
    group,
    summary: 'print lease info for a given network',
    options: [verbs.option, text('mac', 'MAC address')],
    run: leases,
  },
];
