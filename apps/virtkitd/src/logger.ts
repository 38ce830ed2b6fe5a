import type { Logger } from '@virtkit/core';
import { isVirtError } from '@virtkit/schema';

const levels = ['debug', 'info', 'warning', 'error'] as const;
export type LogLevel = (typeof levels)[number];

/** Logs to `write`, one line each: time, level, category, message, fields. */
export function createLogger(least: LogLevel, write: (line: string) => void, category = 'virtkitd'): Logger {
  const log =
    (level: LogLevel) =>
    (message: string, fields?: object): void => {
      if (levels.indexOf(level) < levels.indexOf(least)) return;
      write(`${new Date().toISOString()}: ${level} : ${category} : ${message}${describe(fields)}\n`);
    };
  return {
    debug: log('debug'),
    info: log('info'),
    warning: log('warning'),
    error: log('error'),
    child: (name) => createLogger(least, write, category === 'virtkitd' ? name : `${category}.${name}`),
  };
}

function describe(fields: object | undefined): string {
  if (fields === undefined) return '';
  return Object.entries(fields)
    .map(([name, value]) => ` ${name}=${oneLine(value)}`)
    .join('');
}

/** Errors that travel to clients say all in their message; of others the place they come from is wanted too. */
function oneLine(value: unknown): string {
  if (isVirtError(value)) return JSON.stringify(value.message);
  if (value instanceof Error) return JSON.stringify(value.stack ?? value.message);
  return JSON.stringify(value) ?? 'undefined';
}
