import type { Sound } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { audiodevOfSound } from './audiodev-of.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, type QemuOption } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

export const soundSection: Section = (context) =>
  context.domain.devices.sounds.flatMap((sound) => soundOptions(sound, context));

/** The PC speaker is a property of the machine; HDA cards have codecs, one for both directions where none is named. */
function soundOptions(sound: Sound, context: CommandContext): readonly QemuOption[] {
  if (sound.model === 'pcspk') return [];
  const hasCodecs = sound.model === 'ich6' || sound.model === 'ich9';
  const codecs = sound.codecs.length > 0 ? sound.codecs.map(({ type }) => type) : ['duplex'];
  return [
    device(soundDevice(sound, context)),
    ...(hasCodecs ? codecs.map((type, index) => device(codecDevice(sound, type, index, context))) : []),
  ];
}

const drivers: Readonly<Record<string, string>> = {
  es1370: 'ES1370',
  ac97: 'AC97',
  ich6: 'intel-hda',
  usb: 'usb-audio',
  ich9: 'ich9-intel-hda',
  sb16: 'sb16',
};

/** The card (`device_add`). */
function soundDevice(sound: Sound, { domain }: CommandContext): JsonObject {
  const { model } = sound;
  const ownsAudio = model !== 'ich6' && model !== 'ich9';
  return {
    driver: model.startsWith('virtio') ? virtioDriver('virtio-sound', sound, model) : (drivers[model] ?? model),
    ...virtioProperties(sound.driver),
    id: sound.alias,
    audiodev: ownsAudio ? audiodevOfSound(sound, domain) : undefined,
    multi: sound.multichannel,
    streams: sound.streams,
    ...addressProperties(sound, domain),
  };
}

const codecDevice = (sound: Sound, type: string, index: number, { domain }: CommandContext): JsonObject => ({
  driver: `hda-${type}`,
  id: `${sound.alias}-codec${index}`,
  bus: `${sound.alias}.0`,
  cad: index,
  audiodev: audiodevOfSound(sound, domain),
});
