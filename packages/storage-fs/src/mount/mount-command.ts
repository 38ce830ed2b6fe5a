import type { StoragePool } from '@virtkit/schema';

/** Set for every mount: nothing in a pool is a program or a device of this host. */
const always = ['nodev', 'nosuid', 'noexec'];
/** What a kind of file system needs besides. */
const perFormat: Readonly<Record<string, readonly string[]>> = { glusterfs: ['direct-io-mode=1'], cifs: ['guest'] };

/** What is mounted: a device, or a directory of a server. */
export function mountSource({ type, source }: StoragePool): string {
  if (type !== 'netfs') return source.device?.[0]?.path ?? '';
  const host = source.host?.[0]?.name ?? '';
  const path = source.dir?.path ?? '';
  return source.format?.type === 'cifs' ? `//${host}/${path}` : `${host}:${path}`;
}

/** Arguments of `mount` that start a pool. Pure. */
export function mountArguments(pool: StoragePool): readonly string[] {
  const format = pool.source.format?.type ?? 'auto';
  const version = pool.type === 'netfs' ? pool.source.protocol?.ver : undefined;
  const options = [
    ...always,
    ...(perFormat[format] ?? []),
    ...(version === undefined ? [] : [`nfsvers=${version}`]),
    ...(pool.mountOptions?.option.map(({ name }) => name) ?? []),
  ];
  const kind = pool.type === 'netfs' && format === 'auto' ? [] : ['-t', format];
  return ['-o', options.join(','), ...kind, mountSource(pool), pool.target?.path ?? ''];
}
