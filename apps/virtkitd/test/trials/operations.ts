import { existsSync } from 'node:fs';
import { type Connection, hasCode, errorCode } from '@virtkit/client';

/** What an operation works on: names and folders of one round. */
export interface Round {
  readonly name: string;
  readonly images: string;
}

/** One thing a client asks for, and how to see from outside whether it happened. */
export interface Operation {
  readonly name: string;
  /** Makes what the operation needs. */
  prepare(connection: Connection, round: Round): Promise<void>;
  act(connection: Connection, round: Round): Promise<unknown>;
  /** `after` when its effect is there, `before` when nothing of it is, else what is half done. */
  state(connection: Connection, round: Round): Promise<string>;
}

export const guestXml = (
  name: string,
  devices = '',
): string => `<domain type='qemu'><name>${name}</name><memory unit='MiB'>32</memory>
<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>${devices}<serial type='pty'/></devices></domain>`;

const diskXml = (round: Round): string =>
  `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${round.images}/${round.name}.raw'/><target dev='vdb' bus='virtio'/></disk>`;
const volumeXml = (round: Round): string =>
  `<volume><name>${round.name}.qcow2</name><capacity unit='MiB'>4</capacity><target><format type='qcow2'/></target></volume>`;
const networkXml = (round: Round): string =>
  `<network><name>${round.name}</name><bridge name='vk${round.name.slice(-8)}'/><ip address='192.168.250.1' netmask='255.255.255.0'><dhcp><range start='192.168.250.2' end='192.168.250.9'/></dhcp></ip></network>`;

const missing = async (look: Promise<unknown>, code: number): Promise<boolean> => {
  try {
    await look;
    return false;
  } catch (cause) {
    if (hasCode(cause, code)) return true;
    throw cause;
  }
};
const domainMissing = (connection: Connection, name: string): Promise<boolean> =>
  missing(connection.domains.lookupByName(name), errorCode.noDomain);
const networkMissing = (connection: Connection, name: string): Promise<boolean> =>
  missing(connection.networks.lookupByName(name), errorCode.noNetwork);

const running = async (connection: Connection, name: string): Promise<boolean> =>
  (await connection.domains.lookupByName(name)).id !== undefined;
const define = async (connection: Connection, { name }: Round): Promise<void> =>
  void (await connection.domains.define(guestXml(name)));
const start = async (connection: Connection, round: Round): Promise<void> => {
  await define(connection, round);
  await (await connection.domains.lookupByName(round.name)).start();
};
const attached = async (connection: Connection, { name }: Round): Promise<boolean> =>
  (await (await connection.domains.lookupByName(name)).xml({ inactive: true })).includes("dev='vdb'");
const LIVE = 1;
const CONFIG = 2;
/** In both definitions, in none, or what is half done. */
async function inBoth(connection: Connection, { name }: Round, text: string): Promise<string> {
  const domain = await connection.domains.lookupByName(name);
  const [live, config] = [await domain.xml(), await domain.xml({ inactive: true })].map((xml) => xml.includes(text));
  if (live !== config) return live ? 'only live' : 'only config';
  return live ? 'after' : 'before';
}
const hostXml = "<host mac='52:54:00:00:00:77' ip='192.168.250.5'/>";

async function makeVolume(connection: Connection, round: Round): Promise<void> {
  await (await connection.storagePools.lookupByName('images')).createVolume(volumeXml(round));
}
async function volumeState(connection: Connection, round: Round): Promise<string> {
  const pool = await connection.storagePools.lookupByName('images');
  await pool.refresh();
  const absent = await missing(pool.volume(`${round.name}.qcow2`), errorCode.noStorageVolume);
  const file = existsSync(`${round.images}/${round.name}.qcow2`);
  if (absent === file) return `volume ${absent ? 'unknown' : 'known'} but its file is ${file ? 'there' : 'gone'}`;
  return absent ? 'absent' : 'present';
}
const as = (present: string, absent: string, found: string): string =>
  found === 'present' ? present : found === 'absent' ? absent : found;
const defineNetwork = async (connection: Connection, round: Round): Promise<void> =>
  void (await connection.networks.define(networkXml(round)));
const networkActive = async (connection: Connection, { name }: Round): Promise<boolean> =>
  (await connection.networks.lookupByName(name)).active();

