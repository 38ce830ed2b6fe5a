import {
  changeMetadata,
  type ActivatableSummary,
  type DhcpLease,
  type MetadataChange,
  type NetworkFacet,
  type NetworkUpdate,
  type ObjectRef,
  type Target,
} from '@virtkit/core';
import { type Network, type NetworkPort, updateNetwork } from '@virtkit/schema';
import { testError } from '../errors.js';
import { refOf, summaryOf, type TestNetwork, type World } from '../world/world.js';

/** Networks that exist by name alone. */
export class TestNetworks implements NetworkFacet {
  readonly #ports = new Map<string, Map<string, NetworkPort>>();

  constructor(private readonly world: World) {}

  list(): Promise<readonly ActivatableSummary[]> {
    return Promise.resolve([...this.world.networks.values()].map(summaryOf));
  }

  definition(ref: ObjectRef): Promise<Network> {
    return Promise.resolve(this.world.network(ref).definition);
  }

  bridgeName(ref: ObjectRef): Promise<string> {
    const { definition } = this.world.network(ref);
    if (definition.bridge?.name === undefined)
      throw testError('INTERNAL_ERROR', `network '${definition.name}' does not have a bridge name.`);
    return Promise.resolve(definition.bridge.name);
  }

  define(definition: Network): Promise<ObjectRef> {
    const network = this.#enter(definition);
    network.persistent = true;
    this.#lifecycle(network, 'defined');
    return Promise.resolve(refOf(network));
  }

  undefine(ref: ObjectRef): Promise<void> {
    const network = this.world.network(ref);
    if (network.active) throw testError('OPERATION_INVALID', `network '${network.definition.name}' is still running`);
    this.world.networks.delete(ref.uuid);
    this.#lifecycle(network, 'undefined');
    return Promise.resolve();
  }

  createTransient(definition: Network): Promise<ObjectRef> {
    const known = this.world.networks.get(definition.uuid ?? '');
    if (known?.active === true)
      throw testError('OPERATION_INVALID', `network is already active as '${known.definition.name}'`);
    const network = this.#enter(definition);
    network.persistent = known?.persistent === true;
    this.#setActive(network, true);
    return Promise.resolve(refOf(network));
  }

  start(ref: ObjectRef): Promise<void> {
    const network = this.world.network(ref);
    if (network.active) throw testError('OPERATION_INVALID', `Network '${network.definition.name}' is already running`);
    this.#setActive(network, true);
    return Promise.resolve();
  }

  stop(ref: ObjectRef): Promise<void> {
    const network = this.#active(ref);
    this.#setActive(network, false);
    if (!network.persistent) this.world.networks.delete(ref.uuid);
    return Promise.resolve();
  }

  setAutostart(ref: ObjectRef, value: boolean): Promise<void> {
    const network = this.world.network(ref);
    if (!network.persistent) throw testError('INTERNAL_ERROR', 'cannot set autostart for transient network');
    network.autostart = value;
    return Promise.resolve();
  }

  update(ref: ObjectRef, { command, section, parentIndex, xml }: NetworkUpdate, target: Target): Promise<void> {
    const network = this.world.network(ref);
    if (target.live === true) this.#active(ref);
    const changed = structuredClone(network.definition);
    updateNetwork(changed, section, { command, parentIndex, xml });
    network.definition = changed;
    network.generation += 1;
    return Promise.resolve();
  }

  /** Two guests are always pretended to have asked for an address. */
  leases(ref: ObjectRef, mac: string | undefined): Promise<readonly DhcpLease[]> {
    const { definition } = this.world.network(ref);
    const lease = (hostname: string, address: string, end: string): DhcpLease => ({
      interface: definition.bridge?.name ?? '',
      expiry: BigInt(Math.floor(Date.now() / 1_000)) + 3_600n,
      family: 'ipv4',
      mac: `aa:bb:cc:dd:ee:${end}`,
      address,
      prefix: 24,
      hostname,
    });
    const all = [lease('guest-1', '192.168.122.3', 'f1'), lease('guest-2', '192.168.122.4', 'f2')];
    return Promise.resolve(mac === undefined ? all : all.filter((one) => one.mac === mac.toLowerCase()));
  }

  setMetadata(ref: ObjectRef, metadata: MetadataChange): Promise<void> {
    const network = this.world.network(ref);
    const changed = structuredClone(network.definition);
    changeMetadata(changed, metadata);
    network.definition = changed;
    network.generation += 1;
    const uri = metadata.kind === 'element' ? { uri: metadata.uri } : {};
    this.world.listeners.object('network', ref, { type: 'metadataChange', kind: metadata.kind, ...uri });
    return Promise.resolve();
  }

  ports(ref: ObjectRef): Promise<readonly NetworkPort[]> {
    return Promise.resolve([...this.#portsOf(ref).values()]);
  }

  createPort(ref: ObjectRef, port: NetworkPort): Promise<NetworkPort> {
    const ports = this.#portsOf(ref);
    if (ports.has(port.uuid)) throw testError('NETWORK_PORT_EXIST', port.uuid);
    ports.set(port.uuid, port);
    return Promise.resolve(port);
  }

  deletePort(ref: ObjectRef, uuid: string): Promise<void> {
    this.#portsOf(ref).delete(uuid);
    return Promise.resolve();
  }

  generation(ref: ObjectRef): number | undefined {
    return this.world.networks.get(ref.uuid)?.generation;
  }

  #portsOf(ref: ObjectRef): Map<string, NetworkPort> {
    this.#active(ref);
    const ports = this.#ports.get(ref.uuid) ?? new Map<string, NetworkPort>();
    this.#ports.set(ref.uuid, ports);
    return ports;
  }

  #enter(definition: Network): TestNetwork {
    for (const other of this.world.networks.values()) {
      const { name, uuid = '' } = other.definition;
      if (uuid === definition.uuid && name !== definition.name)
        throw testError('OPERATION_FAILED', `network '${name}' is already defined with uuid ${uuid}`);
      if (uuid !== definition.uuid && name === definition.name)
        throw testError('OPERATION_FAILED', `network '${name}' already exists with uuid ${uuid}`);
    }
    const uuid = definition.uuid ?? '';
    const network = this.world.networks.get(uuid) ?? {
      definition,
      active: false,
      persistent: false,
      autostart: false,
      generation: 0,
    };
    network.definition = definition;
    network.generation += 1;
    this.world.networks.set(uuid, network);
    return network;
  }

  #active(ref: ObjectRef): TestNetwork {
    const network = this.world.network(ref);
    if (!network.active) throw testError('OPERATION_INVALID', `network '${network.definition.name}' is not active`);
    return network;
  }

  #setActive(network: TestNetwork, active: boolean): void {
    network.active = active;
    network.generation += 1;
    this.#lifecycle(network, active ? 'started' : 'stopped');
  }

  #lifecycle(network: TestNetwork, event: string): void {
    this.world.listeners.object('network', refOf(network), { type: 'lifecycle', event });
  }
}
