import type { Connection, SchemaDocuments } from '@virtkit/core';
import type { DialectHost } from './dialect-host.js';
import { accepts } from './accepts.js';
import { QemuConfiguration } from './facets/configuration/configuration-facet.js';
import { QemuConsole } from './facets/console/console-facet.js';
import { QemuDevices } from './facets/devices/devices-facet.js';
import { QemuDomains } from './facets/domain/domain-facet.js';
import { QemuGuest } from './facets/guest/guest-facet.js';
import { QemuCpuModels } from './facets/host/cpu-models-facet.js';
import { QemuHost } from './facets/host/host-facet.js';
import { QemuLifecycle } from './facets/lifecycle.js';
import { QemuNative } from './facets/native/native-facet.js';
import { QemuSecurity } from './facets/security/security-facet.js';
import { FigureReader } from './facets/statistics/figures.js';
import { QemuStatistics } from './facets/statistics/statistics-facet.js';
import { QemuTuning } from './facets/tuning/tuning-facet.js';
import type { QemuServices } from './guests/services.js';

/** What a client of `qemu:///system` or `qemu:///session` has. All connections share it: the state is the host's. */
export class QemuConnection implements Connection {
  readonly accepts = accepts;
  readonly link = { encrypted: false, secure: true };
  readonly host: QemuHost;
  readonly domain: QemuDomains;
  readonly lifecycle: QemuLifecycle;
  readonly configuration: QemuConfiguration;
  readonly devices: QemuDevices;
  readonly statistics: QemuStatistics;
  readonly console: QemuConsole;
  readonly native: QemuNative;
  readonly guest: QemuGuest;
  readonly security: QemuSecurity;
  readonly tuning: QemuTuning;
  readonly cpuModels = new QemuCpuModels();

  constructor(services: QemuServices, host: DialectHost, documents: SchemaDocuments) {
    this.host = new QemuHost(services, host);
    this.domain = new QemuDomains(services);
    this.lifecycle = new QemuLifecycle(services);
    this.configuration = new QemuConfiguration(services);
    this.devices = new QemuDevices(services, documents);
    this.statistics = new QemuStatistics(services, new FigureReader());
    this.console = new QemuConsole(services);
    this.native = new QemuNative({ services, host, documents }, services.watchers);
    this.guest = new QemuGuest(services);
    this.security = new QemuSecurity(services);
    this.tuning = new QemuTuning(services);
  }

  alive(): boolean {
    return true;
  }

  async close(): Promise<void> {
    // Nothing belongs to one connection alone.
  }
}
