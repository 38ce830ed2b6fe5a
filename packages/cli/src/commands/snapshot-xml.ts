import type { Values } from '../command.js';
import { markup, textElement } from '../document.js';
import { UsageError } from '../usage-error.js';

/** Words between commas; two commas are one that belongs to a word. */
const parts = (words: string): readonly string[] =>
  (words.match(/(?:,,|[^,])+/g) ?? []).map((part) => part.replaceAll(',,', ','));

/** `key=value` words. @throws UsageError for any other */
function settings(words: readonly string[], keys: readonly string[], whole: string): ReadonlyMap<string, string> {
  const [what, spec] = whole.split(' ', 2);
  const found = new Map<string, string>();
  for (const word of words) {
    const key = keys.find((name) => word.startsWith(`${name}=`));
    if (key === undefined) throw new UsageError(`unable to parse ${what}: ${spec}; it takes ${keys.join('=, ')}=`);
    found.set(key, word.slice(key.length + 1));
  }
  return found;
}

function memoryXml(spec: string): string {
  const found = settings(parts(spec), ['file', 'snapshot'], `memspec ${spec}`);
  const file = found.get('file');
  return markup('memory', { snapshot: found.get('snapshot') ?? (file === undefined ? undefined : 'external'), file });
}

function diskXml(spec: string): string {
  const [name, ...words] = parts(spec);
  const found = settings(words, ['snapshot', 'driver', 'stype', 'file'], `diskspec ${spec}`);
  const { driver, stype, file } = Object.fromEntries(found);
  const source = stype === 'block' ? 'dev' : 'file';
  return markup('disk', { name, snapshot: found.get('snapshot'), type: stype }, [
    ...(driver === undefined ? [] : [markup('driver', { type: driver })]),
    ...(file === undefined ? [] : [markup('source', { [source]: file })]),
  ]);
}

/** `<domainsnapshot>` of the options of `snapshot-create-as`. @throws UsageError for a specification that is none */
export function snapshotXml(values: Values): string {
  const named = (['name', 'description'] as const).flatMap((name) =>
    values.has(name) ? [textElement(name, values.text(name))] : [],
  );
  const disks = values.list('diskspec').map(diskXml);
  return markup('domainsnapshot', {}, [
    ...named,
    ...(values.has('memspec') ? [memoryXml(values.text('memspec'))] : []),
    ...(disks.length === 0 ? [] : [markup('disks', {}, disks)]),
  ]);
}
