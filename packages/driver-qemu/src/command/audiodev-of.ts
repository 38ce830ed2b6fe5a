import type { AudioReference, Domain, Sound } from '@virtkit/schema';
import { qemuError } from './errors.js';

/** Id of the audio back end a device uses: the one it names, else the first. */
export function audiodevOf(reference: AudioReference | undefined, { devices }: Domain): string | undefined {
  const id = reference?.id ?? devices.audios[0]?.id;
  return id === undefined ? undefined : `audio${id}`;
}

/** As `audiodevOf`, for a card that must have one. @throws `INTERNAL_ERROR` where the guest has no back end */
export function audiodevOfSound(sound: Sound, domain: Domain): string {
  const id = audiodevOf(sound.audio, domain);
  if (id === undefined) throw qemuError('INTERNAL_ERROR', 'unable to find audio backend for sound device');
  return id;
}
