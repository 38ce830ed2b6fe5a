import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { Commands, VolumeCreateOptions } from '@virtkit/core';
import { errorsFrom, type StoragePool, type StorageVolume } from '@virtkit/schema';
import {
  createCommands,
  imageInput,
  imageRequest,
  type ImageRequest,
  storageError,
  systemError,
} from '@virtkit/storage';
import { makeRaw } from './make-raw.js';
import { nativeQcow2, writeNewFile } from './native-qcow2.js';
import { applyPermissions, defaultVolumeMode } from './permissions.js';
import { runQemuImg } from './run-qemu-img.js';
import type { SecretFiles } from './secret-files.js';
import { openWorkshop } from './workshop.js';

export interface CreateContext {
  readonly commands: Commands;
  readonly secrets: SecretFiles;
  readonly signal: AbortSignal;
}
export interface CreateRequest {
  readonly pool: StoragePool;
  readonly volume: StorageVolume;
  /** What it is a copy of. */
  readonly source: StorageVolume | undefined;
  readonly options: VolumeCreateOptions;
}

/** Makes a volume whole or not at all: it gets its name when it is finished. */
export async function createVolume(request: CreateRequest, context: CreateContext): Promise<void> {
  const { volume } = request;
  const finalPath = volume.target.path ?? '';
  if (existsSync(finalPath))
    throw storageError('OPERATION_INVALID', `volume target path '${finalPath}' already exists`);
  checkBacking(request);
  const make = makerOf(request);
  using workshop = openWorkshop(finalPath, { beside: !keepsItsName(volume) });
  await make({ request, path: workshop.path, finalPath, context });
  applyPermissions(workshop.path, volume.target.permissions, finalPath);
  workshop.publish();
}

/** Images of VMware hold their own file name; they need a folder of their own, where a relative backing path has no meaning. */
const keepsItsName = ({ target, backingStore }: StorageVolume): boolean =>
  target.format?.type === 'vmdk' && (backingStore?.path === undefined || isAbsolute(backingStore.path));

interface Job {
  readonly request: CreateRequest;
  /** Where to make it, and where it will be. */
  readonly path: string;
  readonly finalPath: string;
  readonly context: CreateContext;
}
type Maker = (job: Job) => Promise<void>;

function makerOf({ volume, source }: CreateRequest): Maker {
  const format = volume.target.format?.type ?? 'raw';
  if (format === 'dir') return makeDirectory;
  if (format === 'ploop') throw storageError('INTERNAL_ERROR', 'unable to find ploop, please install ploop tools');
  const enciphered = volume.target.encryption !== undefined || source?.target.encryption !== undefined;
  const plainSource =
    source === undefined || source.type === 'block' || (source.target.format?.type ?? 'raw') === 'raw';
  return format === 'raw' && !enciphered && plainSource ? makeRawFile : makeImage;
}

const makeDirectory: Maker = async ({ request, path, finalPath }) => {
  if (request.source !== undefined)
    throw storageError('INTERNAL_ERROR', 'cannot copy from volume to a directory volume');
  if (request.volume.backingStore !== undefined)
    throw storageError('NO_SUPPORT', 'backing storage not supported for directories volumes');
  try {
    mkdirSync(path, { mode: defaultVolumeMode });
  } catch (cause) {
    throw systemError(`cannot create path '${finalPath}'`, cause);
  }
};

const makeRawFile: Maker = async ({ request, path, finalPath, context }) => {
  const { volume, source, options } = request;
  if (options.preallocMetadata === true)
    throw storageError('CONFIG_UNSUPPORTED', 'metadata preallocation is not supported for raw volumes');
  if (volume.backingStore !== undefined)
    throw storageError('NO_SUPPORT', 'backing storage not supported for raw volumes');
  if (volume.target.nocow === true) refuseNocow(finalPath);
  const from = source?.target.path;
  const { capacity, allocation } = volume;
  await makeRaw(
    {
      path,
      finalPath,
      capacity,
      allocation,
      mode: defaultVolumeMode,
      ...(from === undefined ? {} : { from }),
      ...(options.reflink === undefined ? {} : { reflink: options.reflink }),
    },
    context.commands,
    context.signal,
  );
};

const btrfs = 0x9123683e;
function refuseNocow(finalPath: string): void {
  if (statfsSync(dirname(finalPath)).type === btrfs) return; // a new, empty file: qemu-img's nocow would set the flag
  throw errorsFrom('NONE')(
    'SYSTEM_ERROR',
    `unable to control COW flag on '${finalPath}', not btrfs: Function not implemented`,
  );
}

const makeImage: Maker = async ({ request, path, finalPath, context }) => {
  const { volume, source, options } = request;
  await using secret = await context.secrets.open(volume.target.encryption);
  await using inputSecret = await context.secrets.open(source?.target.encryption);
  const image = imageRequest(volume, {
    path,
    preallocate: options.preallocMetadata === true,
    ...(secret === undefined ? {} : { secretFile: secret.path }),
  });
  if (source === undefined && writeNative(image, finalPath)) return;
  for (const args of createCommands(image, source && imageInput(source, inputSecret?.path)))
    await runQemuImg(context.commands, args, { signal: context.signal, shown: { from: path, as: finalPath } });
};

function writeNative(image: ImageRequest, finalPath: string): boolean {
  const bytes = nativeQcow2(image, finalPath);
  if (bytes === undefined) return false;
  writeNewFile(image.path, bytes, defaultVolumeMode, finalPath);
  return true;
}

function checkBacking({ pool, volume }: CreateRequest): void {
  const path = volume.backingStore?.path;
  const format = volume.target.format?.type;
  if (path === undefined || format === 'raw' || format === 'dir') return;
  try {
    accessSync(isAbsolute(path) ? path : join(pool.target?.path ?? '/', path), constants.R_OK);
  } catch (cause) {
    throw systemError(`inaccessible backing store volume ${path}`, cause);
  }
}
