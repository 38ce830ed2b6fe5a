import type { Logger } from '../contract/services.js';

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';
const levels: readonly LogLevel[] = ['debug', 'info', 'warning', 'error'];

export interface StreamLoggerOptions {
  /** Less important messages are dropped; default: `info`. */
  readonly level?: LogLevel;
  /** Takes one line with its end; default: standard error. */
  readonly write?: (line: string) => void;
}

/** A logger that writes lines: time, level, category, message, fields as JSON. */
export function streamLogger(options: StreamLoggerOptions = {}, category = 'virtkit'): Logger {
  const { level = 'info', write = (line) => void process.stderr.write(line) } = options;
  const least = levels.indexOf(level);
  const at = (own: LogLevel) => (message: string, fields?: object) => {
    if (levels.indexOf(own) < least) return;
    const detail = fields === undefined ? '' : ` ${JSON.stringify(fields, plain)}`;
    write(`${new Date().toISOString()} ${own} ${category}: ${message}${detail}\n`);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warning: at('warning'),
    error: at('error'),
    child: (name) => streamLogger(options, `${category}.${name}`),
  };
}

/** Errors and big numbers as text. */
function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error) return value.message;
  return typeof value === 'bigint' ? String(value) : value;
}
