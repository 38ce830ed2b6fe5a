import type { Bandwidth, BandwidthRate } from '@virtkit/schema';

/** Arguments of one call of a program. */
export type Words = readonly string[];

export interface ShapingOptions {
  /** The device is the host's end of a guest's: what comes in there goes out of the guest. */
  readonly swapped?: boolean;
  /** Guests with a guaranteed rate get classes of their own beside the common one: bridges of networks. */
  readonly hierarchical?: boolean;
}

interface Directions {
  /** Towards whoever sits behind the device. */
  readonly sent: BandwidthRate | undefined;
  readonly received: BandwidthRate | undefined;
}

const directions = ({ inbound, outbound }: Bandwidth, swapped: boolean): Directions =>
  swapped ? { sent: inbound, received: outbound } : { sent: outbound, received: inbound };

/** Arguments of `tc` that limit a device, everything it had before cleared. @libvirt virNetDevBandwidthSet */
export function tcCommands(device: string, bandwidth: Bandwidth, options: ShapingOptions = {}): readonly Words[] {
  const { sent, received } = directions(bandwidth, options.swapped === true);
  if (sent === undefined && received === undefined) return [];
  return [
    ...clearCommands(device),
    ...(sent === undefined ? [] : sendingCommands(device, sent, options.hierarchical === true)),
    ...(received === undefined ? [] : receivingCommands(device, received)),
  ];
}

/** Arguments of `tc` that remove all limits; each fails when there was none. */
export const clearCommands = (device: string): readonly Words[] => [
  ['qdisc', 'del', 'dev', device, 'root'],
  ['qdisc', 'del', 'dev', device, 'ingress'],
];

const packetSize = 1500;
/** Bytes a class may send at once: small for slow ones, so that nobody waits long. */
const quantum = (average: number): string => String(Math.max(1, Math.floor((average * 1024) / packetSize / 8)));

function rateWords({ average, floor, peak, burst }: BandwidthRate): Words {
  return [
    'rate',
    `${average ?? floor ?? 0}kbps`,
    ...(peak === undefined ? [] : ['ceil', `${peak}kbps`]),
    ...(burst === undefined ? [] : ['burst', `${burst}kb`]),
  ];
}

function sendingCommands(device: string, rate: BandwidthRate, hierarchical: boolean): readonly Words[] {
  const average = Number(rate.average ?? rate.floor ?? 0);
  const [parent, common] = hierarchical ? ['1:1', '1:2'] : ['1:', '1:1'];
  const htb = (above: string, id: string): Words => [
    'class',
    'add',
    'dev',
    device,
    'parent',
    above,
    'classid',
    id,
    'htb',
    ...rateWords(rate),
    'quantum',
    quantum(average),
  ];
  return [
    ['qdisc', 'show', 'dev', device, 'handle', '1:'],
    ['qdisc', 'add', 'dev', device, 'root', 'handle', '1:', 'htb', 'default', hierarchical ? '2' : '1'],
    ...(hierarchical ? [htb('1:', '1:1')] : []),
    htb(parent, common),
    ['qdisc', 'add', 'dev', device, 'parent', common, 'handle', '2:', 'sfq', 'perturb', '10'],
    [
      'filter',
      'add',
      'dev',
      device,
      'parent',
      '1:0',
      'protocol',
      'all',
      'prio',
      '1',
      'handle',
      '1',
      'fw',
      'flowid',
      '1',
    ],
  ];
}

function receivingCommands(device: string, { average = 0, burst = average }: BandwidthRate): readonly Words[] {
  const match = ['protocol', 'all', 'u32', 'match', 'u32', '0', '0'];
  const police = ['police', 'rate', `${average}kbps`, 'burst', `${burst}kb`, 'mtu', '64kb', 'drop', 'flowid', ':1'];
  return [
    ['qdisc', 'add', 'dev', device, 'ingress'],
    ['filter', 'add', 'dev', device, 'parent', 'ffff:', ...match, ...police],
  ];
}

const vsctl = ['--timeout=5'];

/** Arguments of `ovs-vsctl` that limit a port of Open vSwitch. @libvirt virNetDevOpenvswitchInterfaceSetQos */
export function ovsCommands(
  device: string,
  guest: string,
  bandwidth: Bandwidth,
  options: ShapingOptions = {},
): readonly Words[] {
  const { sent, received } = directions(bandwidth, options.swapped === true);
  if (sent === undefined && received === undefined) return [];
  const ids = [`external-ids:vm-id="${guest}"`, `external-ids:ifname="${device}"`];
  const find = (table: string): Words => [...vsctl, '--no-heading', '--columns=_uuid', 'find', table, ...ids];
  return [
    find('queue'),
    find('qos'),
    ...(sent === undefined ? [] : [queueCommand(device, ids, sent)]),
    [...vsctl, 'set', 'Interface', device, ...policing(received)],
  ];
}

function queueCommand(device: string, ids: Words, { average = 0, peak, burst }: BandwidthRate): Words {
  const rates = [
    `other_config:min-rate=${BigInt(average) * 8000n}`,
    ...(burst === undefined ? [] : [`other_config:burst=${BigInt(burst) * 8192n}`]),
    ...(peak === undefined ? [] : [`other_config:max-rate=${BigInt(peak) * 8000n}`]),
  ];
  const port = [...vsctl, 'set', 'port', device, 'qos=@qos1', ...ids];
  const qos = ['--', '--id=@qos1', 'create', 'qos', 'type=linux-htb', ...rates, 'queues:0=@queue0', ...ids];
  const queue = ['--', '--id=@queue0', 'create', 'queue', ...rates, ...ids];
  return [...port, ...qos, ...queue];
}

function policing(rate: BandwidthRate | undefined): Words {
  if (rate === undefined) return ['ingress_policing_rate=0', 'ingress_policing_burst=0'];
  const { average = 0, burst } = rate;
  const bursts = burst === undefined ? [] : [`ingress_policing_burst=${BigInt(burst) * 8n}`];
  return [`ingress_policing_rate=${BigInt(average) * 8n}`, ...bursts];
}
