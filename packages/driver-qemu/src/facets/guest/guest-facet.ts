import type { Call, DomainRef, GuestAddress, GuestFacet, GuestFilesystem } from '@virtkit/core';
import { isAgentMissingCommand } from '../../agent/agent-error.js';
import { notRunningHere, virtError } from '../../errors.js';
import { changeRuntime } from '../../guests/change-guest.js';
import { guestOf, runningGuest } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import { listAt, numberAt, objectsOf, textAt } from '../../monitor/json-reading.js';
import { readAgentInterfaces } from './agent-interfaces.js';
import { withAgent, type AgentSession } from './agent-session.js';
import { neighbourAddresses } from './arp.js';
import { informationGroups } from './guest-information.js';
import { leasedAddresses, leasedHostname } from './leases.js';

/** What the guest's agent, or its traces on the network, tell. */
export class QemuGuest implements GuestFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async addresses(domain: DomainRef, source: 'lease' | 'agent' | 'arp', call: Call): Promise<readonly GuestAddress[]> {
    const { definition } = runningGuest(this.#services, guestOf(this.#services, domain));
    if (source === 'lease') return await leasedAddresses(this.#services, definition, call);
    if (source === 'arp') return await neighbourAddresses(definition, this.#services.links);
    return await this.#agent(domain, call, async ({ ask }) =>
      readAgentInterfaces(await ask('guest-network-get-interfaces')),
    );
  }

  async hostname(domain: DomainRef, source: 'lease' | 'agent' | undefined, call: Call): Promise<string> {
    const { definition } = runningGuest(this.#services, guestOf(this.#services, domain));
    const name =
      source === 'lease'
        ? await leasedHostname(this.#services, definition, call)
        : await this.#agent(domain, call, async ({ ask }) => textAt(await ask('guest-get-host-name'), 'host-name'));
    if (name !== undefined) return name;
    throw virtError('NO_HOSTNAME', `no hostname found for domain ${domain.name}`);
  }

  freeze(domain: DomainRef, mountpoints: readonly string[], call: Call): Promise<number> {
    return this.#agent(domain, call, async ({ ask }) =>
      mountpoints.length === 0
        ? Number(await ask('guest-fsfreeze-freeze'))
        : Number(await ask('guest-fsfreeze-freeze-list', { mountpoints })),
    );
  }

  thaw(domain: DomainRef, mountpoints: readonly string[], call: Call): Promise<number> {
    if (mountpoints.length > 0) throw virtError('OPERATION_UNSUPPORTED', 'specifying mountpoints is not supported');
    return this.#agent(domain, call, async ({ ask }) => Number(await ask('guest-fsfreeze-thaw')));
  }

  trim(domain: DomainRef, mountpoint: string | undefined, minimumBytes: bigint, call: Call): Promise<void> {
    if (mountpoint !== undefined)
      throw virtError('ARGUMENT_UNSUPPORTED', 'Specifying mount point is not supported for now');
    return this.#agentOnly(
      domain,
      call,
      async ({ ask }) => void (await ask('guest-fstrim', { minimum: minimumBytes })),
    );
  }

  filesystems(domain: DomainRef, call: Call): Promise<readonly GuestFilesystem[]> {
    return this.#agent(domain, call, async ({ ask }) =>
      objectsOf(await ask('guest-get-fsinfo')).map((system) => ({
        mountpoint: textAt(system, 'mountpoint') ?? '',
        name: textAt(system, 'name') ?? '',
        type: textAt(system, 'type') ?? '',
        devices: listAt(system, 'disk').flatMap((disk) => textAt(disk, 'dev') ?? []),
      })),
    );
  }

