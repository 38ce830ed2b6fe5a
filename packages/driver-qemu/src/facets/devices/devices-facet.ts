import type { Call, Device, DevicesFacet, DomainRef, SchemaDocuments, Target } from '@virtkit/core';
import type { Controller, Disk, Domain } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import { diskPath, findDisk, isDrive } from '../../guests/disk-source.js';
import { guestOf, runningGuest } from '../../guests/find-guest.js';
import { jobCall } from '../../guests/job-call.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { attachLive, refuseFixedBus } from '../../hotplug/attach-device.js';
import { changeMedium, replaceSource } from '../../hotplug/change-medium.js';
import { deviceLists } from '../../hotplug/device-lists.js';
import { addDevice, devicesOf, dropDevice, findDevice } from '../../hotplug/edit-devices.js';
import { plugPlain } from '../../hotplug/plain-device.js';
import { removeDevice } from '../../hotplug/remove-device.js';
import { unplug } from '../../hotplug/unplug.js';
import { updateGraphics } from '../../hotplug/update-graphics.js';
import { updateInterface } from '../../hotplug/update-interface.js';
import { asClientErrors } from '../../monitor/qmp-failure.js';
import { checkNetwork } from '../../start/network-plan.js';
import { configCopy, effectiveTarget } from '../targets.js';
import { missingAlias, missingDevice, refuseDuplicate } from './device-errors.js';
import {
  refuseFixed,
  refuseFixedDrive,
  refuseIrreplaceable,
  refuseUnattachable,
  refuseUnchangeable,
} from './live-kinds.js';

/** Devices of guests: added, removed and changed, in the configuration and while they run. */
export class QemuDevices implements DevicesFacet {
  readonly #services: QemuServices;
  readonly #documents: SchemaDocuments;

  constructor(services: QemuServices, documents: SchemaDocuments) {
    this.#services = services;
    this.#documents = documents;
  }

