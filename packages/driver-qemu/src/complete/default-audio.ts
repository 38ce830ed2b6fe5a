import type { Audio, Domain } from '@virtkit/schema';
import type { DefinitionSettings } from './facts.js';

/** Sound goes where a display can play it; to nowhere where the host's sound is not for guests. */
export function addDefaultAudio(domain: Domain, settings: DefinitionSettings): void {
  const { audios, graphics } = domain.devices;
  if (audios.length > 0) return;
  if (graphics.some(({ type }) => type === 'spice')) audios.push({ id: 1, type: 'spice' });
  else if (playsOnHost(domain, settings)) audios.push(...hostAudio(settings));
  else if (graphics.length === 0 || graphics.some(({ type }) => type === 'vnc' || type === 'sdl' || type === 'dbus'))
    audios.push({ id: 1, type: 'none' });
}

function playsOnHost({ devices: { graphics } }: Domain, settings: DefinitionSettings): boolean {
  if (graphics.length === 0) return settings.nographicsAllowHostAudio;
  return graphics.some(({ type }) => (type === 'vnc' ? settings.vncAllowHostAudio : type === 'sdl' || type === 'dbus'));
}

/** The kind of sound that QEMU's environment asks for; QEMU chooses where it does not. */
const hostAudio = ({ hostAudio: audio }: DefinitionSettings): readonly Audio[] => (audio === undefined ? [] : [audio]);
