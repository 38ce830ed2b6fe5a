import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KernelConfig } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';

const configError = errorsFrom('CONF');

/** `virtkitd.json`. Every part may be missing. */
export interface DaemonConfig extends KernelConfig {
  /** Group whose members may use the read-write socket. Absent: root, or the user of a session, alone. */
  readonly socketGroup?: string;
  readonly maxClients?: number;
  readonly maxClientRequests?: number;
  /** Seconds; 0: clients are never pinged. */
  readonly keepaliveInterval?: number;
  readonly keepaliveCount?: number;
  readonly logLevel?: 'debug' | 'info' | 'warning' | 'error';
}

type Check = (value: unknown) => boolean;
const isNumber: Check = (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const checks: Readonly<Record<keyof DaemonConfig, Check>> = {
  plugins: isObject,
  sections: isObject,
  socketGroup: (value) => typeof value === 'string',
  maxClients: isNumber,
  maxClientRequests: (value) => isNumber(value) && value !== 0,
  keepaliveInterval: isNumber,
  keepaliveCount: isNumber,
  logLevel: (value) => ['debug', 'info', 'warning', 'error'].includes(value as string),
};

/**
 * Reads the configuration. Without `path` a missing file is an empty one.
 * @throws VirtError naming file and key
 */
export function readConfig(directory: string, path: string | undefined): DaemonConfig {
  const file = path ?? join(directory, 'virtkitd.json');
  const text = read(file, path === undefined);
  if (text === undefined) return {};
  const config = parse(file, text);
  for (const [key, value] of Object.entries(config)) {
    const check = (checks as Readonly<Record<string, Check | undefined>>)[key];
    if (check === undefined) throw configError('CONF_SYNTAX', `${file}: unknown key '${key}'`);
    if (!check(value)) throw configError('CONF_SYNTAX', `${file}: bad value of '${key}'`);
  }
  return config;
}

function read(file: string, optional: boolean): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (optional && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw configError('READ_FAILED', file, { cause });
  }
}

function parse(file: string, text: string): DaemonConfig {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed as DaemonConfig;
  } catch (cause) {
    throw configError('CONF_SYNTAX', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  throw configError('CONF_SYNTAX', `${file}: the configuration is one JSON object`);
}
