import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, hasCode } from '@virtkit/client';
import { type Command, type OptionRow, domainOption, flag, number, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { type EventKind, eventKinds } from '../events/kinds.js';
import { eventLoop, loopOptions } from '../events/loop.js';
import { type Seen, subscribe } from '../events/watch.js';
import { nothing, type Output, plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';

/** Events of these kinds, of one guest or of all. */
async function watch(context: Context, values: Values, kinds: readonly EventKind[]): Promise<Output> {
  const connection = await context.connection();
  const words = values.optional('domain');
  const dom = words === undefined ? undefined : (await context.domain(words)).handle;
  return eventLoop(context, values, (see) =>
    subscribe(connection, kinds, dom, (seen) => see({ line: lineOf(seen), data: dataOf(seen) })),
  );
}

const lineOf = ({ kind, dom, words }: Seen): string => `event '${kind.name}' for domain '${dom.name}'${words}`;

function dataOf({ kind, dom, words, message }: Seen): object {
  const { dom: _, callbackID: __, ...values } = message as Readonly<Record<string, unknown>>;
  return { event: kind.name, domain: dom.name, uuid: dom.uuid, words: words.replace(/^:? /, ''), ...values };
}

/** The kind of that name, or every one. */
function kindsOf(named: string | undefined): readonly EventKind[] {
  if (named === undefined) return eventKinds;
  const found = eventKinds.filter(({ name }) => name === named);
  if (found.length === 0) throw new UsageError(`unknown event type ${named}`);
  return found;
}

const eventOptions: readonly OptionRow[] = [
  text('domain', 'filter by domain name, id or uuid', { completes: 'domain' }),
  text('event', 'which event type to wait for', { words: eventKinds.map(({ name }) => name) }),
  flag('all', 'wait for all events instead of just one type'),
  ...loopOptions,
  flag('list', 'list valid event types'),
];

type Condition = (context: Context, uuid: string) => Promise<boolean>;

const conditions: Readonly<Record<string, Condition>> = {
  'domain-inactive': async (context, uuid) => {
    const { domains } = await context.connection();
    try {
      return (await domains.lookupByUuid(uuid)).id === undefined;
    } catch (cause) {
      if (hasCode(cause, errorCode.noDomain)) return true;
      throw cause;
    }
  },
  'guest-agent-available': async (context, uuid) => {
    const { domains } = await context.connection();
    return /<target type='virtio' name='org\.qemu\.guest_agent\.0' state='connected'/.test(
      await (await domains.lookupByUuid(uuid)).xml(),
    );
  },
};

/** Checks at once, then after each event of the domain; a slow tick covers states that send no event. */
async function awaitCondition(
  context: Context,
  words: string,
  name: string,
  timeout: number | undefined,
): Promise<Output> {
  const condition = conditions[name];
  if (condition === undefined)
    throw new UsageError(`unsupported condition '${name}'; known are ${Object.keys(conditions).join(', ')}`);
  const domain = await context.domain(words);
  const { domains } = await context.connection();
  const stop = new AbortController();
  const events = await domains.lifecycleEvents({ domain, signal: stop.signal });
  const deadline = timeout === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeout * 1000;
  while (!(await condition(context, domain.uuid))) {
    if (Date.now() >= deadline) throw new CommandError(`timed out waiting for '${name}' of domain '${domain.name}'`);
    await Promise.race([events.next(), sleep(Math.min(1000, deadline - Date.now()))]);
  }
  stop.abort();
  return nothing;
}

export const eventCommands: readonly Command[] = [
  {
    name: 'event',
    group,
    summary: 'Domain Events',
    options: eventOptions,
    run: (context, values) => {
      const names = eventKinds.map(({ name }) => name);
      if (values.flag('list')) return Promise.resolve(plain(`${names.join('\n')}\n`, names));
      const named = values.optional('event');
      if (named === undefined && !values.flag('all'))
        throw new UsageError('one of --list, --all, or --event <type> is required');
      return watch(context, values, kindsOf(values.flag('all') ? undefined : named));
    },
  },
  {
    name: 'await',
    group,
    summary: 'await a domain event',
    options: [
      domainOption,
      text('condition', `which condition to wait until: ${Object.keys(conditions).join(', ')}`, {
        required: true,
        words: Object.keys(conditions),
      }),
      number('timeout', 'timeout seconds'),
    ],
    run: (context, values) =>
      awaitCondition(context, values.text('domain'), values.text('condition'), values.number('timeout')),
  },
];
