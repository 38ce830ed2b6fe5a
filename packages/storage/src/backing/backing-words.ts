import type { StorageHost, StorageSource } from '@virtkit/schema';
import { badBacking } from './errors.js';
import { networkSource } from './network-source.js';

/** QEMU's older way: `nbd:host:port:exportname=x`, `rbd:pool/image:mon_host=…`, `fat:/folder`. */
export function parseBackingWords(text: string): StorageSource {
  const colon = text.indexOf(':');
  const protocol = text.slice(0, colon);
  const read = readers[protocol];
  if (read === undefined) throw badBacking(`invalid backing protocol '${protocol}'`);
  return read(text.slice(colon + 1));
}

const readers: Readonly<Record<string, (rest: string) => StorageSource>> = {
  fat: (dir) => ({ type: 'dir', dir, seclabels: [] }),
  nbd: parseNbd,
  rbd: parseRbd,
  sheepdog: parseSheepdog,
};

const exportMark = ':exportname=';
function parseNbd(rest: string): StorageSource {
  const mark = rest.indexOf(exportMark);
  const server = mark < 0 ? rest : rest.slice(0, mark);
  const name = mark < 0 ? {} : { name: rest.slice(mark + exportMark.length) };
  if (server.startsWith('unix:'))
    return networkSource('nbd', [{ transport: 'unix', socket: server.slice('unix:'.length) }], name);
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?/.exec(server);
  const host = (match?.[1] ?? '').replace(/^\[|\]$/g, '');
  if (host === '' || match?.[2] === undefined)
    throw badBacking(`missing remote information in 'nbd:${rest}' for protocol nbd`);
  return networkSource('nbd', [{ name: host, port: match[2] }], name);
}

/** Colons inside of values are written `\:`. */
function parseRbd(rest: string): StorageSource {
  const [image = '', ...options] = rest.split(/(?<!\\):/).map((part) => part.replaceAll(/\\(.)/g, '$1'));
  const [name = '', snapshot] = image.split('@');
  const values = new Map(options.map((option) => [option.split('=', 1)[0] ?? '', option.replace(/^[^=]*=?/, '')]));
  const hosts = (values.get('mon_host') ?? '')
    .split(/[,; ]/)
    .filter((host) => host !== '')
    .map(monitor);
  const conf = values.get('conf');
  return networkSource('rbd', hosts, {
    name,
    ...(snapshot === undefined ? {} : { snapshot }),
    ...(conf === undefined ? {} : { config: conf }),
  });
}

function monitor(text: string): StorageHost {
  const match = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text);
  const port = match?.[2];
  return { name: (match?.[1] ?? text).replace(/^\[|\]$/g, ''), ...(port === undefined ? {} : { port }) };
}

function parseSheepdog(rest: string): StorageSource {
  const parts = rest.split(':');
  const [host, port, name] = parts;
  if (parts.length === 3 && name !== undefined) return networkSource('sheepdog', [{ name: host, port }], { name });
  return networkSource('sheepdog', [], { name: rest });
}
