#!/usr/bin/env node
import { keepHeapSmall, quickenFirstCalls } from '@virtkit/daemon';
import own from '@virtkit/virtkitd/package.json' with { type: 'json' };
import { type Arguments, parseArguments, usage } from './arguments.js';
import { startVirtkitd, type Virtkitd } from './virtkitd.js';

/** Threads for file work: transfers of several clients shall not wait for each other. Read when the first is needed. */
process.env['UV_THREADPOOL_SIZE'] ??= '8';
/** Nobody else may write what the daemon writes, and the user of the guests must reach what is theirs, whoever started it. */
process.umask(process.getuid?.() === 0 ? 0o022 : process.umask() | 0o022);
keepHeapSmall();

function argumentsOrExit(): Arguments {
  try {
    const parsed = parseArguments(process.argv.slice(2));
    if (typeof parsed !== 'string') return parsed;
    process.stdout.write(parsed === 'help' ? usage : `virtkitd ${own.version}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`virtkitd: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(2);
  }
}

/** A mistake in one call must not take the daemon, and with it everybody's connections, away. */
function surviveMistakes({ logger }: Virtkitd): void {
  process.on('uncaughtException', (cause) => logger.error('internal error', { cause }));
  process.on('unhandledRejection', (cause) => logger.error('internal error', { cause }));
}

function endOf(daemon: Virtkitd): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    void daemon.ended.then(resolve);
  });
}

try {
  const daemon = await startVirtkitd(argumentsOrExit());
  surviveMistakes(daemon);
  process.on('SIGHUP', () => {
    daemon.reload().catch((cause: unknown) => daemon.logger.error('reload failed', { cause }));
  });
  const end = endOf(daemon);
  quickenFirstCalls();
  process.stdout.write(`virtkitd ready ${daemon.socket}\n`);
  await end;
  await daemon[Symbol.asyncDispose]();
  process.exit(0);
} catch (error) {
  process.stderr.write(`virtkitd: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
