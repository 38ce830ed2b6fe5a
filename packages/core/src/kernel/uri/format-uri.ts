import type { ConnectUri } from '../../contract/uri.js';
import { formatQuery, queryParameters } from './query.js';

/** The normal form: parameters re-encoded, IPv6 addresses in brackets. @libvirt virURIFormat */
export function formatUri(uri: ConnectUri): string {
  const scheme = uri.transport === undefined ? uri.scheme : `${uri.scheme}+${uri.transport}`;
  const query = uri.query === undefined ? '' : formatQuery(queryParameters(uri.query));
  const fragment =
    uri.fragment === undefined ? '' : `#${escapeWith(uri.fragment, /[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]/gu)}`;
  return `${scheme}:${authority(uri)}${escapeWith(uri.path, /[^A-Za-z0-9\-._~!$&'()*+,;=:@/]/gu)}${query === '' ? '' : `?${query}`}${fragment}`;
}

function authority({ user, host, port, text }: ConnectUri): string {
  if (host === undefined && user === undefined && port === undefined) return /^[^/?#]*:\/\//.test(text) ? '//' : '';
  const name = user === undefined ? '' : `${escapeWith(user, /[^A-Za-z0-9\-._~!$&'()*+,;=:]/gu)}@`;
  const address = host?.includes(':') === true ? `[${host}]` : (host ?? '');
  return `//${name}${address}${port === undefined ? '' : `:${port}`}`;
}

const escapeWith = (text: string, unsafe: RegExp): string => text.replace(unsafe, (one) => encodeURIComponent(one));
