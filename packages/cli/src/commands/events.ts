import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, hasCode } from '@virtkit/client';
import { type Command, type OptionRow, domainOption, flag, number, text } from '../command.js';
import type { Context } from '../context.js';
import { asJson, nothing, type Output } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';

/** Lifecycle events and their details, by number. @libvirt virDomainEventType */
const lifecycle: readonly (readonly [event: string, details: readonly string[]])[] = [
  ['Defined', ['Added', 'Updated', 'Renamed', 'Snapshot']],
  ['Undefined', ['Removed', 'Renamed']],
  ['Started', ['Booted', 'Migrated', 'Restored', 'Snapshot', 'Event wakeup']],
  [
    'Suspended',
    [
      'Paused',
      'Migrated',
      'I/O Error',
      'Watchdog',
      'Restored',
      'Snapshot',
      'API error',
      'Post-copy',
      'Post-copy Error',
    ],
  ],
  ['Resumed', ['Unpaused', 'Migrated', 'Snapshot', 'Post-copy', 'Post-copy Error']],
  ['Stopped', ['Shutdown', 'Destroyed', 'Crashed', 'Migrated', 'Saved', 'Failed', 'Snapshot']],
  ['Shutdown', ['Finished', 'Finished after guest request', 'Finished after host request']],
  ['PMSuspended', ['Memory', 'Disk']],
  ['Crashed', ['Panicked', 'Crashloaded']],
];

async function watch(
  context: Context,
  options: { readonly domain: string | undefined; readonly loop: boolean; readonly timeout: number | undefined },
): Promise<Output> {
  const { domains } = await context.connection();
  const stop = new AbortController();
  const domain = options.domain === undefined ? undefined : await context.domain(options.domain);
  const events = await domains.lifecycleEvents({ signal: stop.signal, ...(domain === undefined ? {} : { domain }) });
  process.once('SIGINT', () => stop.abort());
  const timer = options.timeout === undefined ? undefined : setTimeout(() => stop.abort(), options.timeout * 1000);
  let count = 0;
  for await (const { dom, event, detail } of events) {
    const [name, details] = lifecycle[event] ?? ['unknown', []];
    const seen = {
      event: 'lifecycle',
      domain: dom.name,
      uuid: dom.uuid,
      change: name,
      detail: details[detail] ?? 'unknown',
    };
    process.stdout.write(
      context.options.json
        ? `${asJson(seen).replaceAll('\n', '')}\n`
        : `event 'lifecycle' for domain '${dom.name}': ${name} ${seen.detail}\n`,
    );
    count += 1;
    if (!options.loop) break;
  }
  clearTimeout(timer);
  if (count === 0) throw new CommandError('event loop timed out');
  return { text: context.options.json ? '' : `events received: ${count}\n`, data: { count } };
}

const eventOptions: readonly OptionRow[] = [
  text('domain', 'filter by domain name, id or uuid', { completes: 'domain' }),
  text('event', 'which event type to wait for'),
  flag('all', 'wait for all events instead of just one type'),
  flag('loop', 'loop until timeout or interrupt, rather than one-shot'),
  number('timeout', 'timeout seconds'),
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
      if (values.flag('list')) return Promise.resolve({ text: 'lifecycle\n', data: ['lifecycle'] });
      const named = values.optional('event');
      if (named === undefined && !values.flag('all'))
        throw new UsageError('one of --list, --all, or --event <type> is required');
      if (named !== undefined && named !== 'lifecycle') throw new UsageError(`unknown event type ${named}`);
      return watch(context, {
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
      text('condition', `which condition to wait until: ${Object.keys(conditions).join(', ')}`, { required: true }),
      number('timeout', 'timeout seconds'),
    ],
    run: (context, values) =>
      awaitCondition(context, values.text('domain'), values.text('condition'), values.number('timeout')),
  },
];
