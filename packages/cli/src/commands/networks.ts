import type { NetworkHandle } from '@virtkit/client';
import { attempt, readDocument } from '../attempt.js';
import { type Command, flag, number, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { bare, done, type Output, pairs, plain, table } from '../output.js';
import { targetFlags, targetOptions } from '../target.js';
import { UsageError } from '../usage-error.js';

const group = 'Networking';
const networkOption: OptionRow = {
  name: 'network',
  kind: 'text',
  summary: 'network name or uuid',
  required: true,
  completes: 'network',
};

/** By uuid, then name. */
export async function findNetwork(context: Context, words: string): Promise<NetworkHandle> {
  const { remote } = await context.connection();
  return attempt(`failed to get network '${words}'`, async () => {
    if (/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(words)) {
      const found = await remote.networkLookupByUUID({ uuid: words.toLowerCase() }).catch(() => undefined);
      if (found !== undefined) return found.net;
    }
    return (await remote.networkLookupByName({ name: words })).net;
  });
}

type Remote = Awaited<ReturnType<Context['connection']>>['remote'];

const sentence = (
  name: string,
  summary: string,
  failure: string,
  success: (network: string, values: Values) => string,
  run: (remote: Remote, net: NetworkHandle, values: Values) => Promise<unknown>,
  options: readonly OptionRow[] = [],
): Command => ({
  name,
  group,
  summary,
  options: [networkOption, ...options],
  run: async (context, values) => {
    const net = await findNetwork(context, values.text('network'));
    const { remote } = await context.connection();
    await attempt(`${failure} ${net.name}`, () => run(remote, net, values));
    return done(success(net.name, values));
  },
});

const fromFile = (
  name: string,
  summary: string,
  failure: string,
  participle: string,
  run: (remote: Remote, xml: string, flags: number) => Promise<{ readonly net: NetworkHandle }>,
): Command => ({
  name,
  group,
  summary,
  options: [
    text('file', 'file containing an XML network description', { required: true, completes: 'file' }),
    flag('validate', 'validate the XML against the schema'),
  ],
  run: async (context, values) => {
    const file = values.text('file');
    const xml = await readDocument(file);
    const { remote } = await context.connection();
    const { net } = await attempt(`Failed to ${failure} network from ${file}`, () =>
      run(remote, xml, values.flag('validate') ? 1 : 0),
    );
    return done(`Network ${net.name} ${participle} from ${file}`, net);
  },
});

/** @libvirt virConnectListAllNetworksFlags */
const listFlags = (values: Values): number =>
  (values.flag('all') ? 3 : values.flag('inactive') ? 1 : 2) |
  (values.flag('persistent') ? 4 : 0) |
  (values.flag('transient') ? 8 : 0) |
  (values.flag('autostart') ? 16 : 0) |
  (values.flag('no-autostart') ? 32 : 0);

async function list(context: Context, values: Values): Promise<Output> {
  const { remote } = await context.connection();
  const { nets } = await remote.connectListAllNetworks({ needResults: 1, flags: listFlags(values) });
  const sorted = [...nets].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  if (values.flag('name') || values.flag('uuid')) {
    const words = sorted.map((net) => (values.flag('uuid') ? net.uuid : net.name));
    return bare(words.map((word) => `${word}\n`).join(''), words);
  }
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
      ];
    }),
  );
  return table(['Name', 'State', 'Autostart', 'Persistent'], rows);
}

async function info(context: Context, values: Values): Promise<Output> {
  const net = await findNetwork(context, values.text('network'));
  const { remote } = await context.connection();
  const yes = (value: number): string => (value === 0 ? 'no' : 'yes');
  const bridge = await remote.networkGetBridgeName({ net }).catch(() => undefined);
  return pairs([
    ['Name', net.name],
    ['UUID', net.uuid],
    ['Active', yes((await remote.networkIsActive({ net })).active)],
    ['Persistent', yes((await remote.networkIsPersistent({ net })).persistent)],
    ['Autostart', yes((await remote.networkGetAutostart({ net })).autostart)],
    ...(bridge === undefined ? [] : [['Bridge', bridge.name] as const]),
  ]);
}

const commandNumbers: Readonly<Record<string, number>> = {
  modify: 1,
  delete: 2,
  'add-last': 3,
  add: 3,
  'add-first': 4,
};
const sections = [
  'none',
  'bridge',
  'domain',
  'ip',
  'ip-dhcp-host',
  'ip-dhcp-range',
  'forward',
  'forward-interface',
  'forward-pf',
  'portgroup',
  'dns-host',
  'dns-txt',
  'dns-srv',
];

