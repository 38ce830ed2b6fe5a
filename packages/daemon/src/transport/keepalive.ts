import { keepalive, messageStatus, messageType, type MessageHeader } from '@virtkit/protocol';
import { writeEmpty } from './messages.js';
import type { Peer } from './peer.js';

export interface KeepaliveSettings {
  /** Milliseconds without traffic before a ping; 0: never ping. */
  readonly intervalMs: number;
  /** Pings without any traffic before the client counts as dead. */
  readonly count: number;
}

const header = (procedure: number): MessageHeader => ({
  program: keepalive.id,
  version: keepalive.version,
  procedure,
  type: messageType.event,
  serial: 0,
  status: messageStatus.ok,
});

/** Pings a silent client, answers its pings, and ends the connection of one that no longer answers. */
export class Keepalive {
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #pinged = 0;

  constructor(
    private readonly peer: Peer,
    private readonly settings: KeepaliveSettings,
  ) {}

  /** From now on the client is pinged; libvirt starts when the client says that it understands. */
  start(): void {
    if (this.#timer || this.settings.intervalMs <= 0) return;
    this.#timer = setTimeout(this.#check, this.settings.intervalMs);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  received(procedure: number): void {
    if (procedure === keepalive.rows.ping.number)
      writeEmpty(this.peer.output.writer, header(keepalive.rows.pong.number));
  }

  readonly #check = (): void => {
    const { intervalMs, count } = this.settings;
    const now = performance.now();
    const silent = now - this.peer.lastReceived;
    if (this.peer.lastReceived > this.#pinged) this.#unanswered = 0;
    if (silent < intervalMs - 1) return this.#again(intervalMs - silent);
    if (this.#unanswered >= count) return this.peer.destroy();
    this.#unanswered++;
    this.#pinged = now;
    writeEmpty(this.peer.output.writer, header(keepalive.rows.ping.number));
    this.#again(intervalMs);
  };

  #again(ms: number): void {
    this.#timer = setTimeout(this.#check, ms);
    this.#timer.unref();
  }
}
