import type { NetworkLocation } from './image.js';

/** The URL of an image that curl fetches. */
export function uriText(location: NetworkLocation): string {
  const host = location.hosts[0];
  const name = host?.name?.includes(':') ? `[${host.name}]` : (host?.name ?? '');
  const port = host?.port === undefined ? '' : `:${host.port}`;
  const path =
    location.name === '' ? '' : encodePath(location.name.startsWith('/') ? location.name : `/${location.name}`);
  return `${location.protocol}://${name}${port}${path}${location.query === undefined ? '' : `?${location.query}`}`;
}

/** Escapes what may not stand in a path of a URI. */
const encodePath = (path: string): string =>
  path.replaceAll(/[^A-Za-z0-9\-_.!~*'()/;@&=+$,:]/gu, (character) =>
    [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
