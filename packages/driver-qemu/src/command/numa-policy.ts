import type { CommandContext } from './context.js';
import { domainError, plainError } from './errors.js';
import { rangeNumbers } from './ranges.js';

/** Host nodes that memory comes from, and how strictly; without a policy its control group alone keeps it there. */
export interface HostNodes {
  readonly nodes: readonly number[];
  readonly policy: string | undefined;
}

const policies: Readonly<Record<string, string>> = { strict: 'bind', preferred: 'preferred', interleave: 'interleave' };

/** Where a memory object's pages come from; undefined where the document leaves it to the host. */
export function hostNodes(
  request: { readonly node?: number | undefined; readonly nodeset?: string | undefined },
  { domain, resources }: CommandContext,
): HostNodes | undefined {
  const { memory, memnodes = [] } = domain.numatune ?? {};
  const own = request.node === undefined ? undefined : memnodes.find(({ cellid }) => cellid === request.node);
  const policy = policies[own?.mode ?? memory?.mode ?? 'strict'];
  const automatic = memory?.placement === 'auto' ? resources.automaticNodes : undefined;
  if (memory?.placement === 'auto' && automatic === undefined && request.nodeset === undefined)
    throw domainError('INTERNAL_ERROR', 'Advice from numad is needed in case of automatic numa placement');
  const nodeset = request.nodeset ?? own?.nodeset ?? memory?.nodeset ?? automatic;
  if (nodeset === undefined) return undefined;
  const nodes = rangeNumbers(nodeset);
  const missing = nodes.find((node) => resources.hostNodes !== undefined && !resources.hostNodes.includes(node));
  if (missing !== undefined) throw plainError('CONFIG_UNSUPPORTED', `NUMA node ${missing} is unavailable`);
  return { nodes, policy };
}