async function update(context: Context, values: Values): Promise<Output> {
  const command = commandNumbers[values.text('command')];
  const section = sections.indexOf(values.text('section'));
  if (command === undefined) throw new UsageError(`unrecognized command name '${values.text('command')}'`);
  if (section <= 0) throw new UsageError(`unrecognized section name '${values.text('section')}'`);
  const words = values.text('xml');
  const xml = words.startsWith('<') ? words : await readDocument(words);
  const net = await findNetwork(context, values.text('network'));
  const { remote } = await context.connection();
  const flags = targetFlags(values);
  await attempt(`Failed to update network ${net.name}`, () =>
    remote.networkUpdate({ net, command, section, parentIndex: values.number('parent-index') ?? -1, xml, flags }),
  );
  const where = flags === 3 ? 'persistent config and live state' : flags === 2 ? 'persistent config' : 'live state';
  return { text: `Updated network ${net.name} ${where}`, data: { done: true } };
}

const two = (value: number): string => String(value).padStart(2, '0');
const moment = (seconds: bigint): string => {
  const date = new Date(Number(seconds) * 1000);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

async function leases(context: Context, values: Values): Promise<Output> {
  const net = await findNetwork(context, values.text('network'));
  const { remote } = await context.connection();
  const mac = values.optional('mac');
  const found = await attempt(`Failed to get leases info for ${net.name}`, () =>
    remote.networkGetDHCPLeases({ net, needResults: 1, flags: 0, ...(mac === undefined ? {} : { mac }) }),
  );
  const rows = found.leases.map((lease) => [
    moment(lease.expirytime),
    lease.mac ?? '-',
    lease.type === 0 ? 'ipv4' : 'ipv6',
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
    options: ['inactive', 'all', 'persistent', 'transient', 'autostart', 'no-autostart', 'uuid', 'name'].map((name) =>
      flag(name, `list ${name} networks`),
    ),
    run: list,
  },
  { name: 'net-info', group, summary: 'network information', options: [networkOption], run: info },
  {
    name: 'net-dumpxml',
    group,
    summary: 'network information in XML',
    options: [networkOption, flag('inactive', 'show inactive defined XML')],
    run: async (context, values) =>
      plain(
        (
          await (
            await context.connection()
          ).remote.networkGetXMLDesc({
            net: await findNetwork(context, values.text('network')),
            flags: values.flag('inactive') ? 1 : 0,
          })
        ).xml,
      ),
  },
  {
    name: 'net-uuid',
    group,
    summary: 'convert a network name to network UUID',
    options: [networkOption],
    run: async (context, values) => plain(`${(await findNetwork(context, values.text('network'))).uuid}\n`),
  },
  {
    name: 'net-name',
    group,
    summary: 'convert a network UUID to network name',
    options: [networkOption],
    run: async (context, values) => plain(`${(await findNetwork(context, values.text('network'))).name}\n`),
  },
  fromFile(
    'net-define',
    'define an inactive persistent virtual network or modify an existing persistent one from an XML file',
    'define',
    'defined',
    (remote, xml, flags) =>
      flags === 0 ? remote.networkDefineXML({ xml }) : remote.networkDefineXMLFlags({ xml, flags }),
  ),
  fromFile('net-create', 'create a network from an XML file', 'create', 'created', (remote, xml, flags) =>
    flags === 0 ? remote.networkCreateXML({ xml }) : remote.networkCreateXMLFlags({ xml, flags }),
  ),
  sentence(
    'net-start',
    'start a (previously defined) inactive network',
    'Failed to start network',
    (name) => `Network ${name} started`,
    (remote, net) => remote.networkCreate({ net }),
  ),
  sentence(
    'net-destroy',
    'destroy (stop) a network',
    'Failed to destroy network',
    (name) => `Network ${name} destroyed`,
    (remote, net) => remote.networkDestroy({ net }),
  ),
  sentence(
    'net-undefine',
    'undefine a persistent network',
    'Failed to undefine network',
    (name) => `Network ${name} has been undefined`,
    (remote, net) => remote.networkUndefine({ net }),
  ),
  sentence(
    'net-autostart',
    'autostart a network',
    'failed to mark network',
    (name, values) => `Network ${name} ${values.flag('disable') ? 'unmarked' : 'marked'} as autostarted`,
    (remote, net, values) => remote.networkSetAutostart({ net, autostart: values.flag('disable') ? 0 : 1 }),
    [flag('disable', 'disable autostarting')],
  ),
  {
    name: 'net-update',
    group,
    summary: "update parts of an existing network's configuration",
    options: [
      networkOption,
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
    options: [networkOption, text('mac', 'MAC address')],
    run: leases,
  },
];
