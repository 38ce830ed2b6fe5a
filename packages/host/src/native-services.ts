import type { Native } from '@virtkit/native';

/**
 * What only native code can do (peer credentials, passing descriptors, tap descriptors); undefined where the optional
 * package or its library is not installed. Whoever asks says what is lost without it.
 */
export async function nativeServices(): Promise<Native | undefined> {
  try {
    const { loadNative } = await import('@virtkit/native');
    return await loadNative();
  } catch {
    return undefined;
  }
}
