import { readFile } from 'node:fs/promises';
import type { HostServices, Logger } from '@virtkit/core';
import { virtError } from '../errors.js';

/** Who QEMU runs as. Undefined in session mode: as the daemon itself. */
export interface QemuUser {
  readonly uid: number;
  readonly gid: number;
}
const qemuUserName = 'virtkit-qemu';

/** Settings of the driver's configuration section; names or numbers. */
export interface UserSettings {
  readonly user?: string | number;
  readonly group?: string | number;
}

interface Sources {
  /** `/etc/passwd` and `/etc/group`, for tests. */
  readonly passwd: string;
  readonly group: string;
}

/**
 * The user of the configuration, else `virtkit-qemu`, which the first start in system mode creates. QEMU needs no
 * passwd entry, so numbers are taken as they are.
 */
export async function qemuUser(
  host: HostServices,
  settings: UserSettings,
  logger: Logger,
  sources: Sources = { passwd: '/etc/passwd', group: '/etc/group' },
): Promise<QemuUser | undefined> {
  if (!host.user.privileged) return undefined;
  const wanted = settings.user ?? qemuUserName;
  const found = await findUser(wanted, sources);
  const user = found ?? (wanted === qemuUserName ? await createUser(host, logger, sources) : undefined);
  if (user === undefined) throw virtError('CONFIG_UNSUPPORTED', `user '${wanted}' for QEMU does not exist`);
  const gid = settings.group === undefined ? undefined : await findGroup(settings.group, sources);
  if (settings.group !== undefined && gid === undefined) {
    throw virtError('CONFIG_UNSUPPORTED', `group '${settings.group}' for QEMU does not exist`);
  }
  return { uid: user.uid, gid: gid ?? user.gid };
}

async function findUser(name: string | number, sources: Sources): Promise<QemuUser | undefined> {
  const number = asNumber(name);
  const lines = await entries(sources.passwd);
  const entry = lines.find((fields) => (number === undefined ? fields[0] === name : Number(fields[2]) === number));
  if (entry === undefined) return number === undefined ? undefined : { uid: number, gid: number };
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

async function findGroup(name: string | number, sources: Sources): Promise<number | undefined> {
  const number = asNumber(name);
  if (number !== undefined) return number;
  const entry = (await entries(sources.group)).find((fields) => fields[0] === name);
  return entry === undefined ? undefined : Number(entry[2]);
}

async function createUser(host: HostServices, logger: Logger, sources: Sources): Promise<QemuUser | undefined> {
  const kvm = (await findGroup('kvm', sources)) !== undefined;
  const group = kvm ? ['--gid', 'kvm'] : ['--user-group'];
  const words = ['--system', '--home-dir', '/nonexistent', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await host.commands.expect('useradd', [...words, ...group, qemuUserName]);
  logger.info('user created for QEMU', { user: qemuUserName });
  return await findUser(qemuUserName, sources);
}

async function entries(path: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.split(':'));
}

const asNumber = (name: string | number): number | undefined => {
  const text = String(name).replace(/^\+/, '');
  return /^\d+$/.test(text) ? Number(text) : undefined;
};
