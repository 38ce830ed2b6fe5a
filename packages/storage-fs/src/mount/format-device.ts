import { existsSync } from 'node:fs';
import type { BuildOptions, Commands } from '@virtkit/core';
import type { StoragePool } from '@virtkit/schema';
import { storageError } from '@virtkit/storage';
import { runProgram } from '../run-program.js';

/** Makes a file system on a pool's device, when asked to. With `noOverwrite` only where there is none. */
export async function formatDevice(
  pool: StoragePool,
  options: BuildOptions,
  context: { readonly commands: Commands; readonly signal: AbortSignal },
): Promise<void> {
  if (options.overwrite !== true && options.noOverwrite !== true) return;
  const device = pool.type === 'fs' ? pool.source.device?.[0]?.path : undefined;
  if (device === undefined)
    throw storageError('OPERATION_INVALID', `No source device specified when formatting pool '${pool.name}'`);
  if (!existsSync(device))
    throw storageError('OPERATION_INVALID', `Source device does not exist when formatting pool '${pool.name}'`);
  if (options.noOverwrite === true) await refuseFormatted(device, context);
  const format = pool.source.format?.type ?? 'auto';
  const force = format === 'xfs' ? ['-f'] : [];
  await runProgram(context.commands, 'mkfs', ['-t', format, ...force, device], { signal: context.signal });
}

async function refuseFormatted(
  device: string,
  { commands, signal }: { readonly commands: Commands; readonly signal: AbortSignal },
) {
  const probe = await commands.run('blkid', ['-p', '-o', 'value', '-s', 'TYPE', device], { signal });
  const found = probe.stdout.trim();
  if (found !== '') throw storageError('STORAGE_POOL_BUILT', `Device '${device}' already formatted using '${found}'`);
}
