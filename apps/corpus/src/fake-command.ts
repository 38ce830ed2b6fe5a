import { createCipheriv } from 'node:crypto';
import type {
  CommandConfig,
  CommandEnvironment,
  CommandInput,
  CommandResources,
  PretendedPlaces,
  QemuCapabilities,
} from '@virtkit/driver-qemu';
import type { Domain, NetworkInterface } from '@virtkit/schema';
import type { CorpusCase } from './manifest.js';

interface Parameters {
  readonly driver_config?: Readonly<Record<string, boolean | number | string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly caps_add?: readonly string[];
  readonly migrate_from?: string;
  readonly migrate_fd?: number;
  readonly vdpa_fds?: Readonly<Record<string, number>>;
  readonly fd_groups?: readonly {
    readonly name: string;
    readonly writable: boolean;
    readonly fds: readonly number[];
  }[];
}

/** The pretended host (corpus README) as a command line sees it. */
export function fakeCommandInput(entry: CorpusCase, domain: Domain, capabilities: QemuCapabilities): CommandInput {
  const parameters = entry.params as Parameters; // the suite's own parameters
  const { migrate_from: from, migrate_fd: fd } = parameters;
  return {
    domain,
    capabilities: withFutureFlags(capabilities, parameters),
    config: fakeConfig(parameters),
    environment: fakeEnvironment(parameters),
    resources: fakeResources(domain, parameters),
    start: {
      now: { utc: 1_234_567_890, localOffset: -1800 },
      ...(from === undefined ? {} : { incoming: from === 'stdio' ? `fd:${fd}` : from }),
    },
  };
}

/** A flag that no released QEMU has is added here: the recorded capabilities know only real ones. */
function withFutureFlags(capabilities: QemuCapabilities, { caps_add: added = [] }: Parameters): QemuCapabilities {
  const flags = new Set<string>([...capabilities.flags, ...added]);
  return { ...capabilities, flags: flags as ReadonlySet<string> as QemuCapabilities['flags'] }; // the command line asks by name
}

/** Displays listen locally, from the first port of their kind. */
export const fakePlaces: PretendedPlaces = {
  vncListen: '127.0.0.1',
  spiceListen: '127.0.0.1',
  vncPort: 5900,
  spicePort: 5901,
  spiceTlsPort: 5902,
  networkAddress: () => '192.168.122.1',
};

const tls = (directory: string, enabled: unknown, secretUuid: unknown) => ({
  directory,
  enabled: enabled === true || enabled === 1,
  verifyPeer: true,
  ...(typeof secretUuid === 'string' ? { secretUuid } : {}),
});

function fakeConfig({ driver_config: changed = {} }: Parameters): CommandConfig {
  const isOn = (name: string): boolean => changed[name] === true || changed[name] === 1;
  const pki = '/etc/pki/libvirt';
  return {
    libDir: '/var/lib/libvirt/qemu',
    channelTargetDir: '/var/run/libvirt/qemu/channel',
    dbusStateDir: '/var/run/libvirt/qemu/dbus',
    rdpStateDir: '/var/run/libvirt/qemu/rdp',
    memoryBackingDir: '/var/lib/libvirt/qemu/ram',
    hugepages: [
      { path: '/dev/hugepages2M', size: 2048, isDefault: true },
      { path: '/dev/hugepages1G', size: 1_048_576, isDefault: false },
    ],
    privileged: true,
    setProcessName: false,
    dumpGuestCore: isOn('dumpGuestCore'),
    logTimestamp: true,
    seccompSandbox: -1,
    deprecationBehavior: 'none',
    vncAutoUnixSocket: isOn('vncAutoUnixSocket'),
    vncAllowHostAudio: false,
    nographicsAllowHostAudio: isOn('nogfxAllowHostAudio'),
    vncTls: tls(`${pki}-vnc`, changed['vncTLS'], undefined),
    vncSasl: { enabled: isOn('vncSASL'), directory: '/etc/sasl2' },
    spiceAutoUnixSocket: isOn('spiceAutoUnixSocket'),
    spiceTls: tls(`${pki}-spice`, changed['spiceTLS'], undefined),
    spiceSasl: { enabled: isOn('spiceSASL'), directory: '/etc/sasl2' },
    spicePassword: '123456',
    chardevTls: tls(`${pki}-chardev`, changed['chardevTLS'], changed['chardevTLSx509secretUUID']),
    nbdTls: tls(`${pki}-nbd`, false, changed['nbdTLSx509secretUUID']),
    migrateTls: tls(`${pki}-migrate`, false, undefined),
    glusterDebugLevel: 4,
  };
}

function fakeEnvironment({ env = {} }: Parameters): CommandEnvironment {
  return { path: '/bin', user: 'test', logname: 'test', home: '/home/test', audio: env };
}

function fakeResources(domain: Domain, { fd_groups: groups = [], vdpa_fds: vdpa = {} }: Parameters): CommandResources {
  const { devices } = domain;
  return {
    monitorFd: 1729,
    chardevFd: () => 1729,
    chardevFile: () => 1750,
    chardevLog: () => 1751,
    interface: (alias) =>
      interfaceResources(
        devices.interfaces.find((entry) => entry.alias === alias),
        domain,
      ),
    vhostFd: (alias) => (devices.vsock?.alias === alias ? 6789 : 3),
    helperSocket: () => '/dev/test',
    helperFd: () => 1729,
    tpmFds: () => ({ device: 1730, cancel: 1731 }),
    vdpaFd: (name) => vdpa[name] ?? 1732,
    sourceFds: (name) => groups.find((group) => group.name === name),
    secret: (id) => ({ data: enciphered(secretText(id, domain)), iv: iv.toString('base64') }),
    volume: () => undefined,
    scsiGeneric: () => 'sg0',
    isHostCdrom: (path) => path === '/dev/cdrom',
    hostNodes: [0, 1, 2, 3],
    automaticNodes: '0-3',
    renderNode: '/dev/dri/foo',
    vsockCid: 42,
  };
}

const counting = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => index));
const iv = counting(16);

/** The master key and its vector are the pretended host's random bytes. */
function enciphered(text: string): string {
  const cipher = createCipheriv('aes-256-cbc', counting(32), iv);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

const secretValue = 'AQCVn5hO6HzFAhAAq0NCv8jtJcIcE+HOBlMQ1A';

/** Cookies are their own text; every other secret has the value all secrets have. */
function secretText(id: string, { devices }: Domain): string {
  if (!id.endsWith('-httpcookie-secret0')) return secretValue;
  const number = Number(/^libvirt-(\d+)-/.exec(id)?.[1]);
  const disk = devices.disks[devices.disks.length - number];
  const cookies = disk?.source.type === 'network' ? (disk.source.cookies ?? []) : [];
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

const firstTap = 102;
const firstEthernetTap = 3;
const firstVhost = 44;

/** Taps and vhost descriptors. */
function interfaceResources(entry: NetworkInterface | undefined, { id, name }: Domain) {
  const kind = entry?.source.type;
  const queues = Math.max(entry?.driver?.queues ?? 1, 1);
  const numbers = (first: number): number[] => Array.from({ length: queues }, (_, index) => first + index);
  const isVhost = entry?.model?.type.startsWith('virtio') === true && entry.driver?.name !== 'qemu';
  return {
    tapFds: numbers(kind === 'ethernet' ? firstEthernetTap : firstTap),
    vhostFds: isVhost ? numbers(firstVhost) : [],
    passtSocket: `/var/run/libvirt/qemu/passt/${id ?? -1}-${name ?? ''}-${entry?.alias}.socket`,
  };
}
