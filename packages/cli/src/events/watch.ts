import type { Connection, DomainHandle } from '@virtkit/client';
import { remote } from '@virtkit/protocol';
import { type EventKind, eventKinds } from './kinds.js';

/** An event as it came. */
export interface Seen {
  readonly kind: EventKind;
  readonly dom: DomainHandle;
  readonly words: string;
  readonly message: object;
}
interface Message {
  readonly callbackID: number;
  readonly msg?: { readonly dom: DomainHandle };
  readonly dom?: DomainHandle;
}

/**
 * Subscribes to kinds of events, of one domain or of all. What comes between the subscription and its answer is kept.
 * @returns what ends the subscriptions
 */
export async function subscribe(
  connection: Connection,
  kinds: readonly EventKind[],
  dom: DomainHandle | undefined,
  see: (seen: Seen) => void,
): Promise<() => Promise<void>> {
  const ends: (() => Promise<void>)[] = [];
  for (const kind of kinds) ends.push(await subscribeTo(connection, kind, dom, see));
  return async () => {
    for (const end of ends) await end();
  };
}

async function subscribeTo(
  { rpc, remote: client }: Connection,
  kind: EventKind,
  dom: DomainHandle | undefined,
  see: (seen: Seen) => void,
): Promise<() => Promise<void>> {
  const early: Message[] = [];
  const own: { id?: number } = {};
  const take = (message: Message): void => {
    const about = message.msg?.dom ?? message.dom;
    if (message.callbackID !== own.id || about === undefined) return;
    see({ kind, dom: about, words: kind.words(message as never), message: message.msg ?? message });
  };
  const listening = rpc.onEvent(remote, kind.message, (message) => {
    if (own.id === undefined) early.push(message as Message);
    else take(message as Message);
  });
  const eventID = eventKinds.indexOf(kind);
  const { callbackID } = await client.connectDomainEventCallbackRegisterAny({ eventID, ...(dom && { dom }) });
  own.id = callbackID;
  for (const message of early) take(message);
  return async () => {
    listening[Symbol.dispose]();
    await client.connectDomainEventCallbackDeregisterAny({ callbackID }).catch(() => undefined); // ends with the connection
  };
}
