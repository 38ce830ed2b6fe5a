import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CpuMap, cpuModelNames, readCpuMap } from '../../cpu/cpu-map.js';

/** Where libvirt's client library keeps its table of CPU models. */
const folder = '/usr/share/libvirt/cpu_map';

/** The table, read when first asked for; undefined on hosts without it: documents' CPUs stay as they are then. */
export function hostCpuMap(path = folder): () => CpuMap | undefined {
  let known: { readonly map: CpuMap | undefined } | undefined;
  return () => {
    known ??= { map: hasTable(path) ? readCpuMap(reader(path)) : undefined };
    return known.map;
  };
}

/** Names of the models of an architecture; undefined on hosts without the table. */
export const hostCpuModelNames = (arch: string, path = folder): readonly string[] | undefined =>
  hasTable(path) ? cpuModelNames(reader(path), arch) : undefined;

const hasTable = (path: string): boolean => existsSync(join(path, 'index.xml'));

const reader = (path: string) => (file: string) => readFileSync(join(path, file), 'utf8');
