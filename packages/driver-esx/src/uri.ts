import { readFileSync } from 'node:fs';
import type { ConnectUri } from '@virtkit/core';
import { esxError } from './errors.js';
import { normalized } from './soap/fingerprint.js';

/** Where and how a server is reached. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly transport: 'https' | 'http';
  /** Any certificate is taken. */
  readonly noVerify: boolean;
  /** PEM text of the authorities to believe instead of the system's. */
  readonly authorities?: string;
  /** SHA-256 of the only certificate to accept, 64 digits. */
  readonly fingerprint?: string;
}
/** What an `esx://` or `vpx://` uri says. */
export interface EsxUri {
  readonly endpoint: Endpoint;
  readonly user?: string;
  /** Datacenter, folders, cluster and host, for vCenter. Empty: all of it. */
  readonly path: readonly string[];
  /** Questions that block a task are answered with their default. */
  readonly autoAnswer: boolean;
}

const invalid = (detail: string) => esxError('INVALID_ARG', detail);
const ports = { https: 443, http: 80 } as const;

/** Reads a connection uri. Throws `INVALID_ARG` for what it cannot mean. */
export function readUri(uri: ConnectUri): EsxUri {
  if (uri.host === undefined || uri.host === '') throw invalid('URI is missing the server part');
  const { parameters } = uri;
  const transport = parameters.get('transport') ?? 'https';
  if (transport !== 'https' && transport !== 'http')
    throw invalid(`Query parameter 'transport' has unexpected value '${transport}' (should be http|https)`);
  const path = uri.path.split('/').filter((part) => part !== '');
  if (uri.scheme === 'esx' && path.length > 0)
    throw invalid(`Path '${uri.path}' does not name anything on a single host`);
  const cacert = parameters.get('cacert');
  const fingerprint = parameters.get('fingerprint');
  const endpoint: Endpoint = {
    host: uri.host,
    port: uri.port ?? ports[transport],
    transport,
    noVerify: flag(parameters, 'no_verify'),
    ...(cacert === undefined ? {} : { authorities: readAuthorities(cacert) }),
    ...(fingerprint === undefined ? {} : { fingerprint: readFingerprint(fingerprint) }),
  };
  return {
    endpoint,
    path,
    autoAnswer: flag(parameters, 'auto_answer'),
    ...(uri.user === undefined ? {} : { user: uri.user }),
  };
}

function flag(parameters: ReadonlyMap<string, string>, name: string): boolean {
  const value = parameters.get(name);
  if (value === undefined || value === '0') return false;
  if (value === '1') return true;
  throw invalid(`Query parameter '${name}' has unexpected value '${value}' (should be 0 or 1)`);
}

function readAuthorities(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw esxError('INVALID_ARG', `Query parameter 'cacert' names a file that cannot be read: ${path}`, { cause });
  }
}

function readFingerprint(text: string): string {
  const digits = normalized(text);
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  throw invalid(`Query parameter 'fingerprint' has unexpected value '${text}' (should be a SHA-256 fingerprint)`);
}
