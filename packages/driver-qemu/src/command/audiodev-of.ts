import type { AudioReference, Domain } from '@virtkit/schema';

/** Id of the audio back end a device uses: the one it names, else the first. */
export function audiodevOf(reference: AudioReference | undefined, { devices }: Domain): string | undefined {
  const id = reference?.id ?? devices.audios[0]?.id;
  return id === undefined ? undefined : `audio${id}`;
}
