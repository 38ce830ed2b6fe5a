import { type Pieces, whole } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import type { Filesystem } from '../devices/filesystem.js';
import type { Domain } from '../domain.js';
import { checkUsb, refuseSameIndexes, validateControllers } from '../validate/controllers.js';
import { validateAddress } from '../validate/disks.js';
import { checkScsiPlaces } from '../validate/hostdevs.js';
import { checkVideos } from '../validate/videos.js';
import { completeBoot } from './boot.js';
import { assignIsaSerialPorts, completeCharacterDevices, linkFirstConsole } from './chardev.js';
import { assignControllerIndexes, orderControllers } from './controllers.js';
import { completeCputune } from './cputune.js';
import { completeDisk, defaultDiskBus, orderDisks } from './disk.js';
import { addImplicitVideo, completeGraphics, dropPasswordless, completeVideo, orderVideos } from './graphics.js';
import { assignScsiPlaces } from './hostdev.js';
import { addHostdevControllers, addImplicitControllers } from './implicit-controllers.js';
import { completeInterface } from './interface.js';
import { completeMemory } from './memory.js';
import { completeNuma } from './numa.js';
import { completeIothreads, completeVcpus } from './vcpu.js';

const virtError = errorsFrom('DOMAIN');

/**
 * Points a driver's own completion is tied to: `first` before anything (architecture, machine, emulator), `domain` adds what the machine
 * has anyway, `device` chooses models of single devices, `addresses` gives places on buses, `last` sees everything.
 */
export type CompletionPoint = 'first' | 'domain' | 'device' | 'addresses' | 'last';

export interface CompletionStep<Facts> {
  readonly at: CompletionPoint;
  apply(definition: Domain, facts: Facts): void;
}

export interface CommonCompletion {
  readonly randomUuid: () => string;
  readonly randomMac: () => string;
  /** The rules for new definitions apply. */
  readonly isNew?: boolean;
  /** The document describes a running guest. */
  readonly live?: boolean;
  /** Sixteen units a SCSI bus, as ESX has. */
  readonly wideScsi?: boolean;
}

/** No machine comes near; more are refused before anything is made for each. */
const MOST_DEVICES = 16_384;

function checkCount({ devices }: Domain): void {
  const counts = Object.values(devices).map((kind: unknown) => (Array.isArray(kind) ? kind.length : 0));
  if (counts.reduce((sum, count) => sum + count, 0) > MOST_DEVICES)
    throw virtError('CONFIG_UNSUPPORTED', `more than ${MOST_DEVICES} devices`);
}

/**
 * Fills in what a definition leaves open, in libvirt's order: the common rules, a driver's steps between them. Changes the definition
 * in place; pure apart from that.
 */
export const completeDomain = <Facts>(
  definition: Domain,
  options: CommonCompletion,
  steps: readonly CompletionStep<Facts>[],
  facts: Facts,
): Domain => whole(completionPieces(definition, options, steps, facts));

