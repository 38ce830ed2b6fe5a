import { type ArgsIn, remote, type MessageOut, type RetOut } from '@virtkit/protocol';
import type { Caller } from './caller.js';
import type { ByteStream } from '../rpc/stream.js';
import { eventStream } from './event-stream.js';

/** What names a domain on the wire; only the uuid counts. */
export type DomainHandle = RetOut<typeof remote, 'domainLookupByName'>['dom'];
export type LifecycleEvent = MessageOut<typeof remote, 'domainEventCallbackLifecycle'>['msg'];

/** Numbers of states. @libvirt virDomainState */
export const domainStates = [
  'no state',
  'running',
  'idle',
  'paused',
  'in shutdown',
  'shut off',
  'crashed',
  'pmsuspended',
] as const;

/** One virtual machine or container. @libvirt virDomain */
export class Domain {
  readonly #connection: Caller;
  readonly handle: DomainHandle;

  constructor(connection: Caller, handle: DomainHandle) {
    this.#connection = connection;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  get uuid(): string {
    return this.handle.uuid;
  }
  /** Undefined when it was not running at the time of look-up. */
  get id(): number | undefined {
    return this.handle.id < 0 ? undefined : this.handle.id;
  }

  /** `state` as in `domainStates`, `reason` as libvirt numbers it below the state. @libvirt virDomainGetState */
  state(): Promise<RetOut<typeof remote, 'domainGetState'>> {
    return this.#connection.remote.domainGetState({ dom: this.handle, flags: 0 });
  }
  /** Memory in KiB, CPU time in nanoseconds. @libvirt virDomainGetInfo */
  info(): Promise<RetOut<typeof remote, 'domainGetInfo'>> {
    return this.#connection.remote.domainGetInfo({ dom: this.handle });
  }
  /** Its document: the live one, `inactive` the persistent one, `secure` with passwords. @libvirt virDomainGetXMLDesc */
  async xml(
    options: { readonly inactive?: boolean; readonly secure?: boolean; readonly migratable?: boolean } = {},
  ): Promise<string> {
    const flags = (options.secure ? 1 : 0) | (options.inactive ? 2 : 0) | (options.migratable ? 8 : 0);
    return (await this.#connection.remote.domainGetXMLDesc({ dom: this.handle, flags })).xml;
  }
  /** The running domain, with its id. @libvirt virDomainCreateWithFlags */
  async start(options: { readonly paused?: boolean; readonly autodestroy?: boolean } = {}): Promise<Domain> {
    const flags = (options.paused ? 1 : 0) | (options.autodestroy ? 2 : 0);
    const { dom } = await this.#connection.remote.domainCreateWithFlags({ dom: this.handle, flags });
    return new Domain(this.#connection, dom);
  }
  /** Stops its processors; memory stays. @libvirt virDomainSuspend */
  async suspend(): Promise<void> {
    await this.#connection.remote.domainSuspend({ dom: this.handle });
  }
  /** @libvirt virDomainResume */
  async resume(): Promise<void> {
    await this.#connection.remote.domainResume({ dom: this.handle });
  }
  /** Asks the guest to power off; returns when asked. @libvirt virDomainShutdown */
  async shutdown(): Promise<void> {
    await this.#connection.remote.domainShutdown({ dom: this.handle });
  }
  /** Ends it at once; `graceful` fails rather than kill it by force. @libvirt virDomainDestroyFlags */
  async destroy(options: { readonly graceful?: boolean } = {}): Promise<void> {
    await this.#connection.remote.domainDestroyFlags({ dom: this.handle, flags: options.graceful ? 1 : 0 });
  }
  /** Forgets its configuration; a running one becomes transient. @libvirt virDomainUndefine */
  async undefine(): Promise<void> {
    await this.#connection.remote.domainUndefine({ dom: this.handle });
  }
  /** Both directions of a console. @param device an alias; absent: the first console. @libvirt virDomainOpenConsole */
  async console(device?: string, options: { readonly force?: boolean } = {}): Promise<ByteStream> {
    const args: ArgsIn<typeof remote, 'domainOpenConsole'> = {
      dom: this.handle,
      flags: options.force ? 1 : 0,
      ...(device === undefined ? {} : { devName: device }),
    };
    return (await this.#connection.openStream(remote, 'domainOpenConsole', args)).stream;
  }
}

/** The domains of a connection. */
export class Domains {
  readonly #connection: Caller;

  constructor(connection: Caller) {
    this.#connection = connection;
  }

  /** The object for a handle that a call answered. */
  of(handle: DomainHandle): Domain {
    return new Domain(this.#connection, handle);
  }

  /** @libvirt virConnectListAllDomains */
  async list(filter: { readonly active?: boolean; readonly inactive?: boolean } = {}): Promise<readonly Domain[]> {
    const flags = (filter.active ? 1 : 0) | (filter.inactive ? 2 : 0);
    const { domains } = await this.#connection.remote.connectListAllDomains({ needResults: 1, flags });
    return domains.map((handle) => new Domain(this.#connection, handle));
  }
  /** @throws LibvirtError `errorCode.noDomain`. @libvirt virDomainLookupByName */
  async lookupByName(name: string): Promise<Domain> {
    return new Domain(this.#connection, (await this.#connection.remote.domainLookupByName({ name })).dom);
  }
  /** @throws LibvirtError `errorCode.noDomain`. @libvirt virDomainLookupByUUIDString */
  async lookupByUuid(uuid: string): Promise<Domain> {
    return new Domain(this.#connection, (await this.#connection.remote.domainLookupByUUID({ uuid })).dom);
  }
  /** Running domains alone have an id. @throws LibvirtError `errorCode.noDomain`. @libvirt virDomainLookupByID */
  async lookupById(id: number): Promise<Domain> {
    return new Domain(this.#connection, (await this.#connection.remote.domainLookupByID({ id })).dom);
  }
  /** @param options.validate check the document against the schema first. @libvirt virDomainDefineXMLFlags */
  async define(xml: string, options: { readonly validate?: boolean } = {}): Promise<Domain> {
    const { dom } = await this.#connection.remote.domainDefineXMLFlags({ xml, flags: options.validate ? 1 : 0 });
    return new Domain(this.#connection, dom);
  }
  /** A guest that lives only as long as it runs. @libvirt virDomainCreateXML */
  async create(
    xml: string,
    options: { readonly paused?: boolean; readonly autodestroy?: boolean } = {},
  ): Promise<Domain> {
    const flags = (options.paused ? 1 : 0) | (options.autodestroy ? 2 : 0);
    return new Domain(this.#connection, (await this.#connection.remote.domainCreateXML({ xmlDesc: xml, flags })).dom);
  }

  /** Lifecycle events of all domains or of one, from the moment this resolves until the loop ends. */
  lifecycleEvents(
    options: { readonly domain?: Domain; readonly signal?: AbortSignal } = {},
  ): Promise<AsyncIterableIterator<LifecycleEvent>> {
    const { remote: client, rpc, closed } = this.#connection;
    const dom = options.domain?.handle;
    return eventStream<LifecycleEvent>(
      async (push) => {
        const registered: { id?: number } = {};
        const early: { readonly callbackID: number; readonly msg: LifecycleEvent }[] = [];
        const listening = rpc.onEvent(remote, 'domainEventCallbackLifecycle', (message) => {
          if (registered.id === undefined) early.push(message);
          else if (message.callbackID === registered.id) push(message.msg);
        });
        const { callbackID } = await client.connectDomainEventCallbackRegisterAny({
          eventID: 0,
          ...(dom === undefined ? {} : { dom }),
        });
        registered.id = callbackID;
        for (const message of early) if (message.callbackID === callbackID) push(message.msg);
        return async () => {
          listening[Symbol.dispose]();
          await client.connectDomainEventCallbackDeregisterAny({ callbackID }).catch(() => undefined); // ends with the connection
        };
      },
      closed,
      options.signal,
    );
  }
}
