import {
  type Audio,
  checkIsaSerialPorts,
  type Domain,
  type Graphics,
  orderControllers,
  orderDisks,
} from '@virtkit/schema';
import { defaultAudio } from './default-audio.js';
import { isI440fx, isX86 } from './machine.js';

/**
 * The definition as an older peer understands it: without what every machine of its kind has anyway, in old words.
 * A copy; the definition itself is left alone.
 * @throws INTERNAL_ERROR for serial ports that an older peer refuses to read.
 */
export function definitionForMigration(definition: Domain): Domain {
  const copy = structuredClone(definition);
  const { devices } = copy;
  checkIsaSerialPorts(devices.serials);
  devices.disks = orderDisks(devices.disks);
  orderControllers(copy);
  if (isX86(copy)) dropImplicitUsb(copy);
  dropRootBus(copy);
  dropDefaultAudio(copy);
  dropFoundFirmware(copy);
  disablePconfig(copy);
  devices.inputs = devices.inputs.filter(({ type, bus }) => !(bus === 'ps2' && type === 'keyboard'));
  devices.watchdogs = devices.watchdogs.filter(({ model, action }) => !(model === 'itco' && action === 'reset'));
  for (const graphics of devices.graphics) useOldListening(graphics);
  return copy;
}

/** The one plain USB controller of an old PC was never written down. */
function dropImplicitUsb(domain: Domain): void {
  const usb = domain.devices.controllers.filter(({ type }) => type === 'usb');
  const [only] = usb;
  if (usb.length !== 1 || only?.index !== 0 || !isI440fx(domain)) return;
  if (only.model === undefined || only.model === 'piix3-uhci') {
    domain.devices.controllers = domain.devices.controllers.filter((controller) => controller !== only);
  }
}

/** Nor was its bus, unless there are others to number. */
function dropRootBus({ devices }: Domain): void {
  const buses = devices.controllers.filter(({ type }) => type === 'pci');
  const [only] = buses;
  if (buses.length === 1 && only?.model === 'pci-root')
    devices.controllers = devices.controllers.filter((controller) => controller !== only);
}

/** Settings that differ are of one host, which the peer is not. */
const noHostAudio = { vncAllowHostAudio: false, nographicsAllowHostAudio: false };

/** The sound that a guest with such displays has by itself. */
function dropDefaultAudio({ devices }: Domain): void {
  const [only] = devices.audios;
  const type = defaultAudio(devices.graphics, noHostAudio)?.type;
  if (devices.audios.length === 1 && only?.type === type && only?.id === 1 && isPlain(only)) devices.audios = [];
}

/** Whether a back end has no settings of its own. */
const isPlain = ({ id: _id, type: _type, ...settings }: Audio): boolean =>
  Object.values(settings).every((value) => typeof value === 'object' && Object.keys(value).length === 0);

/** What was found out about a firmware once its image is known. */
function dropFoundFirmware({ os }: Domain): void {
  if (os.loader?.path === undefined) return;
  delete os.firmware;
  delete os.firmwareFeatures;
}

/** Sockets of VNC and displays that listen nowhere were said by attributes alone. */
function useOldListening(graphics: Graphics): void {
  if (graphics.type === 'spice' && graphics.listens[0]?.type === 'none') {
    graphics.listens = [];
    graphics.autoport = false;
  }
}

/** This model once had a feature that nobody's QEMU ever offered. */
function disablePconfig({ cpu }: Domain): void {
  if (cpu?.mode !== 'custom' || cpu.model?.name !== 'Icelake-Server') return;
  if (!cpu.features.some(({ name }) => name === 'pconfig')) cpu.features.push({ name: 'pconfig', policy: 'disable' });
}
