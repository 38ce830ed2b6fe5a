/** How to reach a daemon, and what to ask it for. */
export interface RemoteUri {
  readonly transport: 'unix' | 'tcp' | 'tls' | 'ssh' | 'ext';
  /** What the daemon is asked to open; empty: let it choose. */
  readonly name: string;
  readonly user?: string;
  readonly host?: string;
  readonly port?: number;
  /** Parameters for the transport (`socket`, `keyfile`, `netcat`, …); they are not sent. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly session: boolean;
}

const TRANSPORTS = ['unix', 'tcp', 'tls', 'ssh', 'ext'] as const;
/** Parameters that belong to the way there. @libvirt remote URI parameters */
const LOCAL_PARAMETERS = new Set([
  'name',
  'socket',
  'command',
  'netcat',
  'keyfile',
  'proxy',
  'mode',
  'no_verify',
  'no_tty',
  'pkipath',
  'known_hosts',
  'known_hosts_verify',
  'sshauth',
  'auth',
]);

const isTransport = (text: string): text is RemoteUri['transport'] => TRANSPORTS.some((known) => known === text);

function query(text: string): [string, string][] {
  return text
    .split(/[&;]/)
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      const key = at < 0 ? part : part.slice(0, at);
      return [decodeURIComponent(key), at < 0 ? '' : decodeURIComponent(part.slice(at + 1))];
    });
}

/**
 * Splits `driver[+transport]://[user@][host][:port]/path[?parameters]`.
 * @throws TypeError when it is no connection uri
 */
export function parseRemoteUri(text: string): RemoteUri {
  const match =
    /^([a-z][a-z0-9]*)(?:\+([a-z0-9]+))?:\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^:/?]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?/i.exec(
      text,
    );
  if (match === null)
    throw new TypeError(`'${text}' is no connection uri: driver[+transport]://[user@][host][:port]/path`);
  const [, scheme = '', named, user, host = '', port, path = '', search = ''] = match;
  const transport = named ?? (host === '' ? 'unix' : 'tls');
  if (!isTransport(transport))
    throw new TypeError(`'${text}' names the transport '${transport}'; known are ${TRANSPORTS.join(', ')}`);
  const parameters = new Map(query(search));
  return {
    transport,
    name: parameters.get('name') ?? askedName(scheme, path, parameters),
    parameters,
    session: path === '/session' || path === '/embed',
    ...(user === undefined ? {} : { user: decodeURIComponent(user) }),
    ...(host === '' ? {} : { host: host.replace(/^\[|\]$/g, '') }),
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}

/** The uri without its way there; `remote://` leaves the choice to the daemon. */
function askedName(scheme: string, path: string, parameters: ReadonlyMap<string, string>): string {
  if (scheme === 'remote') return '';
  const kept = [...parameters].filter(([key]) => !LOCAL_PARAMETERS.has(key));
  const search = kept.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
  return `${scheme}://${path}${search === '' ? '' : `?${search}`}`;
}
