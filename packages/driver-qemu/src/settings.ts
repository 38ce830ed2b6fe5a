import { join } from 'node:path';
import type { CommandConfig } from './command/config.js';
import type { DriverPaths } from './process/guest-paths.js';
import type { UserSettings } from './process/qemu-user.js';

type Section = Readonly<Record<string, unknown>>;

interface Setting<T> {
  readonly is: (value: unknown) => value is T;
  readonly otherwise: T;
}
const isName = (value: unknown): value is string | number | undefined =>
  typeof value === 'string' || typeof value === 'number';
const name: Setting<string | number | undefined> = { is: isName, otherwise: undefined };
const number = (otherwise: number): Setting<number> => ({ is: (value) => typeof value === 'number', otherwise });
const text = (otherwise: string): Setting<string> => ({ is: (value) => typeof value === 'string', otherwise });
const truth = (otherwise: boolean): Setting<boolean> => ({ is: (value) => typeof value === 'boolean', otherwise });

/** What the configuration section may set; the names are those of `qemu.conf`. */
const settings = {
  user: name,
  group: name,
  gluster_debug_level: number(4),
  set_process_name: truth(false),
  dump_guest_core: truth(false),
  log_timestamp: truth(true),
  seccomp_sandbox: number(-1),
  deprecation_behavior: text('none'),
  vnc_auto_unix_socket: truth(false),
  spice_auto_unix_socket: truth(false),
};
type Settings = { readonly [N in keyof typeof settings]: (typeof settings)[N]['otherwise'] };

function read(config: Section): Settings {
  const rows: readonly [string, Setting<unknown>][] = Object.entries(settings);
  const values = rows.map(([key, { is, otherwise }]) => [key, is(config[key]) ? config[key] : otherwise]);
  return Object.fromEntries(values) as Settings;
}

/** Names in the configuration that have no effect: they are unknown, or their value is of another type. */
export function ignoredSettings(config: Section): readonly string[] {
  const rows = new Map<string, Setting<unknown>>(Object.entries(settings));
  return Object.keys(config).filter((key) => rows.get(key)?.is(config[key]) !== true);
}

/** `user` and `group` of the configuration: names or numbers. */
export function userSettings(config: Section): UserSettings {
  const { user, group } = read(config);
  return { ...(user !== undefined && { user }), ...(group !== undefined && { group }) };
}

const noTls = { enabled: false, directory: '/etc/pki/qemu', verifyPeer: true };

/** The settings builders of command lines look at. */
export function commandConfig(config: Section, paths: DriverPaths, privileged: boolean): CommandConfig {
  const set = read(config);
  return {
    libDir: paths.libDir,
    channelTargetDir: paths.channelDir,
    dbusStateDir: join(paths.runDir, 'dbus'),
    rdpStateDir: join(paths.runDir, 'rdp'),
    memoryBackingDir: join(paths.libDir, 'ram'),
    hugepages: [],
    glusterDebugLevel: set.gluster_debug_level,
    privileged,
    setProcessName: set.set_process_name,
    dumpGuestCore: set.dump_guest_core,
    logTimestamp: set.log_timestamp,
    seccompSandbox: set.seccomp_sandbox,
    deprecationBehavior: set.deprecation_behavior,
    vncAutoUnixSocket: set.vnc_auto_unix_socket,
    vncAllowHostAudio: false,
    nographicsAllowHostAudio: false,
    vncTls: noTls,
    vncSasl: { enabled: false },
    spiceAutoUnixSocket: set.spice_auto_unix_socket,
    spiceTls: noTls,
    spiceSasl: { enabled: false },
    chardevTls: noTls,
    nbdTls: noTls,
    migrateTls: noTls,
  };
}
