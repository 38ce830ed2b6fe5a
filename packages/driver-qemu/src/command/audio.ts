import type { Audio } from '@virtkit/schema';
import type { Section } from './context.js';
import type { JsonObject } from './json.js';
import { audiodev } from './option.js';

/** Host sides of sound cards and displays. */
export const audioSection: Section = ({ domain }) =>
  domain.devices.audios.map((audio) => audiodev(audioProperties(audio)));

const drivers: Readonly<Record<string, string>> = { pulseaudio: 'pa', file: 'wav' };

function audioProperties(audio: Audio): JsonObject {
  return {
    id: `audio${audio.id}`,
    driver: drivers[audio.type] ?? audio.type,
    'timer-period': audio.timerPeriod,
    ...typeProperties(audio),
    in: direction(audio.input),
    out: direction(audio.output),
  };
}

function typeProperties(audio: Audio): JsonObject {
  switch (audio.type) {
    case 'oss':
      return { 'try-mmap': audio.tryMMap, exclusive: audio.exclusive, 'dsp-policy': audio.dspPolicy };
    case 'pulseaudio':
      return { server: audio.serverName };
    case 'file':
      return { path: audio.path };
    default:
      return {};
  }
}

/** One direction; undefined where the document says nothing of it. */
function direction(side: Audio['input']): JsonObject | undefined {
  if (!side || Object.values(side).every((value) => value === undefined)) return undefined;
  const { settings } = side;
  return {
    'mixing-engine': side.mixingEngine,
    'fixed-settings': side.fixedSettings,
    voices: side.voices,
    'buffer-length': side.bufferLength,
    frequency: settings?.frequency,
    channels: settings?.channels,
    format: settings?.format,
    dev: side.dev,
    'buffer-count': side.bufferCount,
    'try-poll': side.tryPoll,
    name: side.name,
    'stream-name': side.streamName,
    latency: side.latency,
    'server-name': side.serverName,
    'client-name': side.clientName,
    'connect-ports': side.connectPorts,
    'exact-name': side.exactName,
  };
}
