import { errorsFrom } from '@virtkit/schema';
import type { Controller, Domain, Input } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { addDefaultAudio } from './default-audio.js';
import type { QemuFacts } from './facts.js';
import {
  archOf,
  isArmVirt,
  isI440fx,
  isLoongarchVirt,
  isPseries,
  isQ35,
  isRiscvVirt,
  isS390Ccw,
  isX86,
  machineOf,
} from './machine.js';
import { ensureController, findController, insertController } from './insert-controller.js';
import { defaultUsbModel } from './usb-model.js';

const virtError = errorsFrom('QEMU');

type PciRoot = 'pci-root' | 'pcie-root';

/** What a machine has without being asked for it. */
interface Implicit {
  readonly usb?: Controller['model'] | undefined;
  readonly hasUsb: boolean;
  readonly pciRoot?: PciRoot;
  readonly sata: boolean;
  readonly memballoon: boolean;
  readonly panic: boolean;
  readonly itcoWatchdog: boolean;
  readonly usbKeyboard: boolean;
}

const nothing: Implicit = {
  hasUsb: false,
  sata: false,
  memballoon: false,
  panic: false,
  itcoWatchdog: false,
  usbKeyboard: false,
};

/** Adds what the machine has anyway. */
export function addDefaultDevices(domain: Domain, facts: QemuFacts): void {
  linkCompanions(domain);
  addImplicitInputs(domain);
  const implicit = implicitOf(domain, facts);
  if (implicit.hasUsb) addUsb(domain, implicit.usb);
  if (implicit.sata) ensureController(domain, { type: 'sata', index: 0 });
  if (implicit.pciRoot !== undefined) addPciRoot(domain, implicit.pciRoot);
  if (implicit.memballoon) domain.devices.memballoon ??= { model: 'virtio' };
  if (implicit.usbKeyboard) addKeyboardAndMouse(domain);
  if (implicit.panic && domain.devices.panics.length === 0) domain.devices.panics.push({});
  if (implicit.itcoWatchdog && !domain.devices.watchdogs.some(({ model }) => model === 'itco')) {
    domain.devices.watchdogs.push({ model: 'itco', action: domain.devices.watchdogs[0]?.action ?? 'reset' });
  }
  addDefaultAudio(domain, facts.settings);
}

function implicitOf(domain: Domain, { capabilities, isNew }: QemuFacts): Implicit {
  if (isX86(domain)) return implicitOfX86(domain, capabilities);
  const usb = { hasUsb: true, usb: defaultUsbModel(domain, capabilities, isNew) };
  if (isPseries(domain)) return { ...nothing, ...usb, pciRoot: 'pci-root', panic: true, memballoon: true };
  if (isArmVirt(domain) || isRiscvVirt(domain) || isLoongarchVirt(domain)) return { ...nothing, pciRoot: 'pcie-root' };
  if (isS390Ccw(domain)) return { ...nothing, pciRoot: 'pci-root', memballoon: true, panic: true };
  if (archOf(domain).startsWith('ppc')) return { ...nothing, ...usb, pciRoot: 'pci-root', memballoon: true };
  if (archOf(domain) === 'sparc64') return { ...nothing, ...usb, pciRoot: 'pci-root' };
  if (machineOf(domain) === 'versatilepb') return { ...nothing, ...usb, pciRoot: 'pci-root' };
  if (machineOf(domain).startsWith('realview')) return { ...nothing, ...usb };
  return nothing;
}

function implicitOfX86(domain: Domain, capabilities: QemuCapabilities | undefined): Implicit {
  const x86: Implicit = { ...nothing, memballoon: true };
  if (isQ35(domain)) {
    const usb = q35Usb(capabilities);
    return { ...x86, pciRoot: 'pcie-root', sata: true, itcoWatchdog: true, hasUsb: usb !== undefined, usb };
  }
  if (isI440fx(domain))
    return { ...x86, pciRoot: 'pci-root', hasUsb: true, usb: defaultUsbModel(domain, capabilities) };
  return machineOf(domain) === 'isapc' ? x86 : { ...x86, hasUsb: true, usb: defaultUsbModel(domain, capabilities) };
}

/** Fast USB where the binary has it, the older kind else, none before that. */
function q35Usb(capabilities: QemuCapabilities | undefined): Controller['model'] {
  if (capabilities?.flags.has('qemu-xhci') === true) return 'qemu-xhci';
  if (capabilities?.flags.has('nec-usb-xhci') === true) return 'nec-xhci';
  return capabilities?.flags.has('ich9-usb-ehci1') === true ? 'ich9-ehci1' : undefined;
}

function addUsb(domain: Domain, model: Controller['model']): void {
  if (findController(domain, 'usb', 0) !== undefined) return;
  insertController(domain, { type: 'usb', index: 0, ...(model === undefined ? {} : { model }) });
  if (model !== 'ich9-ehci1') return;
  for (const [model, startport] of companions)
    insertController(domain, { type: 'usb', index: 0, model, master: { startport } });
}

/** Companions of a fast USB controller have fixed ports of it. */
function linkCompanions(domain: Domain): void {
  const { controllers } = domain.devices;
  for (const controller of controllers) {
    const startport = startports.get(controller.model);
    if (controller.type === 'usb' && startport !== undefined) controller.master ??= { startport };
  }
}

const companions = [
  ['ich9-uhci1', 0],
  ['ich9-uhci2', 2],
  ['ich9-uhci3', 4],
] as const;

const startports: ReadonlyMap<Controller['model'], number> = new Map(companions);

function addPciRoot(domain: Domain, model: PciRoot): void {
  const found = findController(domain, 'pci', 0);
  if (found === undefined) insertController(domain, { type: 'pci', index: 0, model });
  else if (found.model !== model) {
    throw virtError(
      'XML_ERROR',
      `The PCI controller with index='0' must be model='${model}' for this machine type, but model='${found.model ?? '(null)'}' was found instead`,
    );
  }
}

/** Mouse and keyboard on PS/2 belong to every PC that does not switch them off. */
function addImplicitInputs(domain: Domain): void {
  if (!isX86(domain) || machineOf(domain) === 'microvm' || domain.features?.ps2?.state === false) return;
  for (const type of ['mouse', 'keyboard'] as const) addInput(domain, { type, bus: 'ps2' });
}

function addKeyboardAndMouse(domain: Domain): void {
  for (const type of ['keyboard', 'mouse'] as const) addInput(domain, { type, bus: 'usb' });
}

function addInput(domain: Domain, wanted: Input): void {
  const exists = domain.devices.inputs.some(({ type, bus }) => type === wanted.type && bus === wanted.bus);
  if (!exists) domain.devices.inputs.push(wanted);
}
