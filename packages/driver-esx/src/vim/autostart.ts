import { data, type ManagedObject } from '../soap/envelope.js';
import { type ObjectProperties, retrieve } from './property-collector.js';
import type { VimCall, VimSession } from './session.js';

/** Milliseconds for which what was read counts as known. */
const freshness = 5_000;
const path = 'configManager.autoStartManager';

/** Which guests a host starts by itself. A host without such a list starts none. */
export class Autostart {
  #known: { readonly at: number; readonly guests: ReadonlySet<string> } | undefined;

  constructor(private readonly session: VimSession) {}

  /** References of the guests. */
  async read(host: ManagedObject | undefined, call: VimCall): Promise<ReadonlySet<string>> {
    if (host === undefined) return new Set();
    if (this.#known !== undefined && Date.now() - this.#known.at < freshness) return this.#known.guests;
    const manager = await this.#manager(host, call);
    const powered = manager?.properties.get('config.powerInfo')?.items() ?? [];
    const starting = powered.filter((info) => info.get('startAction').text?.toLowerCase() === 'poweron');
    const guests = new Set(starting.map((info) => info.get('key').text ?? ''));
    this.#known = { at: Date.now(), guests };
    return guests;
  }

  async write(host: ManagedObject, guest: ManagedObject, value: boolean, call: VimCall): Promise<void> {
    const found = await retrieve(this.session, { start: host, type: 'HostSystem', properties: [path] }, call);
    const manager = found[0]?.properties.get(path)?.reference ?? {
      type: 'HostAutoStartManager',
      id: 'ha-autostart-mgr',
    };
    const info = data([
      ['key', guest],
      ['startOrder', -1],
      ['startDelay', -1],
      ['waitForHeartbeat', 'systemDefault'],
      ['startAction', value ? 'powerOn' : 'none'],
      ['stopDelay', -1],
      ['stopAction', 'none'],
    ]);
    const defaults = value ? data([['enabled', true]]) : undefined;
    const spec = data([
      ['defaults', defaults],
      ['powerInfo', info],
    ]);
    this.#known = undefined;
    await this.session.call('ReconfigureAutostart', manager, [['spec', spec]], call);
  }

  async #manager(host: ManagedObject, call: VimCall): Promise<ObjectProperties | undefined> {
    const via = [{ type: 'HostSystem', path }];
    const selection = { start: host, via, type: 'HostAutoStartManager', properties: ['config.powerInfo'] };
    try {
      return (await retrieve(this.session, selection, call))[0];
    } catch {
      return undefined; // not every server lets everybody look
    }
  }
}
