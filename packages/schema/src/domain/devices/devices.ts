import {
  childrenOf,
  element,
  type FieldsOf,
  list,
  optChild,
  optText,
  type Row,
  specialRequired,
  type XmlNode,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { type Console, channel, console, parallel, redirdev, type Serial, serial } from './chardev.js';
import { controller } from './controller.js';
import { crypto, lease, pstore } from './crypto.js';
import { disk } from './disk-element.js';
import { filesystem } from './filesystem.js';
import { graphics } from './graphics.js';
import { hostdev } from './hostdev-element.js';
import { hub, input } from './input.js';
import { networkInterface } from './interface-element.js';
import { iommu, vsock } from './iommu.js';
import { memballoon } from './memballoon.js';
import { memoryDevice } from './memory-device.js';
import { redirfilter } from './redirfilter.js';
import { rng } from './rng.js';
import { shmem } from './shmem.js';
import { smartcard } from './smartcard.js';
import { audio, sound } from './sound.js';
import { tpm } from './tpm.js';
import { video } from './video.js';
import { nvram, panic, watchdog } from './watchdog.js';
import { absolutePath } from '../../values/paths.js';
import { firstRepeated } from '../../values/repeated.js';

const domainError = errorsFrom('DOMAIN');

/** The first console of a fully virtualized guest is written as what it is: the first serial device. */
const consoles: Row<Console[], false> = specialRequired<Console[]>((key) => ({
  ...list(console).bind(key),
  body(source, indent, context) {
    const [serial] = (source['serials'] ?? []) as readonly Serial[];
    const own = (source[key] ?? []) as readonly Console[];
    return own.map((entry, i) => console.write(i === 0 ? asSerial(entry, serial) : entry, indent, context)).join('');
  },
}));

function asSerial(entry: Console, serial: Serial | undefined): Console {
  if (serial === undefined || (entry.target?.type ?? 'serial') !== 'serial') return entry;
  return { ...serial, target: { type: 'serial', port: serial.target?.port } };
}

const devicesRows = {
  emulator: optText(absolutePath, { emptyIsAbsent: true }),
  disks: list(disk),
  controllers: list(controller),
  leases: list(lease),
  filesystems: list(filesystem),
  interfaces: list(networkInterface),
  smartcards: list(smartcard),
  serials: list(serial),
  parallels: list(parallel),
  consoles,
  channels: list(channel),
  inputs: list(input),
  tpms: list(tpm),
  graphics: list(graphics),
  sounds: list(sound),
  audios: list(audio),
  videos: list(video),
  hostdevs: list(hostdev),
  redirdevs: list(redirdev),
  redirfilter: optChild(redirfilter),
  hubs: list(hub),
  watchdogs: list(watchdog),
  memballoon: optChild(memballoon),
  rngs: list(rng),
  nvram: optChild(nvram),
  panics: list(panic),
  shmems: list(shmem),
  memory: list(memoryDevice),
  cryptos: list(crypto),
  iommu: optChild(iommu),
  vsock: optChild(vsock),
  pstore: optChild(pstore),
};
/** `<devices>`: lists are always there, empty where the document has none. */
export interface Devices extends FieldsOf<typeof devicesRows> {}
export const devices = element<Devices>('devices', devicesRows, { open: true, refine: checkSingles });
const singles = [
  ['memballoon', 'INTERNAL_ERROR', 'only a single memory balloon device is supported'],
  ['iommu', 'XML_ERROR', 'only a single IOMMU device is supported'],
  ['vsock', 'XML_ERROR', 'only a single vsock device is supported'],
  ['nvram', 'XML_ERROR', 'only a single nvram device is supported'],
  ['pstore', 'XML_ERROR', 'only a single pstore device is supported'],
  ['redirfilter', 'INTERNAL_ERROR', 'only one set of redirection filter rule is supported'],
] as const;

/** Of some devices a guest has one; models of panic devices are different; audio backends have numbers of their own. */
function checkSingles(value: Devices, node: XmlNode): void {
  for (const [name, error, text] of singles) if (childrenOf(node, name).length > 1) throw domainError(error, text);
  const ids = value.audios.map(({ id }) => id);
  const repeated = firstRepeated(ids);
  if (repeated !== undefined) throw domainError('XML_ERROR', `audio ID ${repeated} is used multiple times`);
}

/** A definition's devices before any is read. */
export const noDevices = (): Devices => ({
  disks: [],
  controllers: [],
  leases: [],
  filesystems: [],
  interfaces: [],
  smartcards: [],
  serials: [],
  parallels: [],
  consoles: [],
  channels: [],
  inputs: [],
  tpms: [],
  graphics: [],
  sounds: [],
  audios: [],
  videos: [],
  hostdevs: [],
  redirdevs: [],
  hubs: [],
  watchdogs: [],
  rngs: [],
  panics: [],
  shmems: [],
  memory: [],
  cryptos: [],
});
