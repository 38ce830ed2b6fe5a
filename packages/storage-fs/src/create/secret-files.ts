import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecret, noSecret, type PluginContext, type SecretFacet } from '@virtkit/core';
import type { EncryptionSecret, VolumeEncryption } from '@virtkit/schema';
import { storageError } from '@virtkit/storage';

export interface SecretFile extends AsyncDisposable {
  readonly path: string;
}
/** Passphrases as files that only qemu-img reads, for as long as it runs. */
export interface SecretFiles {
  /** Undefined without encryption. Throws when the secret is not there. */
  open(encryption: VolumeEncryption | undefined): Promise<SecretFile | undefined>;
}

/** Secrets come from the secret subsystem; without one there are none. */
export function secretFiles(context: Pick<PluginContext, 'peer' | 'directories' | 'signal'>): SecretFiles {
  return {
    async open(encryption) {
      if (encryption === undefined) return undefined;
      const [wanted, ...more] = encryption.secret;
      if (wanted === undefined || more.length > 0)
        throw storageError(
          'INVALID_ARG',
          "A single <secret type='passphrase'...> element is expected in encryption description",
        );
      const value = await passphrase(await context.peer('secret'), wanted, context.signal);
      return writeSecret(join(context.directories.run, 'storage-secrets'), value);
    },
  };
}

async function passphrase(
  facet: SecretFacet | undefined,
  wanted: EncryptionSecret,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const call = { ...internalCall, signal };
  const ref = await findSecret(facet, wanted, call);
  const value = await facet?.value?.(ref, call);
  if (value === undefined) throw noSecret(wanted);
  return value;
}

const internalCall = {
  identity: {},
  readOnly: false,
  scope: { id: 0, onClose: () => ({ [Symbol.dispose]: () => undefined }) },
  progress: () => undefined,
};

function writeSecret(folder: string, value: Uint8Array): SecretFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomBytes(8).toString('hex'));
  writeFileSync(path, value, { mode: 0o600, flag: 'wx' });
  return { path, [Symbol.asyncDispose]: async () => rmSync(path, { force: true }) };
}
