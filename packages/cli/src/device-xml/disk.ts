import { statSync } from 'node:fs';
import { flag, type OptionRow, text, type Values } from '../command.js';
import { markup, textElement } from '../document.js';
import { needs } from '../exclusive.js';
import { UsageError } from '../usage-error.js';
import { addressXml } from './disk-address.js';

const named = { named: true } as const;

/** What `attach-disk` takes to describe a disk. */
export const diskOptions: readonly OptionRow[] = [
  text('source', 'source of disk device or name of network disk', { required: true, completes: 'file' }),
  text('target', 'target of disk device', { required: true }),
  text('targetbus', 'target bus of disk device'),
  text('driver', 'driver of disk device'),
  text('subdriver', 'subdriver of disk device'),
  text('iothread', 'IOThread to be used by supported device', named),
  text('cache', 'cache mode of disk device'),
  text('io', 'io policy of disk device'),
  text('type', 'target device type'),
  text('mode', 'mode of device reading and writing: readonly or shareable'),
  text('sourcetype', 'type of source (block|file|network)'),
  text('serial', 'serial of disk device'),
  text('wwn', 'wwn of disk device', named),
  text('alias', 'custom alias name of disk device', named),
  flag('rawio', 'needs rawio capability'),
  text('address', 'address of disk device, as pci:0000.00.07.0', named),
  flag('multifunction', 'use multifunction pci under specified address'),
  text('source-protocol', 'protocol used by disk device source', named),
  text('source-host-name', 'host name for source of disk device', named),
  text('source-host-transport', 'host transport for source of disk device', named),
  text('source-host-socket', 'host socket for source of disk device', named),
  text('throttle-groups', 'comma separated list of throttle groups to be applied', named),
];

const kinds = ['block', 'file', 'network'] as const;
type Kind = (typeof kinds)[number];

const isBlock = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isBlockDevice() ?? false;

function kindOf(values: Values): Kind {
  const words = values.optional('sourcetype');
  const known = kinds.find((kind) => kind === words);
  if (words !== undefined && known === undefined) throw new UsageError(`Unknown source type: '${words}'`);
  if (values.has('source-protocol')) return 'network';
  return known ?? (isBlock(values.text('source')) ? 'block' : 'file');
}

function checked(values: Values, kind: Kind): void {
  const mode = values.optional('mode');
  if (mode !== undefined && mode !== 'readonly' && mode !== 'shareable')
    throw new UsageError(`No support for ${mode} in command 'attach-disk'`);
  for (const name of ['name', 'transport', 'socket']) needs(values, `source-host-${name}`, 'source-protocol');
  needs(values, 'source-host-socket', 'source-host-transport');
  if (kind === 'network' && !values.has('source-protocol'))
    throw new UsageError('Option --source-protocol is required by option --sourcetype network');
  const wwn = values.optional('wwn');
  if (wwn !== undefined && !/^[0-9a-f]{16}$/i.test(wwn)) throw new UsageError(`Malformed wwn: ${wwn}`);
}

function networkSource(values: Values): string {
  const [, name, port] = /^([^:]*)(?::(.*))?$/.exec(values.optional('source-host-name') ?? '') ?? [];
  const host = {
    transport: values.optional('source-host-transport'),
    name: name === '' ? undefined : name,
    port,
    socket: values.optional('source-host-socket'),
  };
  const hosts = Object.values(host).some((value) => value !== undefined) ? [markup('host', host)] : [];
  return markup('source', { protocol: values.text('source-protocol'), name: values.text('source') }, hosts);
}

function sourceXml(values: Values, kind: Kind): string {
  if (kind === 'network') return networkSource(values);
  return markup('source', { [kind === 'block' ? 'dev' : 'file']: values.text('source') });
}

function driverXml(values: Values): readonly string[] {
  const driver = {
    name: values.optional('driver'),
    type: values.optional('subdriver'),
    iothread: values.optional('iothread'),
    cache: values.optional('cache'),
    io: values.optional('io'),
  };
  return Object.values(driver).some((value) => value !== undefined) ? [markup('driver', driver)] : [];
}

function throttleXml(values: Values): readonly string[] {
  const groups = values.optional('throttle-groups')?.split(',') ?? [];
  const filters = groups.map((group) => markup('throttlefilter', { group }));
  return filters.length === 0 ? [] : [markup('throttlefilters', {}, filters)];
}

function detailsXml(values: Values): readonly string[] {
  const child = (name: string): readonly string[] => (values.has(name) ? [textElement(name, values.text(name))] : []);
  const address = values.optional('address');
  return [
    ...(values.has('mode') ? [markup(values.text('mode'), {})] : []),
    ...child('serial'),
    ...(values.has('alias') ? [markup('alias', { name: values.text('alias') })] : []),
    ...child('wwn'),
    ...(address === undefined ? [] : [addressXml(address, values.text('target'), values.flag('multifunction'))]),
  ];
}

/** `<disk>` of the options of `attach-disk`. @throws UsageError for options that contradict each other */
export function diskXml(values: Values): string {
  const kind = kindOf(values);
  checked(values, kind);
  const attributes = { type: kind, device: values.optional('type'), rawio: values.flag('rawio') ? 'yes' : undefined };
  return markup('disk', attributes, [
    ...driverXml(values),
    sourceXml(values, kind),
    markup('target', { dev: values.text('target'), bus: values.optional('targetbus') }),
    ...throttleXml(values),
    ...detailsXml(values),
  ]);
}
