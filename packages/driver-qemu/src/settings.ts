import { join } from 'node:path';
import type { CommandConfig } from './command/config.js';
import type { DriverPaths } from './process/guest-paths.js';
import type { UserSettings } from './process/qemu-user.js';

type Section = Readonly<Record<string, unknown>>;

/** `user` and `group` of the configuration: names or numbers. */
export function userSettings(config: Section): UserSettings {
  const [user, group] = [config['user'], config['group']];
  return {
    ...(isName(user) ? { user } : {}),
    ...(isName(group) ? { group } : {}),
  };
}
const isName = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const noTls = { enabled: false, directory: '/etc/pki/qemu', verifyPeer: true };

/** The settings builders of command lines look at; names in the configuration are those of `qemu.conf`. */
export function commandConfig(config: Section, paths: DriverPaths, privileged: boolean): CommandConfig {
  return {
    libDir: paths.libDir,
    channelTargetDir: paths.channelDir,
    dbusStateDir: join(paths.runDir, 'dbus'),
    rdpStateDir: join(paths.runDir, 'rdp'),
    memoryBackingDir: join(paths.libDir, 'ram'),
    hugepages: [],
    glusterDebugLevel: typeof config['gluster_debug_level'] === 'number' ? config['gluster_debug_level'] : 4,
    privileged,
    setProcessName: config['set_process_name'] === true,
    dumpGuestCore: config['dump_guest_core'] === true,
    logTimestamp: config['log_timestamp'] !== false,
    seccompSandbox: typeof config['seccomp_sandbox'] === 'number' ? config['seccomp_sandbox'] : -1,
    deprecationBehavior: typeof config['deprecation_behavior'] === 'string' ? config['deprecation_behavior'] : 'none',
    vncAutoUnixSocket: config['vnc_auto_unix_socket'] === true,
    vncAllowHostAudio: false,
    nographicsAllowHostAudio: false,
    vncTls: noTls,
    vncSasl: { enabled: false },
    spiceAutoUnixSocket: config['spice_auto_unix_socket'] === true,
    spiceTls: noTls,
    spiceSasl: { enabled: false },
    chardevTls: noTls,
    nbdTls: noTls,
    migrateTls: noTls,
  };
}
