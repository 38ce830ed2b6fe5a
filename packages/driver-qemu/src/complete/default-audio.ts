import type { Audio, Domain, Graphics } from '@virtkit/schema';
import type { DefinitionSettings } from './facts.js';

const none: Audio = { id: 1, type: 'none' };

type AudioSettings = Pick<DefinitionSettings, 'vncAllowHostAudio' | 'nographicsAllowHostAudio' | 'hostAudio'>;

export function addDefaultAudio({ devices }: Domain, settings: AudioSettings): void {
  if (devices.audios.length > 0) return;
  const played = defaultAudio(devices.graphics, settings);
  if (played !== undefined) devices.audios.push({ ...played });
}

/** Sound goes where the last display that has a say plays it; to nowhere where the host's sound is not for guests. */
export function defaultAudio(graphics: readonly Graphics[], settings: AudioSettings): Audio | undefined {
  if (graphics.length === 0) return settings.nographicsAllowHostAudio ? settings.hostAudio : none;
  return graphics.reduce<Audio | undefined>((before, { type }) => playedBy(type, before, settings), undefined);
}

/** The kind of sound that QEMU's environment asks for is undefined where QEMU chooses. */
function playedBy(
  type: Graphics['type'],
  before: Audio | undefined,
  { vncAllowHostAudio, hostAudio }: AudioSettings,
): Audio | undefined {
  switch (type) {
    case 'vnc':
      return vncAllowHostAudio ? hostAudio : none;
    case 'spice':
      return { id: 1, type: 'spice' };
    case 'sdl':
      return hostAudio;
    default:
      return before;
  }
}
