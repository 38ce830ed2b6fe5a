import type { Audio, Domain, Graphics } from '@virtkit/schema';
import type { DefinitionSettings } from './facts.js';

const none: Audio = { id: 1, type: 'none' };

/** Sound goes where the last display that has a say plays it; to nowhere where the host's sound is not for guests. */
export function addDefaultAudio(domain: Domain, settings: DefinitionSettings): void {
  const { audios, graphics } = domain.devices;
  if (audios.length > 0) return;
  const withoutDisplay = settings.nographicsAllowHostAudio ? settings.hostAudio : none;
  const played =
    graphics.length === 0
      ? withoutDisplay
      : graphics.reduce<Audio | undefined>((before, { type }) => playedBy(type, before, settings), undefined);
  if (played !== undefined) audios.push({ ...played });
}

/** The kind of sound that QEMU's environment asks for is undefined where QEMU chooses. */
function playedBy(
  type: Graphics['type'],
  before: Audio | undefined,
  { vncAllowHostAudio, hostAudio }: DefinitionSettings,
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
