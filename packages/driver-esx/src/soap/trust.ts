import type http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { Endpoint } from '../uri.js';
import { normalized } from './fingerprint.js';

const keepAlive = { keepAlive: true } as const;

/** Checks certificates the usual way, against the system's authorities or those of `cacert`, or not at all. */
export const trustingAgent = ({ noVerify, authorities }: Pick<Endpoint, 'noVerify' | 'authorities'>): https.Agent =>
  new https.Agent({
    ...keepAlive,
    rejectUnauthorized: !noVerify,
    ...(noVerify ? { checkServerIdentity: () => undefined } : {}),
    ...(authorities === undefined ? {} : { ca: authorities }),
  });

/** Accepts one certificate alone, whoever signed it. Nothing is sent before it was seen. */
export const pinnedAgent = (fingerprint: string): http.Agent => new PinnedAgent(fingerprint);

type Created = (error: Error | null, socket: Duplex) => void;

class PinnedAgent extends https.Agent {
  constructor(private readonly fingerprint: string) {
    super({ ...keepAlive, rejectUnauthorized: false });
  }

  /** Hands the connection out when its certificate is the right one. @see https.Agent.createConnection */
  override createConnection(options: https.RequestOptions, created: Created = () => undefined): undefined {
    const socket = tls.connect({
      ...addressOf(options),
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    const fail = (error: Error): void => {
      socket.destroy();
      created(error, socket);
    };
    socket.once('error', fail);
    socket.once('secureConnect', () => {
      socket.removeListener('error', fail);
      const found = socket.getPeerCertificate().fingerprint256;
      if (normalized(found) === this.fingerprint) created(null, socket);
      else fail(Object.assign(new Error('another certificate'), { code: 'CERT_NOT_PINNED', found }));
    });
    return undefined;
  }
}

const addressOf = ({ host, port }: https.RequestOptions): tls.ConnectionOptions => ({
  host: host ?? '',
  port: Number(port ?? 443),
});

/** What certificate a server shows, to name it in an error; undefined when it shows none. */
export function shownFingerprint({ host, port }: Endpoint): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = tls.connect({ host, port, rejectUnauthorized: false, timeout: 5_000 });
    const done = (found: string | undefined): void => {
      socket.destroy();
      resolve(found);
    };
    socket.once('secureConnect', () => done(socket.getPeerCertificate().fingerprint256));
    socket.once('error', () => done(undefined));
    socket.once('timeout', () => done(undefined));
  });
}

/** OpenSSL's reasons as Node names them; those it has no name for, a key too weak among them, are UNSPECIFIED. */
const untrusted =
  /^(UNSPECIFIED$|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF_SIGNATURE)|CERT_|ERR_TLS_CERT|HOSTNAME_MISMATCH)/;
/** Whether a connection failed because of its certificate. */
export const isUntrusted = (code: string | undefined): boolean => code !== undefined && untrusted.test(code);