  attach(domain: DomainRef, device: Device, target: Target, call: Call): Promise<void> {
    return this.#change(domain, target, call, {
      config: async (definition, job) => {
        refuseUnattachable(device);
        refuseDuplicate(definition, device, 'config');
        addDevice(definition, structuredClone(device));
        return await this.#documents.prepareDomain(definition, 'define', job.signal);
      },
      live: async (guest, job) => {
        const running = runningGuest(this.#services, guest);
        refuseFixed('attach', device);
        refuseDuplicate(running.definition, device, 'live');
        if (device.kind === 'disk') refuseFixedBus(device.device);
        if (device.kind === 'interface') await checkNetwork(this.#services, device.device);
        const { definition, added, controllers } = await this.#withDevice(running.definition, device, job);
        const plugging = { services: this.#services, running, definition, call: job };
        for (const controller of controllers) await plugPlain(plugging, { kind: 'controller', device: controller });
        await attachLive(plugging, added);
      },
    });
  }

  detach(domain: DomainRef, device: Device, target: Target, call: Call): Promise<void> {
    return this.#change(domain, target, call, {
      config: async (definition) => {
        const found = findDevice(definition, device);
        if (found === undefined) throw missingDevice(device, 'config');
        dropDevice(definition, device.kind, found);
        return definition;
      },
      live: async (guest, job) => {
        refuseFixed('detach', device);
        const found = findDevice(guest.current(), device);
        if (found?.alias === undefined) throw missingDevice(device, 'live');
        if (device.kind === 'disk') refuseFixedDrive(found as Disk);
        await this.#unplug(guest, found.alias, job);
      },
    });
  }

  detachByAlias(domain: DomainRef, alias: string, target: Target, call: Call): Promise<void> {
    return this.#change(domain, target, call, {
      config: async (definition) => {
        for (const list of deviceLists(definition)) {
          const index = list.findIndex((device) => device.alias === alias);
          if (index < 0) continue;
          list.splice(index, 1);
          return definition;
        }
        throw missingAlias(alias);
      },
      live: async (guest, job) => {
        const known = deviceLists(guest.current()).some((list) => list.some((device) => device.alias === alias));
        if (!known) throw missingAlias(alias);
        await this.#unplug(guest, alias, job);
      },
    });
  }

  update(domain: DomainRef, device: Device, target: Target & { readonly force?: boolean }, call: Call): Promise<void> {
    return this.#change(domain, target, call, {
      config: async (definition, job) => {
        refuseIrreplaceable(device);
        const found = findDevice(definition, device);
        if (found === undefined) throw missingDevice(device, 'config update');
        replaceDevice(definition, device, found);
        return await this.#completed(definition, job);
      },
      live: (guest, job) => this.#updateLive(guest, device, target.force === true, job),
    });
  }

  async resizeBlock(
    domain: DomainRef,
    name: string,
    size: bigint,
    _options: { readonly capacity?: boolean },
    call: Call,
  ): Promise<void> {
    const guest = guestOf(this.#services, domain);
    runningGuest(this.#services, guest);
    await this.#services.store.run(guest, 'modify', call, async (current, signal) => {
      const { monitor, definition } = runningGuest(this.#services, current);
      const disk = findDisk(definition, name);
      if (disk === undefined) throw virtError('INVALID_ARG', `disk '${name}' was not found in the domain config`);
      const node = `libvirt-${disk.source.index ?? 0}-format`;
      await asClientErrors(monitor.execute('block_resize', { 'node-name': node, size }, { signal }));
    });
  }

  /** Runs as one job: first what is only checked, computed and written aside, then the running guest. */
  async #change(
    domain: DomainRef,
    target: Target,
    call: Call,
    change: { config(definition: Domain, job: Call): Promise<Domain>; live(guest: Guest, job: Call): Promise<void> },
  ): Promise<void> {
    const { store } = this.#services;
    await store.run(guestOf(this.#services, domain), 'modify', call, async (guest, signal) => {
      const job = jobCall(call, signal);
      const { live, config } = effectiveTarget(guest, target);
      const definition = config ? await change.config(configCopy(guest), job) : undefined;
      await store.defineAfter(definition, async () => {
        if (live) await change.live(guest, job);
      });
    });
  }

  async #completed(definition: Domain, call: Call): Promise<Domain> {
    return await this.#documents.prepareDomain(definition, 'device', call.signal);
  }

  /**
   * The live definition with the device in it, and with controllers the device needs. Completion sees a copy: of it
   * only what is new is taken, as it also does to a running guest's definition what is meant for stored ones.
   */
  async #withDevice(current: Domain, device: Device, call: Call): Promise<Addition> {
    const before = structuredClone(current);
    const marked = structuredClone(device);
    addDevice(before, marked);
    const place = devicesOf(before, device.kind).findIndex((entry) => entry === marked.device);
    const completed = await this.#completed(before, call);
    refuseNewBuses(current, completed);
    const found = devicesOf(completed, device.kind)[place];
    if (found === undefined)
      throw virtError('INTERNAL_ERROR', 'the device was lost while its definition was completed');
    const added = { kind: device.kind, device: found } as Device; // the same kind at the same place
    const controllers = newControllers(current, completed).filter((controller) => controller !== found);
    const definition = structuredClone(current);
    for (const controller of controllers) addDevice(definition, { kind: 'controller', device: controller });
    addDevice(definition, added);
    return { definition, added, controllers };
  }

  async #unplug(guest: Guest, alias: string, call: Call): Promise<void> {
    const running = runningGuest(this.#services, guest);
    if ((await unplug(running, alias, call)) === 'removed') {
      await removeDevice(this.#services, guest, running.live, alias);
    }
  }

  async #updateLive(guest: Guest, device: Device, force: boolean, call: Call): Promise<void> {
    const running = runningGuest(this.#services, guest);
    refuseUnchangeable(device);
    if (device.kind === 'interface') return await updateInterface(this.#services, running, device.device, call);
    if (device.kind === 'graphics') return await updateGraphics(this.#services, running, device.device, call);
    if (device.kind !== 'disk') {
      throw virtError('OPERATION_UNSUPPORTED', `live update of device '${device.kind}' is not supported`);
    }
    const drive = running.definition.devices.disks.find(({ target }) => target.dev === device.device.target.dev);
    if (drive === undefined) throw missingDevice(device, 'live update');
    if (!isDrive(drive)) return refuseOtherSource(drive, device.device);
    const change = { services: this.#services, running, call };
    await changeMedium(change, drive.target.dev, device.device, { force });
  }
}

/** What an attachment adds to the live definition. */
interface Addition {
  readonly definition: Domain;
  readonly added: Device;
  readonly controllers: readonly Controller[];
}

/** Controllers that completion found missing. */
const newControllers = (before: Domain, after: Domain): readonly Controller[] =>
  after.devices.controllers.filter(
    ({ type, index }) => !before.devices.controllers.some((known) => known.type === type && known.index === index),
  );

/** A running guest cannot get more PCI buses: a device that would need one finds no place. */
function refuseNewBuses(before: Domain, after: Domain): void {
  const buses = ({ devices }: Domain): number => devices.controllers.filter(({ type }) => type === 'pci').length;
  if (buses(after) > buses(before)) throw virtError('INTERNAL_ERROR', 'No more available PCI slots');
}

/** A fixed disk that stays where it is has nothing to change here. */
function refuseOtherSource(drive: Disk, wanted: Disk): void {
  if (diskPath(drive) === diskPath(wanted)) return;
  throw virtError('OPERATION_UNSUPPORTED', "disk 'source' of a fixed disk cannot be changed while the guest runs");
}

/** Drives keep their place and get another medium; other devices are replaced whole, at the same place. */
function replaceDevice(definition: Domain, device: Device, found: object): void {
  if (device.kind === 'disk') {
    const drive = definition.devices.disks.find((disk) => disk === found);
    if (drive !== undefined && isDrive(drive)) return replaceSource(drive, device.device);
  }
  const list = devicesOf(definition, device.kind);
  const index = list.findIndex((entry) => entry === found);
  const address: unknown = Reflect.get(found, 'address');
  const replacement = structuredClone(device.device);
  if (address !== undefined && Reflect.get(replacement, 'address') === undefined)
    Object.assign(replacement, { address });
  if (index >= 0) Object.assign(list, { [index]: { ...keptOf(found), ...replacement } });
}

/** What a new description of a card need not repeat: who it is on the wire. */
const keptOf = (found: object): object => ('mac' in found ? { mac: found.mac } : {});
