import { numaNodes, systemPath } from '../machine/cpu-topology.js';
import type { FileTree } from '../machine/file-tree.js';

/** How fast one cell reaches another's memory. */
export interface Interconnect {
  readonly kind: 'latency' | 'bandwidth';
  readonly initiator: number;
  readonly target: number;
  readonly access: 'read' | 'write';
  /** Nanoseconds, or KiB a second. */
  readonly value: number;
}
const kinds = ['latency', 'bandwidth'] as const;
const accesses = ['read', 'write'] as const;
const kibibytesPerMebibyte = 1024;

/** What the firmware says of the ways between cells: latencies first. */
export function interconnects(tree: FileTree): readonly Interconnect[] {
  return kinds.flatMap((kind) => numaNodes(tree).flatMap((target) => waysTo(tree, target, kind)));
}

function waysTo(tree: FileTree, target: number, kind: Interconnect['kind']): readonly Interconnect[] {
  const folder = `${systemPath}/node/node${target}/access1/initiators`;
  const initiators = tree.names(folder).flatMap((name) => /^node(\d+)$/.exec(name)?.[1] ?? []);
  return initiators.flatMap((initiator) =>
    accesses.flatMap((access) => {
      const text = tree.text(`${folder}/${access}_${kind}`);
      if (text === undefined) return [];
      const value = Number(text) * (kind === 'bandwidth' ? kibibytesPerMebibyte : 1);
      return [{ kind, initiator: Number(initiator), target, access, value }];
    }),
  );
}
