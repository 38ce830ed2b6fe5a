import {
  attr,
  element,
  type FieldsOf,
  int,
  list,
  oneOf,
  optAttr,
  optChild,
  text,
  uint,
  union,
  type VariantsOf,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { unsupported } from '../../values/failures.js';
import { deviceInfo, virtioDriver } from '../device-info.js';
import { audioReference } from './graphics.js';

const domainError = errorsFrom('DOMAIN');

const codecRows = { type: attr(oneOf('duplex', 'micro', 'output'), unsupported("unknown codec type '$'")) };
export interface SoundCodec extends FieldsOf<typeof codecRows> {}
const soundRows = {
  model: attr(oneOf('sb16', 'es1370', 'pcspk', 'ac97', 'ich6', 'ich7', 'ich9', 'usb', 'virtio')),
  multichannel: optAttr(yesNo),
  streams: optAttr(uint(), { omit: 0 }),
  codecs: list(element<SoundCodec>('codec', codecRows)),
  audio: optChild(audioReference),
  ...deviceInfo,
  driver: optChild(virtioDriver),
};
/** `<sound>` */
export interface Sound extends FieldsOf<typeof soundRows> {}
export const sound = element<Sound>('sound', soundRows);

const settingsRows = {
  frequency: optAttr(uint()),
  channels: optAttr(uint()),
  format: optAttr(oneOf('s8', 'u8', 's16', 'u16', 's32', 'u32', 'f32')),
};
export interface AudioSettings extends FieldsOf<typeof settingsRows> {}
const audioSettings = element<AudioSettings>('settings', settingsRows, { omitEmpty: true });
const sideRows = {
  mixingEngine: optAttr(yesNo),
  fixedSettings: optAttr(yesNo),
  voices: optAttr(uint()),
  bufferLength: optAttr(uint()),
  dev: optAttr(text),
  serverName: optAttr(text),
  clientName: optAttr(text),
  connectPorts: optAttr(text),
  exactName: optAttr(yesNo),
  name: optAttr(text),
  streamName: optAttr(text),
  latency: optAttr(uint()),
  bufferCount: optAttr(uint()),
  tryPoll: optAttr(yesNo),
  settings: optChild(audioSettings),
};
/** `<input>` or `<output>` of an audio backend; which fields count depends on its type. Times in microseconds. */
export interface AudioDirection extends FieldsOf<typeof sideRows> {}
function checkDirection({ mixingEngine, fixedSettings, settings }: AudioDirection): void {
  if (fixedSettings === true && mixingEngine === false) {
    throw domainError('CONFIG_UNSUPPORTED', 'fixed audio settings requires mixing engine');
  }
  if (settings !== undefined && fixedSettings !== true) {
    throw domainError('CONFIG_UNSUPPORTED', 'audio settings specified without fixed settings flag');
  }
}

const sides = {
  input: optChild(element<AudioDirection>('input', sideRows, { omitEmpty: true, refine: checkDirection })),
  output: optChild(element<AudioDirection>('output', sideRows, { omitEmpty: true, refine: checkDirection })),
};
const timer = optAttr(uint(), { omit: 0 });
const base = { timerPeriod: timer };

const kinds = {
  none: { ...base, ...sides },
  alsa: { ...base, ...sides },
  coreaudio: { ...base, ...sides },
  jack: { ...base, ...sides },
  oss: { ...base, tryMMap: optAttr(yesNo), exclusive: optAttr(yesNo), dspPolicy: optAttr(int()), ...sides },
  pulseaudio: { ...base, serverName: optAttr(text), ...sides },
  sdl: { ...base, driver: optAttr(oneOf('esd', 'alsa', 'arts', 'pulseaudio')), ...sides },
  spice: { ...base, ...sides },
  file: { ...base, path: optAttr(text), ...sides },
  dbus: { ...base, ...sides },
  pipewire: { ...base, runtimeDir: optAttr(text), ...sides },
};
/** An audio backend of the host, by its type. */
export type Audio = { id: number } & VariantsOf<'type', typeof kinds>;
export type AudioType = Audio['type'];

const inner = union<Audio>('audio', 'type', kinds);
const idRows = { id: attr(uint({ min: 1 })) };
const idElement = element<{ id: number }>('audio', idRows);
/** `<audio>`: `id` stands before `type`; both are required. */
export const audio: typeof inner = {
  tag: 'audio',
  read(node, context) {
    const { id } = idElement.read(node, context);
    const value = inner.read(node, context);
    value.id = id;
    return value;
  },
  write(value, indent, context) {
    const text = inner.write(value, indent, context);
    return text.replace('<audio', `<audio id='${value.id}'`);
  },
  check: (node, report) =>
    inner.check(node, (problem, at) => (problem.startsWith('Invalid attribute id ') ? undefined : report(problem, at))),
};
