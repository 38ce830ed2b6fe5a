import type { Connection, NetworkHandle, PoolHandle } from '@virtkit/client';
import { remote as program } from '@virtkit/protocol';
import { type Command, type OptionRow, flag, text } from '../command.js';
import type { Context } from '../context.js';
import { eventLoop, loopOptions, type SeenEvent } from '../events/loop.js';
import { networkEventKinds, type ObjectEventKind, poolEventKinds } from '../events/object-kinds.js';
import { plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';
import type { ObjectVerbs } from './object-verbs.js';

interface Handle {
  readonly name: string;
  readonly uuid: string;
}

/** How events of one sort of object are asked for. */
interface EventVerb<H extends Handle> {
  readonly name: string;
  readonly group: string;
  readonly noun: 'network' | 'storage pool';
  readonly kinds: readonly ObjectEventKind<H>[];
  register(
    remote: Connection['remote'],
    eventID: number,
    object: H | undefined,
  ): Promise<{ readonly callbackID: number }>;
  deregister(remote: Connection['remote'], callbackID: number): Promise<unknown>;
}

/** What comes between a subscription and its answer is kept. */
async function subscribe<H extends Handle>(
  { rpc, remote }: Connection,
  verb: EventVerb<H>,
  { kind, object }: { readonly kind: ObjectEventKind<H>; readonly object: H | undefined },
  see: (event: SeenEvent) => void,
): Promise<() => Promise<void>> {
  const early: { readonly callbackID: number }[] = [];
  const own: { id?: number } = {};
  const take = (message: { readonly callbackID: number }): void => {
    if (message.callbackID !== own.id) return;
    const { object: about, words } = kind.read(message as never);
    const line = `event '${kind.name}' for ${verb.noun} ${about.name}${words}`;
    see({ line, data: { event: kind.name, name: about.name, uuid: about.uuid, words: words.replace(/^: /, '') } });
  };
  const listening = rpc.onEvent(program, kind.message, (message) => {
    if (own.id === undefined) early.push(message as { readonly callbackID: number });
    else take(message as { readonly callbackID: number });
  });
  const { callbackID } = await verb.register(remote, verb.kinds.indexOf(kind), object);
  own.id = callbackID;
  for (const message of early) take(message);
  return async () => {
    listening[Symbol.dispose]();
    await verb.deregister(remote, callbackID).catch(() => undefined); // ends with the connection
  };
}

const command = <H extends Handle>(verbs: ObjectVerbs<H>, verb: EventVerb<H>): Command => {
  const names = verb.kinds.map(({ name }) => name);
  const filter = filterOption(verbs.option, verb.noun);
  return {
    name: verb.name,
    group: verb.group,
    summary: `${verb.noun === 'network' ? 'Network' : 'Storage Pool'} Events`,
    options: [
      filter,
      text('event', 'which event type to wait for', { words: names, named: true }),
      ...loopOptions,
      flag('list', 'list valid event types'),
    ],
    run: async (context: Context, values) => {
      if (values.flag('list')) return plain(`${names.join('\n')}\n`, names);
      const named = values.optional('event');
      if (named === undefined) throw new UsageError('either --list or --event <type> is required');
      const kind = verb.kinds.find(({ name }) => name === named);
      if (kind === undefined) throw new CommandError(`unknown event type ${named}`);
      const connection = await context.connection();
      const object = values.has(filter.name) ? await verbs.named(context, values) : undefined;
      return eventLoop(context, values, (see) => subscribe(connection, verb, { kind, object }, see));
    },
  };
};

/** The option that names the object, where it need not be there. */
const filterOption = ({ name, kind, completes }: OptionRow, noun: string): OptionRow => ({
  name,
  kind,
  ...(completes && { completes }),
  summary: `filter by ${noun} name or uuid`,
  named: true,
});

export const networkEvents = (verbs: ObjectVerbs<NetworkHandle>): Command =>
  command(verbs, {
    name: 'net-event',
    group: 'Networking',
    noun: 'network',
    kinds: networkEventKinds,
    register: (remote, eventID, net) => remote.connectNetworkEventRegisterAny({ eventID, ...(net && { net }) }),
    deregister: (remote, callbackID) => remote.connectNetworkEventDeregisterAny({ callbackID }),
  });

export const poolEvents = (verbs: ObjectVerbs<PoolHandle>): Command =>
  command(verbs, {
    name: 'pool-event',
    group: 'Storage Pool',
    noun: 'storage pool',
    kinds: poolEventKinds,
    register: (remote, eventID, pool) => remote.connectStoragePoolEventRegisterAny({ eventID, ...(pool && { pool }) }),
    deregister: (remote, callbackID) => remote.connectStoragePoolEventDeregisterAny({ callbackID }),
  });
