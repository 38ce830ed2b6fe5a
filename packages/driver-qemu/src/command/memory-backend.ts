import type { Domain } from '@virtkit/schema';
import { has, type CommandContext } from './context.js';
import { hugepageOf, hugepageSize, type PageRequest } from './hugepages.js';
import type { JsonObject } from './json.js';
import { hostNodes } from './numa-policy.js';
import { object, type QemuOption } from './option.js';
import { shortName } from './paths.js';

/** What one memory object is for. */
export interface MemoryRequest extends PageRequest {
  readonly id: string;
  /** Bytes */
  readonly size: number | bigint;
  /** All memory of a guest without nodes, known to older QEMU under the same name. */
  readonly isSystem?: boolean;
  /** `shared` or `private`, where the device says. */
  readonly access?: string | undefined;
  /** Name of the file where memory lies in files of the driver's folder; `id` unless given. */
  readonly fileName?: string | undefined;
  /** A file that holds the memory. */
  readonly path?: string | undefined;
  /** Host nodes the device asks for. */
  readonly nodeset?: string | undefined;
  /** Bytes */
  readonly align?: number | bigint | undefined;
  readonly pmem?: boolean | undefined;
  /** Memory the guest gets piece by piece isn't reserved as a whole. */
  readonly reserve?: false;
  /** Whether the memory is filled at once; by default where the document says so or pages are huge. */
  readonly prealloc?: boolean;
  readonly discard?: boolean | undefined;
}

/** Options of one memory object: the thread context that fills it, where there is one, then the object. */
export function memoryBackendOptions(request: MemoryRequest, context: CommandContext): readonly QemuOption[] {
  const { align, pmem, ...backend } = memoryBackend(request, context);
  const nodes = hostNodes(request, context)?.nodes;
  const threads = backend['prealloc'] === true && nodes !== undefined && has(context, 'thread-context');
  const id = `tc-${request.id}`;
  return [
    ...(threads ? [object({ 'qom-type': 'thread-context', id, 'node-affinity': nodes })] : []),
    object({ ...backend, 'prealloc-context': threads ? id : undefined, align, pmem }),
  ];
}

/** Whether the document asks for more than `-numa node,mem=` can give. */
export const needsBackend = (request: MemoryRequest, context: CommandContext): boolean =>
  hugepageSize(request, context) !== undefined ||
  hostNodes(request, context)?.policy !== undefined ||
  request.path !== undefined ||
  accessOf(request, context.domain) !== undefined ||
  ['file', 'memfd'].includes(context.domain.memoryBacking?.source ?? '');

/** Properties of one memory object (`object-add`). */
function memoryBackend(request: MemoryRequest, context: CommandContext): JsonObject {
  const { memoryBacking } = context.domain;
  const kind = backendKind(request, context);
  const nodes = hostNodes(request, context);
  const prealloc = request.prealloc ?? (kind.huge || memoryBacking?.allocation === 'immediate');
  return {
    ...kind.properties,
    prealloc: prealloc || undefined,
    reserve: request.reserve,
    'prealloc-threads': request.prealloc === false ? undefined : memoryBacking?.allocationThreads,
    size: request.size,
    ...(nodes?.policy !== undefined && { 'host-nodes': nodes.nodes, policy: nodes.policy }),
    align: request.align,
    pmem: request.pmem || undefined,
  };
}

interface BackendKind {
  readonly properties: JsonObject;
  /** Filled from huge pages. */
  readonly huge: boolean;
}

function backendKind(request: MemoryRequest, context: CommandContext): BackendKind {
  const { domain } = context;
  const source = domain.memoryBacking?.source;
  if (source === 'memfd' && request.path === undefined) return memfdKind(request, context);
  const mount = request.path === undefined ? hugepageOf(request, context) : undefined;
  const access = accessOf(request, domain);
  const shared = sharing(request, context);
  if (mount || request.path !== undefined || access !== undefined || source === 'file') {
    const path =
      request.path ??
      (mount ? hugepagePath(mount.path, context) : backingPath(request.fileName ?? request.id, context));
    const file = { 'mem-path': path, 'discard-data': discardOf(request, domain) };
    return { properties: { ...named('file', request), ...file, ...shared }, huge: mount !== undefined };
  }
  return { properties: named('ram', request), huge: false };
}

/** Pages of a memory file need no mount, but the size that is the default must be known from one. */
function memfdKind(request: MemoryRequest, context: CommandContext): BackendKind {
  const wanted = hugepageSize(request, context);
  const size = wanted === 0 ? hugepageOf(request, context)?.size : wanted;
  const huge: JsonObject = size === undefined ? {} : { hugetlb: true, hugetlbsize: size * 1024 };
  const properties = { ...named('memfd', request), ...huge, ...sharing(request, context) };
  return { properties, huge: size !== undefined };
}

function sharing(request: MemoryRequest, context: CommandContext): JsonObject {
  const access = accessOf(request, context.domain);
  return {
    share: access === undefined ? undefined : access === 'shared',
    'x-use-canonical-path-for-ramblock-id': request.isSystem && canonicalPath(context) ? false : undefined,
  };
}

const named = (type: string, { id }: MemoryRequest): JsonObject => ({ 'qom-type': `memory-backend-${type}`, id });

const canonicalPath = (context: CommandContext): boolean =>
  has(context, 'memory-backend-file.x-use-canonical-path-for-ramblock-id');

const hugepagePath = (mount: string, { domain }: CommandContext): string =>
  `${mount}/libvirt/qemu/${shortName(domain)}`;

const backingPath = (id: string, { domain, config }: CommandContext): string =>
  `${config.memoryBackingDir}/${shortName(domain)}/${id}`;

const cellOf = ({ node }: MemoryRequest, { cpu }: Domain) => cpu?.numa?.cells.find(({ id }) => id === node);

const accessOf = (request: MemoryRequest, domain: Domain): string | undefined =>
  request.access ?? cellOf(request, domain)?.memAccess ?? domain.memoryBacking?.access;

const discardOf = (request: MemoryRequest, domain: Domain): boolean | undefined =>
  request.discard ??
  cellOf(request, domain)?.discard ??
  (domain.memoryBacking?.discard && request.path === undefined ? true : undefined);
