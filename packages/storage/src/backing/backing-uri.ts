import { type StorageHost, storageProtocols, type StorageProtocol, type StorageSource } from '@virtkit/schema';
import { badBacking } from './errors.js';
import { networkSource } from './network-source.js';

const protocols: ReadonlySet<string> = new Set(storageProtocols.filter((name) => name !== 'none'));
const transports = ['tcp', 'unix', 'rdma'] as const;
const pattern =
  /^([a-z0-9]*)(?:\+([a-z0-9]+))?:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/i;

export const isUri = (text: string): boolean => text.includes('://');

/** `nbd+unix:///export?socket=/path`, `https://host/path?query`. Throws for a protocol nobody knows. */
export function parseBackingUri(text: string): StorageSource {
  const match = pattern.exec(text);
  const protocol = match?.[1]?.toLowerCase();
  if (match === null || protocol === undefined || !protocols.has(protocol))
    throw badBacking(`invalid backing protocol '${protocol ?? text}'`);
  const [, , , host = '', port, path = '', query] = match;
  const transport = match[2] === undefined ? 'tcp' : transports.find((known) => known === match[2]);
  if (transport === undefined) throw badBacking(`invalid protocol transport type '${match[2]}'`);
  const parameters = new URLSearchParams(query ?? '');
  const server = hostOf(transport, { host: host.replace(/^\[|\]$/g, ''), port, socket: parameters.get('socket') });
  return networkSource(protocol as StorageProtocol, [server], {
    ...nameOf(protocol, path),
    ...(protocol.startsWith('http') && query !== undefined ? { query } : {}),
  });
}

interface Server {
  readonly host: string;
  readonly port: string | undefined;
  readonly socket: string | null;
}
function hostOf(transport: (typeof transports)[number], { host, port, socket }: Server): StorageHost {
  if (transport === 'unix') {
    if (socket === null) throw badBacking('missing socket for unix transport');
    return { transport, socket };
  }
  return {
    ...(transport === 'tcp' ? {} : { transport }),
    name: host,
    ...(port === undefined ? {} : { port }),
  };
}

/** Web servers are asked for a path that may be empty; elsewhere no path is no name. */
function nameOf(protocol: string, path: string): { readonly name?: string } {
  const name = decoded(path.replace(/^\//, ''));
  return name === '' && !protocol.startsWith('http') ? {} : { name };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign means itself
  }
}
