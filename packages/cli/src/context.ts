import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Connection, connect, type Domain, errorCode, hasCode } from '@virtkit/client';
import { askFor } from './credentials/ask.js';
import type { Distribution, Plugins } from './distribution.js';
import { firstFound, isUuid } from './lookup.js';
import { CommandError } from './usage-error.js';

export interface GlobalOptions {
  readonly uri?: string;
  readonly root?: string;
  readonly readOnly: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** What a command works with: the connection, made when first asked for. */
export class Context implements AsyncDisposable {
  readonly options: GlobalOptions;
  readonly #distribution: Distribution;
  #connection: Promise<Connection> | undefined;
  #kernel: AsyncDisposable | undefined;

  constructor(options: GlobalOptions, distribution: Distribution) {
    this.options = options;
    this.#distribution = distribution;
  }

  /** The same with other options, and a connection of its own. */
  with(options: GlobalOptions): Context {
    return new Context(options, this.#distribution);
  }

  connection(): Promise<Connection> {
    this.#connection ??= this.#connect(this.uri());
    return this.#connection;
  }

  async #connect(uri: string): Promise<Connection> {
    const { readOnly } = this.options;
    const { embedded } = this.#distribution;
    if (embedded === undefined || !embedded.serves(uri)) return connect(uri, { readOnly });
    const kernel = await embedded.open(askFor(uri.slice(0, uri.indexOf(':'))));
    this.#kernel = kernel;
    return connect(uri, { readOnly, transport: kernel.transport });
  }

  /** @throws CommandError where the CLI runs without a distribution */
  plugins(): Promise<Plugins> {
    const manager = this.#distribution.plugins?.(this.options.root);
    return manager ?? Promise.reject(new CommandError('this CLI belongs to no distribution, so it has no plugins'));
  }

  /** `-c`, else the daemon below `--root`, else the environment, else the system's. */
  uri(): string {
    if (this.options.root !== undefined) return rootUri(this.options, this.options.root);
    return this.options.uri ?? process.env.VIRTKIT_DEFAULT_URI ?? process.env.LIBVIRT_DEFAULT_URI ?? ownUri();
  }

  /** By id, uuid or name, as virsh finds it. @throws CommandError `failed to get domain '…'` and the daemon's reason */
  async domain(words: string): Promise<Domain> {
    const { domains } = await this.connection();
    const ways = [
      ...(/^\d+$/.test(words) ? [() => domains.lookupById(Number(words))] : []),
      ...(isUuid(words) ? [() => domains.lookupByUuid(words.toLowerCase())] : []),
      () => domains.lookupByName(words),
    ];
    try {
      return await firstFound(errorCode.noDomain, ways);
    } catch (cause) {
      if (!hasCode(cause, errorCode.noDomain)) throw cause;
      throw new CommandError(`failed to get domain '${words}'`, { cause });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const connection = await this.#connection?.catch(() => undefined); // told when it was asked for
    await connection?.close();
    await this.#kernel?.[Symbol.asyncDispose]();
  }
}

const ownUri = (): string => (process.getuid?.() === 0 ? 'qemu:///system' : 'qemu:///session');

/** A uri reached through the socket of the daemon below a root, which says itself what it is asked for by default. */
function rootUri({ readOnly, uri }: GlobalOptions, root: string): string {
  const named = resolve(root, 'run/virtkit', readOnly ? 'libvirt-sock-ro' : 'libvirt-sock');
  if (!existsSync(named)) throw new CommandError(`no daemon runs below '${root}': there is no ${named}`);
  const real = realpathSync(named); // a root may be a link because its own path is too long for a socket
  const socket = real.length < named.length ? real : named;
  const name = uri === undefined ? '' : `name=${encodeURIComponent(uri)}&`;
  return `remote+unix:///?${name}socket=${encodeURIComponent(socket)}`;
}
