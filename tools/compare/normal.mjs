// What may differ between two daemons on one machine: their own folders, times, counters of the moment.
const rules = [
  [
    /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
    (text, kept) => (kept.has(text) ? text : 'UUID'),
  ],
  [/\b52:54:00(:[0-9a-f]{2}){3}\b/g, (text, kept) => (kept.has(text) ? text : 'MAC')],
  [/(?<=^ +\d+: +)\d+(?= KiB$)/gm, () => 'N'],
  [/^(Allocation|Available): .*/gm, (_, __, name) => `${name}: N`],
  [/(?<=<(allocation|available) unit='bytes'>)\d+/g, () => 'N'],
  [/(?<=cpu\.(time|user|system)=)\d+/g, () => 'T'],
  [/(?<=^CPU: +)\d+$/gm, () => 'N'],
  [/\+\d+:\+\d+/g, () => '+UID:+GID'],
  [/(?<=(port='|127\.0\.0\.1:))(59\d\d|\d)\b/g, () => 'PORT'],
  [/(?<=(time|delay|rss|_fault|unused|usable|last_update|\(ns\)):?[= ] *)\d+/g, () => 'N'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+\+0000)?/g, () => 'DATE'],
  [/domain-\d+-/g, () => 'domain-N-'],
  [/CPU time: .*/g, () => 'CPU time: T'],
  [/(user|system|idle|iowait|free|cached|buffers)( *): .*/g, (_, __, name) => `${name}: N`],
  [/Total: .*/g, () => 'Total: N'],
  [/(?<=<timestamps>)[\s\S]*?(?=<\/timestamps>)/g, () => 'T'],
  [/\/dev\/pts\/\d+/g, () => '/dev/pts/N'],
  [/"id": ?"libvirt-\d+"/g, () => '"id":"libvirt-N"'],
];

/** @param kept uuids that the documents themselves have */
export function normal(text, folders, kept) {
  const moved = folders.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  return rules.reduce(
    (all, [pattern, make]) => all.replace(pattern, (...match) => make(match[0], kept, match[1])),
    moved,
  );
}
