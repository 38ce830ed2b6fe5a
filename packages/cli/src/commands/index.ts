import type { Command } from '../command.js';
import { domainLifecycle } from './domain-lifecycle.js';
import { domainMonitor } from './domain-monitor.js';
import { nativeCommands } from './native.js';

/** Every verb. The order is that of `virtkit help`. */
export const commands: readonly Command[] = [...domainLifecycle, ...domainMonitor, ...nativeCommands];
