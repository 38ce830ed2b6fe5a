import { errorsFrom } from '@virtkit/schema';
import type { ConnectUri } from '../../contract/uri.js';
import { queryParameters } from './query.js';

// Scheme, authority, path, query, fragment: RFC 3986, appendix B.
const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const legal = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;

/**
 * Splits a connection uri. Throws `INVALID_ARG` for what is no uri, `NO_CONNECT` for one without a driver's name.
 * @libvirt virURIParse
 */
export function parseUri(text: string): ConnectUri {
  const match = parts.exec(text);
  if (match === null || !legal.test(text)) throw unparsable(text);
  const [, scheme, authority, path = '', query, fragment] = match;
  if (scheme === undefined) throw errorsFrom('NONE')('NO_CONNECT', `URI '${text}' does not include a driver name`);
  const plus = scheme.indexOf('+');
  return {
    scheme: plus === -1 ? scheme : scheme.slice(0, plus),
    ...(plus !== -1 && { transport: scheme.slice(plus + 1) }),
    ...(authority !== undefined && parseAuthority(authority, text)),
    path: decode(path),
    parameters: new Map(query === undefined ? [] : queryParameters(query)),
    ...(query !== undefined && { query }),
    ...(fragment !== undefined && { fragment: decode(fragment) }),
    text,
  };
}

function parseAuthority(authority: string, text: string): Pick<ConnectUri, 'user' | 'host' | 'port'> {
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? undefined : decode(authority.slice(0, at));
  const match = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?$/.exec(authority.slice(at + 1));
  if (match === null) throw unparsable(text);
  const [, written = '', digits] = match;
  const port = digits === undefined || digits === '' ? undefined : Number(digits);
  if (port !== undefined && port > 0x7fff_ffff) throw unparsable(text);
  const host = decode(written.startsWith('[') ? written.slice(1, -1) : written);
  return {
    ...(user !== undefined && { user }),
    ...(host !== '' && { host }),
    ...(port !== undefined && { port }),
  };
}

function decode(text: string): string {
  return text.includes('%') ? Buffer.from(text.replace(/%([0-9A-Fa-f]{2})/g, byte), 'latin1').toString('utf8') : text;
}

const byte = (_match: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

const unparsable = (text: string): Error => errorsFrom('URI')('INVALID_ARG', `Unable to parse URI ${text}`);
