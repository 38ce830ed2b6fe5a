import { esxError } from '../errors.js';
import type { Endpoint } from '../uri.js';
import { isUntrusted, shownFingerprint } from './trust.js';

const gone: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  EPIPE: 'Broken pipe',
};

/** What went wrong between us and the server, as an error of its own for each kind of trouble. */
export async function connectionError(cause: unknown, endpoint: Endpoint, method: string): Promise<unknown> {
  const code = codeOf(cause);
  const server = `${endpoint.host}:${endpoint.port}`;
  if (code === 'ABORT_ERR') return cause;
  if (code === 'CERT_NOT_PINNED') return pinnedWrong(cause, server);
  if (isUntrusted(code)) return untrusted(cause, endpoint, server);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return esxError('UNKNOWN_HOST', `'${endpoint.host}'`, { cause });
  if (code === 'ETIMEDOUT')
    return esxError('OPERATION_TIMEOUT', `'${server}' did not answer the call '${method}'`, { cause });
  const reason = gone[code ?? ''] ?? (cause instanceof Error ? cause.message : String(cause));
  return esxError('SYSTEM_ERROR', `unable to reach '${server}' for the call '${method}': ${reason}`, { cause });
}

const codeOf = (cause: unknown): string | undefined => {
  const code = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
};

async function untrusted(cause: unknown, endpoint: Endpoint, server: string) {
  const shown = await shownFingerprint(endpoint);
  const why = cause instanceof Error ? cause.message : String(cause);
  const pin = shown === undefined ? 'add ?fingerprint=SHA256' : `compare its fingerprint and add ?fingerprint=${shown}`;
  return esxError(
    'GNUTLS_ERROR',
    `the certificate of '${server}' is not trusted (${why}): to pin this one ${pin} to the uri, to trust its authority add ?cacert=FILE, to check nothing add ?no_verify=1`,
    { cause },
  );
}

function pinnedWrong(cause: unknown, server: string) {
  const found = (cause as { readonly found?: string }).found;
  return esxError(
    'GNUTLS_ERROR',
    `the certificate of '${server}' is not the one pinned in the uri; it has the fingerprint ${found ?? 'of none'}`,
    { cause },
  );
}
