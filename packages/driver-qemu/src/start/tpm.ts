import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Domain, Tpm } from '@virtkit/schema';
import { findProgram, listeningSocket, spawnDetached } from '@virtkit/host';
import { virtError } from '../errors.js';
import type { QemuServices } from '../guests/services.js';
import type { GuestPaths } from '../process/guest-paths.js';

type Emulator = Extract<Tpm['backend'], { type: 'emulator' }>;

/** The emulator behind a guest's TPM; a guest has one at most. */
export const tpmEmulator = ({ devices }: Pick<Domain, 'devices'>): Emulator | undefined => {
  for (const { backend } of devices.tpms) if (backend.type === 'emulator') return backend;
  return undefined;
};

/** Socket between QEMU and the emulator. */
export const tpmSocket = ({ paths }: Pick<QemuServices, 'paths'>, { shortName }: GuestPaths): string =>
  join(paths.swtpmRunDir, `${shortName}-swtpm.sock`);

/** Folder of the TPM's state, which outlives starts; `undefine` may remove it. */
export function tpmFolder(
  { paths }: Pick<QemuServices, 'paths'>,
  definition: Pick<Domain, 'uuid'>,
  version?: string,
): string {
  const folder = join(paths.swtpmDir, definition.uuid ?? '');
  return version === undefined ? folder : join(folder, version === '1.2' ? 'tpm1.2' : 'tpm2');
}

/** Words on the emulator's command line that only this guest's has. */
export const tpmWords = (
  services: Pick<QemuServices, 'paths'>,
  definition: Domain,
  guest: GuestPaths,
): readonly string[] =>
  tpmEmulator(definition) === undefined ? [] : [`dir=${tpmFolder(services, definition)}/`, tpmSocket(services, guest)];

/** Starts the emulator, which ends when QEMU does. Undefined without an emulated TPM. */
export async function startTpm(
  services: QemuServices,
  definition: Domain,
  guest: GuestPaths,
): Promise<string | undefined> {
  const emulator = tpmEmulator(definition);
  if (emulator === undefined) return undefined;
  const { version = '2.0', source } = emulator;
  const state = source?.path ?? tpmFolder(services, definition, version);
  if ((await findProgram('swtpm')) === undefined) {
    throw virtError('OPERATION_UNSUPPORTED', "Unable to find 'swtpm' binary in $PATH");
  }
  await makeState(services, state);
  await manufacture(services, state, version, definition.uuid ?? '');
  return await launch(services, definition, state, version, tpmSocket(services, guest));
}

async function makeState({ paths, user }: QemuServices, state: string): Promise<void> {
  await mkdir(join(state, '..'), { recursive: true, mode: 0o711 });
  await mkdir(state, { recursive: true, mode: 0o700 });
  await mkdir(paths.swtpmRunDir, { recursive: true, mode: 0o711 });
  await mkdir(paths.swtpmLogDir, { recursive: true, mode: 0o711 });
  if (user !== undefined) await chown(state, user.uid, user.gid);
}

/** A new TPM gets its keys; one that has state keeps it. Without the setup tool it starts empty. */
async function manufacture({ host, user }: QemuServices, state: string, version: string, uuid: string): Promise<void> {
  if ((await findProgram('swtpm_setup')) === undefined) return;
  const words = ['--tpm-state', state, '--vmid', uuid, '--createek', '--lock-nvram', '--not-overwrite'];
  const result = await host.commands.run('swtpm_setup', [...(version === '1.2' ? [] : ['--tpm2']), ...words], {
    ...user,
    env: { HOME: state, XDG_CONFIG_HOME: state },
  });
  if (result.code === 0) return;
  throw virtError(
    'INTERNAL_ERROR',
    `Could not run 'swtpm_setup'. exitstatus: ${result.code ?? -1}: ${result.stderr.trim() || result.stdout.trim()}`,
  );
}

async function launch(
  { paths, user }: QemuServices,
  definition: Domain,
  state: string,
  version: string,
  path: string,
): Promise<string> {
  await using socket = await listeningSocket(path);
  if (user !== undefined) await chown(path, user.uid, user.gid);
  const words = [
    'socket',
    '--ctrl',
    'type=unixio,fd=3',
    '--tpmstate',
    `dir=${state}${state.endsWith('/') ? '' : '/'},mode=0600`,
    '--terminate',
  ];
  const child = await spawnDetached('swtpm', [...words, ...(version === '1.2' ? [] : ['--tpm2'])], {
    ...user,
    descriptors: [socket.fd],
    log: join(paths.swtpmLogDir, `${definition.name}-swtpm.log`),
  });
  if (child.identity !== undefined) return path;
  throw virtError(
    'INTERNAL_ERROR',
    `Could not start 'swtpm'. see ${join(paths.swtpmLogDir, `${definition.name}-swtpm.log`)}`,
  );
}
