import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { listeningSocket, type ListeningSocket } from '@virtkit/host';
import { noResources } from '../command/no-resources.js';
import { hostNodes } from './host-nodes.js';
import type { CommandResources } from '../command/resources.js';
import type { QemuServices } from '../guests/services.js';
import { giveFiles } from '../process/file-owners.js';
import { volumeSource } from './block-plan.js';
import { openTap, type OpenedTap } from './network-open.js';
import { prepareNvram } from './nvram.js';
import { startPasst } from './passt.js';
import { systemError } from '../errors.js';
import { closeAllFiles } from './close-files.js';
import type { PlannedFile, StartPlan } from './plan.js';
import { startTpm } from './tpm.js';
import { openTpms } from './tpm-passthrough.js';

/** What was made for a start: the builder's answers and the descriptors QEMU inherits, as 3, 4, 5, … */
export interface OpenedResources extends AsyncDisposable {
  readonly resources: CommandResources;
  readonly descriptors: readonly number[];
}

const firstDescriptor = 3;

/** Makes what the plan says. Whoever fails half-way releases the plan's resources. */
export async function openResources(
  services: QemuServices,
  plan: StartPlan,
  options: { readonly resetNvram: boolean },
): Promise<OpenedResources> {
  const { user } = services;
  makeFolders(services, plan);
  const tpms = openTpms(plan.definition);
  const [sockets, tpmPath, passt, taps, files] = await Promise.all([
    openSockets(plan),
    startTpm(services, plan.definition, plan.paths),
    startPasst(services, plan),
    Promise.all(plan.taps.map((tap) => openTap(services, plan.definition, tap))),
    openFiles(plan.files),
    prepareNvram(services, plan.definition, options.resetNvram),
    user === undefined ? undefined : giveFiles(plan.resources.owners, user),
  ]).catch((cause: unknown) => {
    closeAllFiles(tpms.flatMap(({ fds }) => fds));
    throw cause;
  });
  const ours = [...taps.flatMap(({ fds }) => fds), ...files.map(({ fd }) => fd), ...tpms.flatMap(({ fds }) => fds)];
  const descriptors = [...sockets.map(({ fd }) => fd), ...ours];
  const tapNumbers = numbersOf(taps, firstDescriptor + sockets.length);
  const numbers = new Map(plan.sockets.map(({ alias }, index) => [alias, firstDescriptor + 1 + index]));
  const firstFile = firstDescriptor + sockets.length + taps.flatMap(({ fds }) => fds).length;
  const fileNumbers = numbersOfFiles(files, firstFile);
  const tpmNumbers = numbersOf(tpms, firstFile + files.length);
  const open = new Set(ours);
  return {
    resources: commandResources(plan, numbers, { tpmPath, passt, tapNumbers, fileNumbers, tpmNumbers }),
    descriptors,
    [Symbol.asyncDispose]: async () => {
      closeAllFiles(ours.filter((number) => open.delete(number)));
      await closeAll(sockets);
    },
  };
}

/** Opens the files character devices write to; what was opened is closed again when one cannot be. */
async function openFiles(planned: readonly PlannedFile[]): Promise<readonly (PlannedFile & { readonly fd: number })[]> {
  const opened: (PlannedFile & { readonly fd: number })[] = [];
  try {
    for (const file of planned) opened.push({ ...file, fd: openSync(file.path, file.append ? 'a' : 'w', 0o600) });
    return opened;
  } catch (cause) {
    closeAllFiles(opened.map(({ fd }) => fd));
    const path = planned[opened.length]?.path ?? '';
    throw systemError(`unable to open file '${path}'`, cause);
  }
}

const numbersOfFiles = (files: readonly PlannedFile[], first: number): ReadonlyMap<string, number> =>
  new Map(files.map(({ alias, use }, index) => [`${alias} ${use}`, first + index]));

/** The numbers a device's descriptors have in QEMU. */
function numbersOf(
  opened: readonly Pick<OpenedTap, 'alias' | 'fds'>[],
  first: number,
): ReadonlyMap<string, readonly number[]> {
  let next = first;
  return new Map(opened.map(({ alias, fds }) => [alias, fds.map(() => next++)]));
}

/**
 * The folder of a start is QEMU's to write in; the monitor's socket in it is made by us before it exists. All at once:
 * nothing of it waits for a disk.
 */
function makeFolders({ user, paths }: QemuServices, plan: StartPlan): void {
  const { folder, channels, masterKey } = plan.paths;
  for (const path of [folder, channels]) mkdirSync(path, { recursive: true, mode: 0o750 });
  mkdirSync(paths.logDir, { recursive: true, mode: 0o700 });
  writeFileSync(masterKey, randomBytes(32), { mode: 0o600, flag: 'w' });
  if (user === undefined) return;
  chownSync(masterKey, user.uid, user.gid);
  for (const path of [folder, channels]) chownSync(path, process.getuid?.() ?? 0, user.gid);
}

/** The monitor's first, then those of the devices. */
async function openSockets(plan: StartPlan): Promise<readonly ListeningSocket[]> {
  const opened: ListeningSocket[] = [];
  try {
    for (const path of [plan.paths.monitor, ...plan.sockets.map((socket) => socket.path)]) {
      opened.push(await listeningAt(path));
    }
  } catch (cause) {
    await closeAll(opened);
    throw cause;
  }
  return opened;
}

/** @throws `SYSTEM_ERROR` where nothing can listen there */
async function listeningAt(path: string): Promise<ListeningSocket> {
  const folder = dirname(path);
  await stat(folder).catch((cause: unknown) => {
    throw systemError(`Unable to bind to UNIX socket path '${path}'`, cause);
  });
  return listeningSocket(path);
}

async function closeAll(sockets: readonly ListeningSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket[Symbol.asyncDispose]()));
}

function commandResources(
  plan: StartPlan,
  numbers: ReadonlyMap<string, number>,
  helpers: {
    readonly tpmPath: string | undefined;
    readonly passt: ReadonlyMap<string, string>;
    readonly tapNumbers: ReadonlyMap<string, readonly number[]>;
    readonly fileNumbers: ReadonlyMap<string, number>;
    readonly tpmNumbers: ReadonlyMap<string, readonly number[]>;
  },
): CommandResources {
  return {
    ...noResources,
    monitorFd: firstDescriptor,
    chardevFd: (alias) => numbers.get(alias),
    chardevFile: (alias) => helpers.fileNumbers.get(`${alias} output`),
    chardevLog: (alias) => helpers.fileNumbers.get(`${alias} log`),
    interface: (alias) => {
      const passtSocket = helpers.passt.get(alias);
      const tapFds = helpers.tapNumbers.get(alias) ?? [];
      return { tapFds, vhostFds: [], ...(passtSocket === undefined ? {} : { passtSocket }) };
    },
    tpmFds: (alias) => {
      const [device, cancel] = helpers.tpmNumbers.get(alias) ?? [];
      return device === undefined || cancel === undefined ? undefined : { device, cancel };
    },
    helperSocket: (alias) => (alias.startsWith('tpm') ? helpers.tpmPath : undefined),
    volume: volumeSource(plan.volumes),
    scsiGeneric: plan.scsiGeneric,
    ...hostNodes(),
    ...(plan.renderNode === undefined ? {} : { renderNode: plan.renderNode }),
  };
}
