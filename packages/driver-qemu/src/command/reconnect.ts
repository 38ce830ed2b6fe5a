import { has, type CommandContext } from './context.js';
import type { PairInput } from './option.js';

/** What a document says of connections that end; seconds. */
export interface Reconnect {
  readonly enabled: boolean;
  readonly timeout?: number | undefined;
}

/** How long a client waits before it tries again; 0 not at all. Newer QEMU counts milliseconds. */
export function reconnectPair(reconnect: Reconnect | undefined, context: CommandContext): PairInput {
  if (!reconnect) return undefined;
  const seconds = reconnect.enabled ? (reconnect.timeout ?? 0) : 0;
  return has(context, 'chardev-reconnect-miliseconds')
    ? ['reconnect-ms', String(seconds * 1000)]
    : ['reconnect', String(seconds)];
}
