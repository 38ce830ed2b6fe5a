import type { ByteDuplex, ByteSource, Call, ConsoleFacet, DomainRef, OpenFile } from '@virtkit/core';
import type { CharSource, Domain } from '@virtkit/schema';
import type { Socket } from 'node:net';
import { systemError, virtError } from '../../errors.js';
import { guestOf, runningGuest } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import { asClientErrors } from '../../monitor/qmp-failure.js';
import { duplexOf, openSocket, openTerminal } from './byte-duplex.js';
import { type GraphicsOptions, openGraphics } from './graphics-socket.js';
import { qnumOf } from './key-codes.js';
import { takeScreenshot } from './screenshot.js';

interface CharDevice {
  readonly alias?: string | undefined;
  readonly source: CharSource;
}

/** Consoles, channels, screens and keys of running guests. */
export class QemuConsole implements ConsoleFacet {
  readonly #services: QemuServices;
  /** Who has a device open, by guest and alias: one session at a time, so that output goes to one reader. */
  readonly #sessions = new Map<string, Socket>();

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async open(
    domain: DomainRef,
    alias: string | undefined,
    options: { readonly force?: boolean; readonly safe?: boolean },
    call: Call,
  ): Promise<ByteDuplex> {
    const { definition } = runningGuest(this.#services, guestOf(this.#services, domain));
    const device = findConsole(definition, alias);
    if (device === undefined) throw virtError('INTERNAL_ERROR', `cannot find character device ${alias ?? '<null>'}`);
    return await this.#connect(domain, device, options.force === true, call, 'console');
  }

  async openChannel(
    domain: DomainRef,
    name: string | undefined,
    options: { readonly force?: boolean },
    call: Call,
  ): Promise<ByteDuplex> {
    const { definition } = runningGuest(this.#services, guestOf(this.#services, domain));
    const { channels } = definition.devices;
    const device =
      name === undefined
        ? channels[0]
        : channels.find(({ alias, target }) => alias === name || (target?.type === 'virtio' && target.name === name));
    if (device === undefined) throw virtError('INTERNAL_ERROR', `cannot find channel ${name ?? '<null>'}`);
    return await this.#connect(domain, device, options.force === true, call, 'channel');
  }

  async openGraphicsFd(domain: DomainRef, index: number, options: GraphicsOptions, call: Call): Promise<OpenFile> {
    const guest = guestOf(this.#services, domain);
    runningGuest(this.#services, guest);
    return await this.#services.store.run(guest, 'modify', call, (current, signal) =>
      asClientErrors(
        openGraphics(this.#services, runningGuest(this.#services, current), index, { ...options, signal }),
      ),
    );
  }

  async screenshot(
    domain: DomainRef,
    screen: number,
    call: Call,
  ): Promise<{ readonly mimeType: string; readonly source: ByteSource }> {
    const running = runningGuest(this.#services, guestOf(this.#services, domain));
    return await asClientErrors(takeScreenshot(this.#services, running, screen, call));
  }

  async sendKey(
    domain: DomainRef,
    codeset: number,
    holdMs: number,
    keys: readonly number[],
    call: Call,
  ): Promise<void> {
    const guest = guestOf(this.#services, domain);
    runningGuest(this.#services, guest);
    const list = keys.map((key) => ({ type: 'number', data: qnumOf(codeset, key) }));
    await this.#services.store.run(guest, 'modify', call, async (current, signal) => {
      const { monitor } = runningGuest(this.#services, current);
      const hold = holdMs === 0 ? {} : { 'hold-time': holdMs };
      await asClientErrors(monitor.execute('send-key', { keys: list, ...hold }, { signal }));
    });
  }

  async #connect(
    domain: DomainRef,
    { alias, source }: CharDevice,
    force: boolean,
    call: Call,
    what: 'console' | 'channel',
  ): Promise<ByteDuplex> {
    const key = `${domain.uuid}/${alias ?? ''}`;
    const busy = this.#sessions.get(key);
    if (busy !== undefined && !busy.destroyed) {
      if (!force) throw virtError('OPERATION_FAILED', `Active ${what} session exists for this domain`);
      busy.destroy();
    }
    const stream = await openDevice(source, alias ?? '', what);
    this.#sessions.set(key, stream);
    const leave = call.scope.onClose(async () => void stream.destroy());
    stream.once('close', () => {
      leave[Symbol.dispose]();
      if (this.#sessions.get(key) === stream) this.#sessions.delete(key);
    });
    return duplexOf(stream);
  }
}

/** The device a console is: by alias anything with characters, else the first console, else the first serial. */
function findConsole({ devices }: Domain, alias: string | undefined): CharDevice | undefined {
  const { consoles, serials, parallels } = devices;
  if (alias !== undefined) return [...consoles, ...serials, ...parallels].find((device) => device.alias === alias);
  return consoles[0] ?? serials[0];
}

async function openDevice(source: CharSource, alias: string, what: 'console' | 'channel'): Promise<Socket> {
  if (source.type === 'pty' || source.type === 'dev') {
    if (source.path === undefined) throw virtError('INTERNAL_ERROR', `no source path for character device ${alias}`);
    return await opened(source.path, openTerminal(source.path));
  }
  if (source.type === 'unix' && source.path !== undefined) return await opened(source.path, openSocket(source.path));
  throw what === 'console'
    ? virtError('INTERNAL_ERROR', `character device ${alias} is not using a PTY or UNIX socket`)
    : virtError('INTERNAL_ERROR', `channel ${alias} is not using a UNIX socket`);
}

async function opened(path: string, work: Promise<Socket>): Promise<Socket> {
  try {
    return await work;
  } catch (cause) {
    throw systemError(`unable to open '${path}'`, cause);
  }
}
