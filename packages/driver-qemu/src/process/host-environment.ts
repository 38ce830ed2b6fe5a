import type { CommandEnvironment } from '../command/config.js';

/** What of our own environment QEMU gets to see. */
export function hostEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  session: boolean,
): CommandEnvironment {
  const { TMPDIR: tmpdir } = variables;
  return {
    path: variables['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    user: session ? variables['USER'] : undefined,
    logname: session ? variables['LOGNAME'] : undefined,
    home: session ? variables['HOME'] : undefined,
    ...(tmpdir === undefined ? {} : { tmpdir }),
    audio: { SDL_AUDIODRIVER: variables['SDL_AUDIODRIVER'], PIPEWIRE_RUNTIME_DIR: variables['PIPEWIRE_RUNTIME_DIR'] },
  };
}
