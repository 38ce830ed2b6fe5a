import { fileTree } from '@virtkit/host';
import { randomUUID } from 'node:crypto';
import {
  type Call,
  type DhcpLease,
  type EventSink,
  type MetadataChange,
  type NetworkFacet,
  type NetworkSummary,
  type NetworkUpdate,
  type ObjectRef,
  type Parameters,
  Turns,
} from '@virtkit/core';
import type { Network, NetworkPort } from '@virtkit/schema';
import { type ChangeTarget, NetworkChanges } from './change.js';
import { completeNetwork } from './complete.js';
import { defaultNetwork } from './default-network.js';
import { readLeases } from './dnsmasq/leases.js';
import { networkError } from './errors.js';
import { inactive, NetworkLifecycle, type NetworkObject, type NetworkStore } from './lifecycle.js';
import { uuidOf } from './network-kind.js';
import { portParameters } from './port-parameters.js';
import { plugPort, unplugPort } from './ports.js';
import type { NetworkRuntime } from './status.js';
import type { NetworkTools } from './tools.js';
import { type PciDevices, validateNetwork } from './validate.js';

/** A function that was split off another device knows it. */
const hostPciDevices: PciDevices = {
  isVirtualFunction: (name) => fileTree().names(`sys/bus/pci/devices/${name}/physfn`).length > 0,
};

const starting: NetworkRuntime = { phase: 'starting', ports: [] };

/** Virtual networks of this host. */
export class HostNetworks implements NetworkFacet {
  readonly #store: NetworkStore;
  readonly #tools: NetworkTools;
  readonly #events: EventSink;
  readonly #lifecycle: NetworkLifecycle;
  readonly #changes: NetworkChanges;
  readonly #turns = new Turns();

  constructor(store: NetworkStore, tools: NetworkTools, events: EventSink) {
    this.#store = store;
    this.#tools = tools;
    this.#events = events;
    this.#lifecycle = new NetworkLifecycle(store, tools);
    this.#changes = new NetworkChanges(store, tools);
  }

