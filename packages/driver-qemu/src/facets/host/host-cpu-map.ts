import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCpuMap, type CpuMap } from '../../cpu/cpu-map.js';

/** Where libvirt's client library keeps its table of CPU models. */
const folder = '/usr/share/libvirt/cpu_map';

/** The table, read when first asked for; undefined on hosts without it: documents' CPUs stay as they are then. */
export function hostCpuMap(path = folder): () => CpuMap | undefined {
  let known: { readonly map: CpuMap | undefined } | undefined;
  return () => {
    known ??= {
      map: existsSync(join(path, 'index.xml'))
        ? readCpuMap((file) => readFileSync(join(path, file), 'utf8'))
        : undefined,
    };
    return known.map;
  };
}
