import { fileTree, numaNodes } from '@virtkit/host';

/** NUMA nodes memory may be asked of; nothing where the kernel tells none. */
export function hostNodes(): { readonly hostNodes?: readonly number[] } {
  const nodes = numaNodes(fileTree());
  return nodes.length === 0 ? {} : { hostNodes: nodes };
}
