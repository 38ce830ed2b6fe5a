import { type OptionRow, flag, number, type Values } from '../command.js';
import type { Context } from '../context.js';
import { asJson, type Output } from '../output.js';
import { CommandError } from '../usage-error.js';

/** One event: a line for people, and what programs get. */
export interface SeenEvent {
  readonly line: string;
  readonly data: object;
}

/** Subscribes, and tells of each event; answers what ends that. */
export type Subscribe = (see: (event: SeenEvent) => void) => Promise<() => Promise<void>>;

/** Options of every verb that waits for events. */
export const loopOptions: readonly OptionRow[] = [
  flag('loop', 'loop until timeout or interrupt, rather than one-shot'),
  number('timeout', 'timeout seconds', { named: true }),
  flag('timestamp', 'show timestamp for each printed event'),
];

const stampNow = (): string => `${new Date().toISOString().replace('T', ' ').replace('Z', '+0000')}: `;

/** Prints events as they come, until there was one, the time is over, or, in a loop, until it is interrupted. */
export async function eventLoop(context: Context, values: Values, subscribe: Subscribe): Promise<Output> {
  const { json } = context.options;
  const [over, stop] = stopper();
  let count = 0;
  const end = await subscribe(({ line, data }) => {
    if (count > 0 && !values.flag('loop')) return;
    count += 1;
    const stamp = values.flag('timestamp') ? stampNow() : '';
    process.stdout.write(json ? `${asJson(data).replaceAll('\n', '')}\n` : `${stamp}${line}\n`);
    if (!values.flag('loop')) stop();
  });
  const why = await untilStopped(context, over, stop, values.number('timeout'));
  await end();
  const text = json ? '' : `${why}events received: ${count}\n`;
  // That none came is said by the number; it is a failure all the same.
  return { text, data: { count }, ...(count === 0 && { failure: new CommandError('') }) };
}

async function untilStopped(
  context: Context,
  over: Promise<string>,
  stop: (why?: string) => void,
  seconds: number | undefined,
): Promise<string> {
  process.once('SIGINT', () => stop('event loop interrupted\n'));
  void (await context.connection()).closed.then(() => stop());
  const timedOut = (): void => stop('event loop timed out\n');
  const timer = seconds === undefined ? undefined : setTimeout(timedOut, seconds * 1000);
  const why = await over;
  clearTimeout(timer);
  return why;
}

function stopper(): readonly [over: Promise<string>, stop: (why?: string) => void] {
  const resolvers: ((why: string) => void)[] = [];
  const over = new Promise<string>((resolve) => resolvers.push(resolve));
  return [over, (why = '') => resolvers[0]?.(why)];
}