  async list(): Promise<readonly NetworkSummary[]> {
    return [...this.#store.all()].map(summaryOf);
  }

  async find(by: { readonly uuid: string } | { readonly name: string }): Promise<NetworkSummary | undefined> {
    const object = 'uuid' in by ? this.#store.byUuid(by.uuid) : this.#store.byName(by.name);
    return object && summaryOf(object);
  }

  async definition(network: ObjectRef, which: 'current' | 'persistent'): Promise<Network> {
    const object = this.#object(network);
    return which === 'persistent' ? (object.config() ?? object.current()) : object.current();
  }

  generation(network: ObjectRef): number | undefined {
    return this.#store.byUuid(network.uuid)?.generation;
  }

  async bridgeName(network: ObjectRef): Promise<string> {
    const name = this.#object(network).current().bridge?.name;
    if (name === undefined)
      throw networkError('INTERNAL_ERROR', `network '${network.name}' does not have a bridge name.`);
    return name;
  }

  define(definition: Network): Promise<ObjectRef> {
    return this.#withName(definition, async (completed) => {
      const object = await this.#store.define(completed);
      this.#lifecycleEvent(object, 'defined');
      return object.ref;
    });
  }

  async undefine(network: ObjectRef, call: Call): Promise<void> {
    await this.#store.run(this.#object(network), 'modify', call, async (object) => {
      if (!object.persistent) throw networkError('OPERATION_INVALID', "can't undefine transient network");
      const { active } = object;
      await this.#store.undefine(object);
      if (!active) await this.#tools.dnsmasq.forgetLeases(object.name);
      this.#lifecycleEvent(object, 'undefined');
    });
  }

  async createTransient(definition: Network, call: Call): Promise<ObjectRef> {
    const object = await this.#withName(definition, async (completed) => {
      const persistent = this.#store.byUuid(uuidOf(completed))?.persistent === true;
      return this.#store.activate(runningDefinition(completed), { transient: !persistent, runtime: starting });
    });
    await this.#store.run(object, 'modify', call, (one, signal) => this.#lifecycle.bringUp(one, signal));
    this.#lifecycleEvent(object, 'started');
    return object.ref;
  }

  async start(network: ObjectRef, call: Pick<Call, 'signal'>): Promise<void> {
    await this.#store.run(this.#object(network), 'modify', call, async (object, signal) => {
      const config = object.config();
      if (object.active || config === undefined) throw networkError('OPERATION_INVALID', 'network is already active');
      validateNetwork(config);
      const active = await this.#store.activate(runningDefinition(config), { transient: false, runtime: starting });
      await this.#lifecycle.bringUp(active, signal);
      this.#lifecycleEvent(active, 'started');
    });
  }

  async stop(network: ObjectRef, call: Call): Promise<void> {
    await this.#store.run(this.#object(network), 'destroy', call, async (object) => {
      if (!object.active) throw inactive(object.name);
      await this.#lifecycle.takeDown(object);
      this.#lifecycleEvent(object, 'stopped');
    });
  }

  async setAutostart(network: ObjectRef, value: boolean, call: Call): Promise<void> {
    await this.#store.run(this.#object(network), 'modify', call, async (object) => {
      if (!object.persistent) throw networkError('OPERATION_INVALID', 'cannot set autostart for transient network');
      if (object.autostart !== value) await this.#store.setAutostart(object, value);
    });
  }

  async update(network: ObjectRef, change: NetworkUpdate, target: ChangeTarget, call: Call): Promise<void> {
    await this.#store.run(this.#object(network), 'modify', call, (object, signal) =>
      this.#changes.update(object, change, target, { signal }),
    );
  }

  async setMetadata(network: ObjectRef, change: MetadataChange, target: ChangeTarget, call: Call): Promise<void> {
    await this.#store.run(this.#object(network), 'modify', call, async (object) => {
      await this.#changes.setMetadata(object, change, target);
      const uri = change.kind === 'element' ? { uri: change.uri } : {};
      this.#events.object('network', object.ref, { type: 'metadataChange', kind: change.kind, ...uri });
    });
  }

  async leases(network: ObjectRef, mac: string | undefined): Promise<readonly DhcpLease[]> {
    const object = this.#object(network);
    const all = await readLeases(this.#tools.dnsmasq.paths(object.name).leases, object.current());
    return mac === undefined ? all : all.filter((lease) => lease.mac?.toLowerCase() === mac.toLowerCase());
  }

  async ports(network: ObjectRef): Promise<readonly NetworkPort[]> {
    const { name, runtime } = this.#object(network);
    if (runtime === undefined) throw inactive(name);
    return runtime.ports;
  }

  async createPort(network: ObjectRef, port: NetworkPort, call: Call): Promise<NetworkPort> {
    return this.#store.run(this.#object(network), 'modify', call, async (object) => {
      const { runtime } = object;
      if (runtime === undefined) throw inactive(object.name);
      const plugged = structuredClone({ ...port, uuid: port.uuid ?? randomUUID() });
      if (runtime.ports.some(({ uuid }) => uuid === plugged.uuid))
        throw networkError('NETWORK_PORT_EXIST', `Network port with UUID ${plugged.uuid} already exists`);
      const definition = structuredClone(object.current());
      plugPort(definition, plugged);
      await this.#store.updateLive(object, {
        definition,
        runtime: { ...runtime, ports: [...runtime.ports, plugged] },
      });
      return plugged;
    });
  }

  async deletePort(network: ObjectRef, uuid: string, call: Call): Promise<void> {
    await this.#store.run(this.#object(network), 'modify', call, async (object) => {
      const { runtime } = object;
      const port = this.#port(object, uuid);
      if (runtime === undefined) return;
      const definition = structuredClone(object.current());
      unplugPort(definition, port);
      const ports = runtime.ports.filter((other) => other.uuid !== uuid);
      await this.#store.updateLive(object, { definition, runtime: { ...runtime, ports } });
    });
  }

  async portParameters(network: ObjectRef, uuid: string): Promise<Parameters> {
    return portParameters(this.#port(this.#object(network), uuid).bandwidth);
  }

  /** Loads all networks, goes on with those that run, starts those that are marked. */
  async initialize(signal: AbortSignal): Promise<void> {
    const isNew = this.#tools.isNewHost();
    await this.#store.load();
    if (isNew) await this.define(defaultNetwork());
    const loaded = [...this.#store.all()];
    for (const object of loaded)
      if (object.active) await this.#attempt(object, 'recover', () => this.#lifecycle.recover(object, signal));
    await this.#sweep(signal);
    for (const object of loaded)
      if (object.autostart && !object.active)
        await this.#attempt(object, 'start', () => this.start(object.ref, { signal }));
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const all = [...this.#store.all()];
    const active = all.filter((object) => object.active);
    await this.#tools.dnsmasq.sweep(new Set(active.map(({ name }) => name)), new Set(all.map(({ name }) => name)));
    const firewall = await this.#tools.firewall();
    if (firewall === undefined || (await firewall.unavailable(signal)) !== undefined) return;
    const uuids = new Set(active.map(({ uuid }) => uuid));
    for (const owner of await firewall.owners(signal)) if (!uuids.has(owner)) await firewall.remove(owner, signal);
  }

  async #attempt(object: NetworkObject, what: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (cause) {
      this.#tools.logger.error(`cannot ${what} network`, { network: object.name, cause });
    }
  }

  /** Completes a definition while no other one is given a bridge, and hands it over. */
  #withName<T>(given: Network, use: (completed: Network) => Promise<T>): Promise<T> {
    return this.#turns.run('bridge names', async () => {
      const definition: Network = { ...given, ...(given.bridge && { bridge: { ...given.bridge } }) };
      const all = [...this.#store.all()];
      const previous = all.find(({ uuid }) => uuid === definition.uuid);
      const others = all
        .filter(({ name }) => name !== definition.name)
        .map((object) => object.config() ?? object.current());
      const devices = new Set((await this.#tools.links.statistics()).keys());
      validateNetwork(definition, hostPciDevices);
      completeNetwork(definition, { previous: previous?.config() ?? previous?.current(), others, devices });
      return use(definition);
    });
  }

  #object(network: ObjectRef): NetworkObject {
    const object = this.#store.byUuid(network.uuid);
    if (object === undefined)
      throw networkError('NO_NETWORK', `no network with matching uuid '${network.uuid}' (${network.name})`);
    return object;
  }

  #port(object: NetworkObject, uuid: string): NetworkPort {
    const port = object.runtime?.ports.find((one) => one.uuid === uuid);
    if (port === undefined) throw networkError('NO_NETWORK_PORT', `Network port with UUID ${uuid} does not exist`);
    return port;
  }

  #lifecycleEvent(object: NetworkObject, event: string): void {
    this.#events.object('network', object.ref, { type: 'lifecycle', event });
  }
}

const anyPorts = { start: 1024, end: 65_535 };

/** A copy for the running network, which shows the ports it hides guests behind. */
function runningDefinition(config: Network): Network {
  const definition = structuredClone(config);
  const { forward } = definition;
  if (forward?.mode === 'nat') forward.nat = { ...forward.nat, port: forward.nat?.port ?? { ...anyPorts } };
  return definition;
}

const summaryOf = ({ ref, active, persistent, autostart }: NetworkObject): NetworkSummary => ({
  ref,
  active,
  persistent,
  autostart,
});
