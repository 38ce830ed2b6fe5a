import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { loadNative, Native } from '@virtkit/native';

interface NativeModule {
  readonly loadNative: typeof loadNative;
}

/**
 * What only native code can do (peer credentials, passing descriptors, tap descriptors); undefined where the optional
 * package or its library is not installed. Whoever asks says what is lost without it.
 */
export async function nativeServices(): Promise<Native | undefined> {
  const found = (await directly()) ?? (await besideHost());
  return found?.loadNative();
}

async function directly(): Promise<NativeModule | undefined> {
  try {
    return await import('@virtkit/native');
  } catch {
    return undefined; // not installed, or not for this platform
  }
}

/** It is this package's optional dependency: a program bundled with this code finds it only where this package lies. */
async function besideHost(): Promise<NativeModule | undefined> {
  try {
    const host = createRequire(import.meta.url).resolve('@virtkit/host/package.json');
    const path = createRequire(host).resolve('@virtkit/native');
    return (await import(pathToFileURL(path).href)) as NativeModule;
  } catch {
    return undefined;
  }
}
