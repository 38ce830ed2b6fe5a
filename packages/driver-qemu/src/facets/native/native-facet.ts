import type { Call, DomainRef, MonitorEvent, NativeFacet } from '@virtkit/core';
import { asAgentErrors } from '../../agent/agent-failure.js';
import { defaultAgentSeconds } from '../../agent/agent-connection.js';
import type { JsonObject } from '../../command/json.js';
import { virtError } from '../../errors.js';
import { agentOf } from '../../guests/agent-channel.js';
import { changeRuntime } from '../../guests/change-guest.js';
import { guestOf, runningGuest } from '../../guests/find-guest.js';
import type { MonitorWatchers } from '../../guests/monitor-watchers.js';
import { jobCall } from '../../guests/job-call.js';
import type { QemuServices } from '../../guests/services.js';
import { isRecord } from '../../monitor/qmp-message.js';
import { asClientErrors } from '../../monitor/qmp-failure.js';
import { compactJson } from './compact-json.js';
import { type Conversion, toNative } from './to-native.js';

/** A guest's monitor and agent as they are. */
export class QemuNative implements NativeFacet {
  readonly #services: QemuServices;
  readonly #watchers: MonitorWatchers;

  readonly #conversion: Conversion;

  constructor(conversion: Conversion, watchers: MonitorWatchers) {
    this.#services = conversion.services;
    this.#watchers = watchers;
    this.#conversion = conversion;
  }

  toNative(format: string, xml: string, call: Call): Promise<string> {
    return toNative(this.#conversion, format, xml, call);
  }

  async monitorCommand(
    domain: DomainRef,
    command: string,
    options: { readonly hmp?: boolean },
    call: Call,
  ): Promise<string> {
    const guest = guestOf(this.#services, domain);
    runningGuest(this.#services, guest);
    return await this.#services.store.run(guest, 'modify', call, async (current, signal) => {
      const job = jobCall(call, signal);
      const { monitor, runtime } = runningGuest(this.#services, current);
      if (!runtime.taints.includes(customMonitor)) {
        await changeRuntime(this.#services, current, { taints: [...runtime.taints, customMonitor] });
      }
      if (options.hmp === true) return await asClientErrors(humanCommand(monitor, command, job));
      const { text } = await asClientErrors(monitor.executeRaw(parsedCommand(command), job));
      return compactJson(text);
    });
  }

  async agentCommand(domain: DomainRef, command: string, timeoutSeconds: number, _call: Call): Promise<string> {
    if (timeoutSeconds < -2) {
      throw virtError('INVALID_ARG', `guest agent timeout '${timeoutSeconds}' is less than the minimum '-2'`);
    }
    const { guest, live } = runningGuest(this.#services, guestOf(this.#services, domain));
    const agent = await agentOf(guest, live);
    const message = parsedObject(command);
    if (message === undefined) throw virtError('INTERNAL_ERROR', 'failed to parse JSON: unexpected character');
    const seconds = timeoutSeconds === -1 ? defaultAgentSeconds : Math.max(0, timeoutSeconds);
    const { text } = await asAgentErrors(agent.send(message, seconds));
    return compactJson(text);
  }

  watchMonitor(domain: DomainRef | undefined, sink: (event: MonitorEvent) => void): Disposable {
    return this.#watchers.add(domain?.uuid, sink);
  }
}

const customMonitor = 'custom monitor control commands issued';

/** What is no JSON object is the name of a command. */
const parsedCommand = (text: string): JsonObject => parsedObject(text) ?? { execute: text };

function parsedObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined; // no JSON: the name of a command
  }
}

async function humanCommand(
  monitor: ReturnType<typeof runningGuest>['monitor'],
  command: string,
  call: Call,
): Promise<string> {
  const answer = await monitor.execute('human-monitor-command', { 'command-line': command }, call);
  return typeof answer === 'string' ? answer : '';
}
