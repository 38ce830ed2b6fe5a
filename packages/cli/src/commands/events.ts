import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, hasCode } from '@virtkit/client';
import { type Command, type OptionRow, domainOption, flag, number, text } from '../command.js';
import type { Context } from '../context.js';
import { type EventKind, eventKinds } from '../events/kinds.js';
import { type Seen, subscribe } from '../events/watch.js';
import { asJson, nothing, type Output, plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';

interface Watch {
  readonly kinds: readonly EventKind[];
  readonly domain: string | undefined;
  readonly loop: boolean;
  readonly timeout: number | undefined;
  readonly timestamp: boolean;
}

/** Prints events as they come, until there was one, the time is over, or, in a loop, until it is interrupted. */
async function watch(context: Context, { kinds, domain, loop, timeout, timestamp }: Watch): Promise<Output> {
  const connection = await context.connection();
  const dom = domain === undefined ? undefined : (await context.domain(domain)).handle;
  const [over, stop] = stopper();
  let count = 0;
  const end = await subscribe(connection, kinds, dom, (seen) => {
    if (count > 0 && !loop) return;
    count += 1;
    const when = timestamp ? `${new Date().toISOString().replace('T', ' ').replace('Z', '+0000')}: ` : '';
    process.stdout.write(context.options.json ? jsonLine(seen) : `${when}${lineOf(seen)}`);
    if (!loop) stop();
  });
  process.once('SIGINT', () => stop('event loop interrupted\n'));
  void connection.closed.then(() => stop());
  const timedOut = (): void => stop('event loop timed out\n');
  const timer = timeout === undefined ? undefined : setTimeout(timedOut, timeout * 1000);
  const why = await over;
  clearTimeout(timer);
  await end();
  if (count === 0) throw new CommandError('event loop timed out');
  return { text: context.options.json ? '' : `${why}events received: ${count}\n`, data: { count } };
}

function stopper(): readonly [over: Promise<string>, stop: (why?: string) => void] {
  const resolvers: ((why: string) => void)[] = [];
  const over = new Promise<string>((resolve) => resolvers.push(resolve));
  return [over, (why = '') => resolvers[0]?.(why)];
}

const lineOf = ({ kind, dom, words }: Seen): string => `event '${kind.name}' for domain '${dom.name}'${words}\n`;

function jsonLine({ kind, dom, words, message }: Seen): string {
  const { dom: _, callbackID: __, ...values } = message as Readonly<Record<string, unknown>>;
  const seen = { event: kind.name, domain: dom.name, uuid: dom.uuid, words: words.replace(/^:? /, ''), ...values };
  return `${asJson(seen).replaceAll('\n', '')}\n`;
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
  flag('loop', 'loop until timeout or interrupt, rather than one-shot'),
  number('timeout', 'timeout seconds'),
  flag('list', 'list valid event types'),
  flag('timestamp', 'show timestamp for each printed event'),
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
      return watch(context, {
        kinds: kindsOf(values.flag('all') ? undefined : named),
        timestamp: values.flag('timestamp'),
        domain: values.optional('domain'),
        loop: values.flag('loop'),
        timeout: values.number('timeout'),
      });
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