export const operations: readonly Operation[] = [
  {
    name: 'define',
    prepare: () => Promise.resolve(),
    act: define,
    state: async (connection, { name }) => ((await domainMissing(connection, name)) ? 'before' : 'after'),
  },
  {
    name: 'start',
    prepare: define,
    act: async (connection, { name }) => (await connection.domains.lookupByName(name)).start(),
    state: async (connection, { name }) => ((await running(connection, name)) ? 'after' : 'before'),
  },
  {
    name: 'destroy',
    prepare: start,
    act: async (connection, { name }) => (await connection.domains.lookupByName(name)).destroy(),
    state: async (connection, { name }) => ((await running(connection, name)) ? 'before' : 'after'),
  },
  {
    name: 'undefine',
    prepare: define,
    act: async (connection, { name }) => (await connection.domains.lookupByName(name)).undefine(),
    state: async (connection, { name }) => ((await domainMissing(connection, name)) ? 'after' : 'before'),
  },
  {
    name: 'attach',
    prepare: define,
    act: async (connection, round) =>
      connection.remote.domainAttachDeviceFlags({
        dom: (await connection.domains.lookupByName(round.name)).handle,
        xml: diskXml(round),
        flags: CONFIG,
      }),
    state: async (connection, round) => ((await attached(connection, round)) ? 'after' : 'before'),
  },
  {
    name: 'detach',
    prepare: async (connection, round) => void (await connection.domains.define(guestXml(round.name, diskXml(round)))),
    act: async (connection, round) =>
      connection.remote.domainDetachDeviceFlags({
        dom: (await connection.domains.lookupByName(round.name)).handle,
        xml: diskXml(round),
        flags: CONFIG,
      }),
    state: async (connection, round) => ((await attached(connection, round)) ? 'before' : 'after'),
  },
  {
    name: 'attach-both',
    prepare: start,
    act: async (connection, round) =>
      connection.remote.domainAttachDeviceFlags({
        dom: (await connection.domains.lookupByName(round.name)).handle,
        xml: diskXml(round),
        flags: LIVE | CONFIG,
      }),
    state: (connection, round) => inBoth(connection, round, "dev='vdb'"),
  },
  {
    name: 'title-both',
    prepare: start,
    act: async (connection, { name }) =>
      connection.remote.domainSetMetadata({
        dom: (await connection.domains.lookupByName(name)).handle,
        type: 1,
        metadata: 'a new title',
        flags: LIVE | CONFIG,
      }),
    state: (connection, round) => inBoth(connection, round, 'a new title'),
  },
  {
    name: 'rename',
    prepare: define,
    act: async (connection, { name }) =>
      connection.remote.domainRename({
        dom: (await connection.domains.lookupByName(name)).handle,
        newName: `${name}-new`,
        flags: 0,
      }),
    state: async (connection, { name }) => {
      const [before, after] = [await domainMissing(connection, name), await domainMissing(connection, `${name}-new`)];
      if (before === after) return before ? 'lost' : 'there twice';
      return before ? 'after' : 'before';
    },
  },
  {
    name: 'autostart',
    prepare: define,
    act: async (connection, { name }) =>
      connection.remote.domainSetAutostart({ dom: (await connection.domains.lookupByName(name)).handle, autostart: 1 }),
    state: async (connection, { name }) =>
      (await connection.remote.domainGetAutostart({ dom: (await connection.domains.lookupByName(name)).handle }))
        .autostart === 1
        ? 'after'
        : 'before',
  },
  {
    name: 'vol-create',
    prepare: () => Promise.resolve(),
    act: makeVolume,
    state: async (connection, round) => as('after', 'before', await volumeState(connection, round)),
  },
  {
    name: 'vol-delete',
    prepare: makeVolume,
    act: async (connection, round) =>
      (await (await connection.storagePools.lookupByName('images')).volume(`${round.name}.qcow2`)).delete(),
    state: async (connection, round) => as('before', 'after', await volumeState(connection, round)),
  },
  {
    name: 'net-define',
    prepare: () => Promise.resolve(),
    act: defineNetwork,
    state: async (connection, { name }) => ((await networkMissing(connection, name)) ? 'before' : 'after'),
  },
  {
    name: 'net-start',
    prepare: defineNetwork,
    act: async (connection, { name }) => (await connection.networks.lookupByName(name)).start(),
    state: async (connection, round) => ((await networkActive(connection, round)) ? 'after' : 'before'),
  },
  {
    name: 'net-update',
    prepare: async (connection, round) => {
      await defineNetwork(connection, round);
      await (await connection.networks.lookupByName(round.name)).start();
    },
    act: async (connection, { name }) =>
      connection.remote.networkUpdate({
        net: (await connection.networks.lookupByName(name)).handle,
        command: 3,
        section: 4,
        parentIndex: -1,
        xml: hostXml,
        flags: LIVE | CONFIG,
      }),
    state: async (connection, { name }) => {
      const network = await connection.networks.lookupByName(name);
      const [live, config] = [await network.xml(), await network.xml({ inactive: true })].map((xml) =>
        xml.includes('52:54:00:00:00:77'),
      );
      if (live !== config) return live ? 'only live' : 'only config';
      return live ? 'after' : 'before';
    },
  },
  {
    name: 'net-destroy',
    prepare: async (connection, round) => {
      await defineNetwork(connection, round);
      await (await connection.networks.lookupByName(round.name)).start();
    },
    act: async (connection, { name }) => (await connection.networks.lookupByName(name)).destroy(),
    state: async (connection, round) => ((await networkActive(connection, round)) ? 'before' : 'after'),
  },
];

/** Removes what a round left, whatever became of it. */
export async function clear(connection: Connection, { name }: Round): Promise<void> {
  const quietly = async (run: () => Promise<unknown>): Promise<void> => void (await run().catch(() => undefined));
  await quietly(async () => (await connection.domains.lookupByName(name)).destroy());
  for (const guest of [name, `${name}-new`])
    await quietly(async () => (await connection.domains.lookupByName(guest)).undefine());
  await quietly(async () => (await connection.networks.lookupByName(name)).destroy());
  await quietly(async () => (await connection.networks.lookupByName(name)).undefine());
  await quietly(async () =>
    (await (await connection.storagePools.lookupByName('images')).volume(`${name}.qcow2`)).delete(),
  );
}
