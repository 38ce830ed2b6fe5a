import type { NetworkHandle, PoolHandle } from '@virtkit/client';
import type { EventName, MessageOut, remote } from '@virtkit/protocol';
import { metadataKinds } from './kinds.js';

type Message<K extends EventName<typeof remote>> = MessageOut<typeof remote, K>;

/** One kind of events of networks or pools. */
export interface ObjectEventKind<H> {
  readonly name: string;
  readonly message: EventName<typeof remote>;
  /** Whom it is about, and what stands behind that. */
  read(message: never): { readonly object: H; readonly words: string };
}

const kind = <H, K extends EventName<typeof remote>>(
  name: string,
  message: K,
  read: (message: Message<K>) => { readonly object: H; readonly words: string },
): ObjectEventKind<H> => ({ name, message, read });

const word = (words: readonly string[], at: number): string => words[at] ?? 'unknown';
const networkStates = ['Defined', 'Undefined', 'Started', 'Stopped'];
const poolStates = ['Defined', 'Undefined', 'Started', 'Stopped', 'Created', 'Deleted'];

/** In the order of libvirt's numbers. @libvirt virNetworkEventID */
export const networkEventKinds: readonly ObjectEventKind<NetworkHandle>[] = [
  kind('lifecycle', 'networkEventLifecycle', ({ net, event }) => ({
    object: net,
    words: `: ${word(networkStates, event)}`,
  })),
  kind('metadata-change', 'networkEventCallbackMetadataChange', ({ net, type, nsuri }) => ({
    object: net,
    words: `: type ${word(metadataKinds, type)}, uri ${nsuri ?? '<null>'}`,
  })),
];

/** In the order of libvirt's numbers. @libvirt virStoragePoolEventID */
export const poolEventKinds: readonly ObjectEventKind<PoolHandle>[] = [
  kind('lifecycle', 'storagePoolEventLifecycle', ({ pool, event }) => ({
    object: pool,
    words: `: ${word(poolStates, event)}`,
  })),
  kind('refresh', 'storagePoolEventRefresh', ({ pool }) => ({ object: pool, words: '' })),
];
