import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect as connectSocket, type Socket } from 'node:net';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { ConnectionError } from '../errors.js';
import type { RemoteUri } from '../uri.js';
import { socketPath } from './socket-path.js';

const TLS_PORT = 16_514;
const TCP_PORT = 16_509;

/** Opens the way to the daemon: bytes both ways. */
export function openTransport(
  uri: RemoteUri,
  options: { readonly readOnly: boolean; readonly signal?: AbortSignal },
): Promise<Duplex> {
  switch (uri.transport) {
    case 'unix':
      return connected(
        connectSocket(socketPath(uri, options.readOnly)),
        socketPath(uri, options.readOnly),
        options.signal,
      );
    case 'tcp':
      return connected(
        connectSocket(uri.port ?? TCP_PORT, uri.host ?? 'localhost'),
        `${uri.host}:${uri.port ?? TCP_PORT}`,
        options.signal,
      );
    case 'tls':
      return overTls(uri, options.signal);
    case 'ssh':
      return Promise.resolve(program('ssh', sshArguments(uri, options.readOnly)));
    case 'ext':
      return Promise.resolve(program(uri.parameters.get('command') ?? '', []));
  }
}

function connected(socket: Socket, where: string, signal: AbortSignal | undefined): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      socket.destroy();
      reject(new ConnectionError(`cannot connect to ${where}: ${reason(cause)}`, { cause }));
    };
    const abort = (): void => fail(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      signal?.removeEventListener('abort', abort);
      resolve(socket);
    });
  });
}

function reason(cause: Error): string {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such socket; is the daemon running?';
  if (code === 'ECONNREFUSED') return 'nobody listens there; is the daemon running?';
  if (code === 'EACCES') return 'this user may not open it';
  return cause.message;
}

/** TLS with libvirt's certificate places; after the handshake the server says one byte 1. */
async function overTls(uri: RemoteUri, signal: AbortSignal | undefined): Promise<Duplex> {
  const host = uri.host ?? 'localhost';
  const port = uri.port ?? TLS_PORT;
  // Loading it takes longer than a whole local call, and most connections are local.
  const { connect: connectTls } = await import('node:tls');
  const socket = connectTls({
    host,
    port,
    servername: host,
    rejectUnauthorized: uri.parameters.get('no_verify') !== '1',
    ...certificates(uri.parameters.get('pkipath')),
  });
  await connected(socket, `${host}:${port}`, signal);
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', () => resolve());
    socket.once('error', (cause) =>
      reject(new ConnectionError(`TLS with ${host}:${port} failed: ${cause.message}`, { cause })),
    );
  });
  const first = await firstByte(socket);
  if (first !== 1) throw new ConnectionError(`${host}:${port} does not accept this client's certificate`);
  return socket;
}

function certificates(folder: string | undefined): {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
} {
  const places =
    folder === undefined
      ? {
          ca: '/etc/pki/CA/cacert.pem',
          cert: '/etc/pki/libvirt/clientcert.pem',
          key: '/etc/pki/libvirt/private/clientkey.pem',
        }
      : { ca: join(folder, 'cacert.pem'), cert: join(folder, 'clientcert.pem'), key: join(folder, 'clientkey.pem') };
  try {
    return { ca: readFileSync(places.ca), cert: readFileSync(places.cert), key: readFileSync(places.key) };
  } catch (cause) {
    if (folder === undefined) return {};
    throw new ConnectionError(`cannot read the certificates in ${folder}`, { cause });
  }
}

function firstByte(socket: Duplex): Promise<number | undefined> {
  return new Promise((resolve) => {
    const read = (): void => {
      const chunk: Buffer | null = socket.read(1);
      if (chunk === null) return;
      socket.off('readable', read);
      resolve(chunk[0]);
    };
    socket.on('readable', read);
    socket.once('end', () => resolve(undefined));
    socket.once('error', () => resolve(undefined));
  });
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** On the far side: libvirt's helper where it is installed, else netcat on the socket. */
function sshArguments(uri: RemoteUri, readOnly: boolean): readonly string[] {
  const netcat = uri.parameters.get('netcat') ?? 'nc';
  const socket = uri.parameters.get('socket') ?? `/run/libvirt/${readOnly ? 'libvirt-sock-ro' : 'libvirt-sock'}`;
  const helper = `virt-ssh-helper ${readOnly ? '-r ' : ''}${quoted(uri.name)}`;
  const far =
    uri.parameters.get('proxy') === 'netcat' || uri.parameters.has('socket')
      ? `${quoted(netcat)} -U ${quoted(socket)}`
      : `if command -v virt-ssh-helper >/dev/null 2>&1; then exec ${helper}; else exec ${quoted(netcat)} -U ${quoted(socket)}; fi`;
  const key = uri.parameters.get('keyfile');
  return [
    ...(uri.port === undefined ? [] : ['-p', String(uri.port)]),
    ...(uri.user === undefined ? [] : ['-l', uri.user]),
    ...(key === undefined ? [] : ['-i', key]),
    ...(uri.parameters.get('no_tty') === '1' ? ['-T', '-o', 'BatchMode=yes'] : ['-T']),
    '-e',
    'none',
    '--',
    uri.host ?? 'localhost',
    `sh -c ${quoted(far)}`,
  ];
}

/** A program whose standard input and output are the connection. */
function program(command: string, args: readonly string[]): Duplex {
  if (command === '') throw new ConnectionError("the transport 'ext' needs ?command=PROGRAM");
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4096);
  });
  const duplex = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.once('error', (cause) =>
    duplex.destroy(new ConnectionError(`cannot run ${command}: ${cause.message}`, { cause })),
  );
  child.once('exit', (code) => {
    if (code !== 0) duplex.destroy(new ConnectionError(`${command} ended with ${code}: ${words.trim()}`));
  });
  duplex.once('close', () => child.kill());
  return duplex;
}
