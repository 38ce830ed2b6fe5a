import { formatUri, parseUri } from '@virtkit/core';
import { expectJson } from '../difference.js';
import type { RunCase } from '../manifest.js';

/** Parts of a connection URI, and the URI written again from them. */
export const run: RunCase = async (entry) => {
  const uri = parseUri(String(entry.params['uri']));
  const { scheme, transport, host, port, path, query, fragment, user } = uri;
  expectJson(
    {
      scheme: transport === undefined ? scheme : `${scheme}+${transport}`,
      server: host ?? null,
      port: port ?? 0,
      path: path === '' ? null : path,
      query: query ?? null,
      fragment: fragment ?? null,
      user: user ?? null,
      formatted: formatUri(uri),
    },
    entry.value,
  );
};