  time(domain: DomainRef, call: Call): Promise<{ readonly seconds: bigint; readonly nanoseconds: number }> {
    return this.#agent(domain, call, async ({ ask }) => {
      const milliseconds = Math.floor(Number(await ask('guest-get-time')) / 1e6);
      return { seconds: BigInt(Math.floor(milliseconds / 1000)), nanoseconds: (milliseconds % 1000) * 1_000_000 };
    });
  }

  setTime(
    domain: DomainRef,
    time: { readonly seconds: bigint; readonly nanoseconds: number },
    options: { readonly sync?: boolean },
    call: Call,
  ): Promise<void> {
    const nanoseconds = time.seconds * 1_000_000_000n + BigInt(time.nanoseconds);
    return this.#agent(domain, call, async ({ ask }) => {
      await ask('guest-set-time', options.sync === true ? {} : { time: nanoseconds });
      const { monitor } = runningGuest(this.#services, guestOf(this.#services, domain));
      await monitor.execute('rtc-reset-reinjection').catch(() => undefined); // only machines with such a clock have it
    });
  }

  setPassword(
    domain: DomainRef,
    user: string,
    password: string,
    options: { readonly encrypted?: boolean },
    call: Call,
  ): Promise<void> {
    const secret = Buffer.from(password, 'utf8').toString('base64');
    const args = { crypted: options.encrypted === true, username: user, password: secret };
    return this.#agent(domain, call, async ({ ask }) => void (await ask('guest-set-user-password', args)));
  }

  vcpus(domain: DomainRef, call: Call): Promise<ReadonlyMap<string, string | number>> {
    return this.#agentOnly(domain, call, async ({ ask }) => {
      const cpus = objectsOf(await ask('guest-get-vcpus'));
      const having = (flag: string): string =>
        cpus
          .filter((cpu) => cpu[flag] === true)
          .map((cpu) => numberAt(cpu, 'logical-id') ?? 0)
          .join(',');
      const all = cpus.map((cpu) => numberAt(cpu, 'logical-id') ?? 0).join(',');
      return new Map([
        ['vcpus', all],
        ['online', having('online')],
        ['offlinable', having('can-offline')],
      ]);
    });
  }

  setVcpus(domain: DomainRef, vcpus: readonly number[], enabled: boolean, call: Call): Promise<void> {
    const list = vcpus.map((vcpu) => ({ 'logical-id': vcpu, online: enabled }));
    return this.#agentOnly(domain, call, async ({ ask }) => void (await ask('guest-set-vcpus', { vcpus: list })));
  }

  information(domain: DomainRef, groups: readonly string[], call: Call) {
    const wanted = groups.length === 0 ? Object.keys(informationGroups) : groups;
    return this.#agentOnly(domain, call, async (agent) => {
      const values = new Map<string, string | number | bigint | boolean>();
      for (const name of wanted) await readGroup(agent, name, groups.length > 0, values);
      return values;
    });
  }

  async setResponseTimeout(domain: DomainRef, seconds: number, call: Call): Promise<void> {
    if (seconds < -2) throw virtError('INVALID_ARG', `guest agent timeout '${seconds}' is less than the minimum '-2'`);
    await this.#services.store.run(guestOf(this.#services, domain), 'modify', call, async (guest) => {
      runningGuest(this.#services, guest);
      await changeRuntime(this.#services, guest, { agentSeconds: seconds });
    });
  }

  sshKeys(domain: DomainRef, user: string, call: Call): Promise<readonly string[]> {
    return this.#agentOnly(domain, call, async ({ ask }) => {
      const answer = await ask('guest-ssh-get-authorized-keys', { username: user });
      const keys = typeof answer === 'object' && answer !== null && 'keys' in answer ? answer.keys : [];
      return Array.isArray(keys) ? keys.map(String) : [];
    });
  }

  setSshKeys(
    domain: DomainRef,
    user: string,
    keys: readonly string[],
    options: { readonly append?: boolean; readonly remove?: boolean },
    call: Call,
  ): Promise<void> {
    const command = options.remove === true ? 'guest-ssh-remove-authorized-keys' : 'guest-ssh-add-authorized-keys';
    const args =
      options.remove === true ? { username: user, keys } : { username: user, keys, reset: options.append !== true };
    return this.#agentOnly(domain, call, async ({ ask }) => void (await ask(command, args)));
  }

  #agent<T>(domain: DomainRef, call: Call, body: (agent: AgentSession) => Promise<T>): Promise<T> {
    return withAgent(this.#services, domain, call, body);
  }

  /** What libvirt's QEMU driver asks the agent without looking at the guest first. */
  #agentOnly<T>(domain: DomainRef, call: Call, body: (agent: AgentSession) => Promise<T>): Promise<T> {
    return withAgent(this.#services, domain, call, body, notRunningHere);
  }
}

/** A group the agent does not have is left out, unless it was asked for by name. */
async function readGroup(
  agent: AgentSession,
  name: string,
  asked: boolean,
  values: Map<string, string | number | bigint | boolean>,
): Promise<void> {
  const group = Object.hasOwn(informationGroups, name) ? informationGroups[name] : undefined;
  if (group === undefined) return;
  try {
    group.read(await agent.ask(group.command), values);
  } catch (cause) {
    if (asked || !isAgentMissingCommand(cause)) throw cause;
  }
}
