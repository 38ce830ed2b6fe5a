import { flag, type OptionRow, text, type Values } from '../command.js';
import { markup } from '../document.js';
import { UsageError } from '../usage-error.js';

const named = { named: true } as const;

function addressXml(words: string): string {
  const [, domain, bus, slot, fn] = /^([0-9a-f]+):([0-9a-f]+):([0-9a-f]+)\.([0-7])$/i.exec(words) ?? [];
  if (domain === undefined || bus === undefined || slot === undefined || fn === undefined)
    throw new UsageError(`cannot parse pci address '${words}' for network interface`);
  const hex = (digits: string, width: number): string => `0x${digits.padStart(width, '0')}`;
  return markup('address', {
    type: 'pci',
    domain: hex(domain, 4),
    bus: hex(bus, 2),
    slot: hex(slot, 2),
    function: hex(fn, 1),
  });
}

function modeOf(values: Values): string | undefined {
  const mode = values.optional('source-mode');
  if (mode !== undefined && mode !== 'server' && mode !== 'client')
    throw new UsageError(`Invalid source mode: ${mode}`);
  if (mode === undefined && values.text('type') === 'vhostuser') throw new UsageError('source-mode is mandatory');
  return mode;
}

/** `<source>` of each type. */
const sources: Readonly<Record<string, (source: string, mode: string | undefined) => string>> = {
  network: (network) => markup('source', { network }),
  bridge: (bridge) => markup('source', { bridge }),
  direct: (dev) => markup('source', { dev }),
  hostdev: (address) => markup('source', {}, [addressXml(address)]),
  vhostuser: (path, mode) => markup('source', { type: 'unix', path, mode }),
};

/** What `attach-interface` takes to describe an interface. */
export const interfaceOptions: readonly OptionRow[] = [
  text('type', 'network interface type: network, bridge, direct, hostdev or vhostuser', {
    required: true,
    words: Object.keys(sources),
  }),
  text('source', 'source of network interface', { required: true, completes: 'network' }),
  text('target', 'target network name'),
  text('mac', 'MAC address'),
  text('script', 'script used to bridge network interface'),
  text('model', 'model type'),
  text('alias', 'custom alias name of interface device', named),
  text('inbound', "control domain's incoming traffics: average,peak,burst,floor", named),
  text('outbound', "control domain's outgoing traffics: average,peak,burst", named),
  flag('managed', 'libvirt will automatically detach/attach the device from/to host'),
  text('source-mode', 'mode attribute of <source/> element: server or client, of vhostuser', named),
];

type Limit = 'average' | 'peak' | 'burst' | 'floor';
const limits: readonly Limit[] = ['average', 'peak', 'burst', 'floor'];
type Direction = 'inbound' | 'outbound';

/** `average,peak,burst,floor`; each may be left out, but what is counted on must be there. */
function limitXml(values: Values, direction: Direction): readonly string[] {
  const words = values.optional(direction);
  if (words === undefined) return [];
  const found: Partial<Record<Limit, string>> = {};
  for (const [at, number] of words.split(',').entries()) {
    const limit = limits[at];
    if (limit === undefined || !/^\d*$/.test(number)) throw new UsageError(`field '${limit ?? number}' is malformed`);
    if (Number(number) > 0) found[limit] = number;
  }
  if (direction === 'outbound' && found.floor !== undefined) throw new UsageError('outbound floor is unsupported yet');
  if (direction === 'outbound' && found.average === undefined) throw new UsageError('outbound average is mandatory');
  if (found.average === undefined && found.floor === undefined)
    throw new UsageError('either inbound average or floor is mandatory');
  return [markup(direction, found)];
}

function bandwidthXml(values: Values): readonly string[] {
  const directions = [...limitXml(values, 'inbound'), ...limitXml(values, 'outbound')];
  return directions.length === 0 ? [] : [markup('bandwidth', {}, directions)];
}

/** `<interface>` of the options of `attach-interface`. @throws UsageError for options that contradict each other */
export function interfaceXml(values: Values): string {
  const type = values.text('type');
  const source = Object.hasOwn(sources, type) ? sources[type] : undefined;
  if (source === undefined) throw new UsageError(`No support for ${type} in command 'attach-interface'`);
  const child = (tag: string, key: string, option = tag): readonly string[] =>
    values.has(option) ? [markup(tag, { [key]: values.text(option) })] : [];
  return markup('interface', { type, managed: values.flag('managed') ? 'yes' : undefined }, [
    source(values.text('source'), modeOf(values)),
    ...child('target', 'dev'),
    ...child('mac', 'address'),
    ...child('script', 'path'),
    ...child('model', 'type'),
    ...child('alias', 'name'),
    ...bandwidthXml(values),
  ]);
}
