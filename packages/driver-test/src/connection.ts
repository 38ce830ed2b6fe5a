import type { Connection, EventsFacet, SecurityFacet } from '@virtkit/core';
import { testAccepts } from './accepts.js';
import { TestCheckpoints } from './facets/checkpoint.js';
import { TestConfiguration } from './facets/configuration.js';
import { TestConsole } from './facets/console.js';
import { TestDevices } from './facets/devices.js';
import { TestDomains } from './facets/domain.js';
import { TestGuest } from './facets/guest.js';
import { TestHost } from './facets/host.js';
import { TestInterfaces } from './facets/interface.js';
import { TestLifecycle } from './facets/lifecycle.js';
import { TestNetworks } from './facets/network.js';
import { TestNodeDevices } from './facets/node-device.js';
import { TestSavedImages } from './facets/saved-image.js';
import { TestSnapshots } from './facets/snapshot.js';
import { TestStatistics } from './facets/statistics.js';
import { TestStorage } from './facets/storage.js';
import { TestTuning } from './facets/tuning.js';
import type { World } from './world/world.js';

/** A connection to one world; several may share it. */
export class TestConnection implements Connection {
  readonly accepts = testAccepts;
  readonly link = { encrypted: false, secure: true };
  readonly host: TestHost;
  readonly domain: TestDomains;
  readonly lifecycle: TestLifecycle;
  readonly configuration: TestConfiguration;
  readonly devices: TestDevices;
  readonly statistics: TestStatistics;
  readonly console: TestConsole;
  readonly guest: TestGuest;
  readonly tuning: TestTuning;
  readonly savedImage: TestSavedImages;
  readonly snapshot: TestSnapshots;
  readonly checkpoint: TestCheckpoints;
  readonly storage: TestStorage;
  readonly network: TestNetworks;
  readonly interface: TestInterfaces;
  readonly nodeDevice: TestNodeDevices;
  readonly events: EventsFacet;
  readonly security: SecurityFacet;
  #open = true;

  constructor(
    world: World,
    readonly uri: string,
    private readonly onClose: () => void,
  ) {
    this.host = new TestHost(world);
    this.domain = new TestDomains(world);
    this.lifecycle = new TestLifecycle(world);
    this.configuration = new TestConfiguration(world);
    this.devices = new TestDevices(world);
    this.statistics = new TestStatistics(world);
    this.console = new TestConsole(world);
    this.guest = new TestGuest(world);
    this.tuning = new TestTuning(world);
    this.savedImage = new TestSavedImages(world);
    this.snapshot = new TestSnapshots(world);
    this.checkpoint = new TestCheckpoints(world);
    this.storage = new TestStorage(world);
    this.network = new TestNetworks(world);
    this.interface = new TestInterfaces(world);
    this.nodeDevice = new TestNodeDevices(world);
    this.events = { watch: (sink, signal) => world.listeners.add(sink, signal) };
    this.security = {
      label: (ref) => {
        const { active } = world.domain(ref);
        return Promise.resolve({ label: active ? 'libvirt-test' : '', enforcing: active });
      },
    };
  }

  alive(): boolean {
    return this.#open;
  }

  close(): Promise<void> {
    if (this.#open) this.onClose();
    this.#open = false;
    return Promise.resolve();
  }
}