/** As `completeDomain`, in pieces: it can wait between the steps. */
export function* completionPieces<Facts>(
  definition: Domain,
  options: CommonCompletion,
  steps: readonly CompletionStep<Facts>[],
  facts: Facts,
): Pieces<Domain> {
  checkCount(definition);
  const run = (at: CompletionPoint): void => {
    for (const step of steps) if (step.at === at) step.apply(definition, facts);
  };
  if (definition.os.type.name === '' && definition.bootloader === undefined)
    throw virtError('XML_ERROR', 'an os <type> must be specified');
  if (definition.os.type.name === 'exe' && definition.os.init === undefined)
    throw virtError('XML_ERROR', 'init binary must be specified');
  const written = isWritten(definition);
  if (!written) {
    assignIsaSerialPorts(definition.devices.serials);
    for (const graphics of definition.devices.graphics) dropPasswordless(graphics);
  }
  completeSeclabels(definition);
  definition.uuid ??= systemUuid(definition) ?? options.randomUuid();
  if (definition.genid === '') definition.genid = options.randomUuid();
  run('first');
  completeNuma(definition);
  completeMemory(definition, options.isNew === true);
  completeVcpus(definition);
  completeIothreads(definition);
  completeCputune(definition);
  orderDevices(definition, written);
  addHostdevControllers(definition);
  assignControllerIndexes(definition);
  refuseSameIndexes(definition.devices.controllers.filter(({ type }) => type !== 'usb'));
  checkUsb(definition);
  run('domain');
  yield;
  checkVideos(definition);
  addImplicitVideo(definition);
  orderVideos(definition);
  run('device');
  yield;
  completeDevices(definition, options);
  yield;
  completeBoot(definition);
  linkFirstConsole(definition);
  completeCharacterDevices(definition);
  checkScsiPlaces(definition);
  assignScsiPlaces(definition);
  addImplicitControllers(definition);
  yield;
  for (const disk of definition.devices.disks) validateAddress(disk);
  validateControllers(definition);
  run('addresses');
  refuseSameIndexes(definition.devices.controllers);
  yield;
  run('last');
  return definition;
}

/** A server of its own decides who may what. */
function completeFilesystem(filesystem: Filesystem): void {
  const { source } = filesystem;
  if (source.type !== 'mount' || source.socket === undefined) filesystem.accessmode ??= 'passthrough';
}

/** Without a security driver there is one label, and it says so. */
function completeSeclabels(definition: Domain): void {
  definition.seclabels = definition.seclabels?.map((label) =>
    label.model === undefined ? { type: 'none', model: 'none' } : label,
  );
  if (definition.seclabels === undefined) delete definition.seclabels;
}

/** As they are listed from the start. */
function orderDevices(definition: Domain, written: boolean): void {
  const { devices } = definition;
  if (!written) {
    devices.disks = orderDisks(devices.disks);
    orderControllers(definition);
  }
  for (const disk of devices.disks) disk.target.bus ??= defaultDiskBus(disk);
}

/** A definition this program wrote leaves nothing open; its order is kept, so that it is written the same again. */
const isWritten = ({ devices, uuid }: Domain): boolean =>
  uuid !== undefined &&
  devices.emulator !== undefined &&
  devices.audios.length + devices.graphics.length > 0 &&
  devices.disks.every(({ target, address }) => target.bus !== undefined && address !== undefined) &&
  devices.controllers.every(
    ({ type, model, index, address }) =>
      index !== undefined && ((type !== 'usb' && type !== 'pci') || isUnplaced(model) || address !== undefined),
  ) &&
  devices.interfaces.every(({ mac, address }) => mac !== undefined && address !== undefined);

const isUnplaced = (model: string | undefined): boolean =>
  model === undefined || ['none', 'pci-root', 'pcie-root'].includes(model);

function completeDevices({ devices }: Domain, options: CommonCompletion): void {
  const live = options.live === true;
  for (const disk of devices.disks) completeDisk(disk, { wideScsi: options.wideScsi === true });
  for (const entry of devices.interfaces)
    completeInterface(entry, { randomMac: options.randomMac, randomUuid: options.randomUuid, live });
  for (const graphics of devices.graphics) completeGraphics(graphics, { live });
  for (const filesystem of devices.filesystems) completeFilesystem(filesystem);
  if (devices.vsock !== undefined) devices.vsock.cidAuto ??= devices.vsock.cid === undefined;
  for (const memory of devices.memory) if (memory.model === 'virtio-pmem') memory.access ??= 'shared';
  for (const video of devices.videos) completeVideo(video);
  for (const { backend } of devices.rngs) if (backend.model === 'random') backend.device ??= '/dev/random';
}

/** A document may give the guest's UUID as part of its firmware tables alone. */
function systemUuid({ sysinfos }: Domain): string | undefined {
  for (const info of sysinfos) if (info.type === 'smbios' && info.system?.uuid !== undefined) return info.system.uuid;
  return undefined;
}
