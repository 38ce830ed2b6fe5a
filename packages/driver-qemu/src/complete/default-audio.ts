import type { Audio, Domain } from '@virtkit/schema';
import type { DefinitionSettings } from './facts.js';

/** Sound goes where the first display shows the guest; without a display, nowhere. */
export function addDefaultAudio(domain: Domain, settings: DefinitionSettings): void {
  const { audios, graphics } = domain.devices;
  if (audios.length > 0) return;
  const display = graphics[0];
  const host = { id: 1, type: 'none' } satisfies Audio;
  if (display === undefined) {
    if (!settings.nographicsAllowHostAudio) audios.push(host);
    return;
  }
  if (display.type === 'spice') audios.push({ id: 1, type: 'spice' });
  else if (display.type === 'sdl') audios.push({ id: 1, type: 'sdl' });
  else if (display.type === 'dbus') audios.push({ id: 1, type: 'dbus' });
  else if (display.type !== 'vnc' || !settings.vncAllowHostAudio) audios.push(host);
}
