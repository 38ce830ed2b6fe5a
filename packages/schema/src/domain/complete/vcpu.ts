import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';
import type { VcpuEntry } from '../vcpu.js';

const virtError = errorsFrom('DOMAIN');
const unsupported = (text: string): Error => virtError('CONFIG_UNSUPPORTED', text);

/** No hypervisor comes near; larger counts are refused before anything is made for each. */
const MOST = 65_536;

/** Placement, count of present vCPUs, and the memory policy that follows from placement. */
export function completeVcpus(domain: Domain): void {
  const { vcpu } = domain;
  if (vcpu.count === 0) throw virtError('INTERNAL_ERROR', 'CPU IDs in <numa> exceed the <vcpu> count');
  if ((vcpu.current ?? 0) > vcpu.count) {
    throw unsupported('maximum vCPU count must not be less than current vCPU count');
  }
  if (domain.vcpus !== undefined) completeEntries(domain, domain.vcpus);
  if (vcpu.current === vcpu.count) delete vcpu.current;
  if (vcpu.placement === 'auto') delete vcpu.cpuset;
  if (domain.numatune?.memory?.placement === 'auto' && vcpu.cpuset === undefined && !hasPins(domain))
    vcpu.placement = 'auto';
  vcpu.placement ??= 'static';
  completeNumatune(domain);
}

const hasPins = ({ cputune }: Domain): boolean =>
  cputune !== undefined &&
  (cputune.vcpupins.length > 0 || cputune.iothreadpins.length > 0 || cputune.emulatorpin !== undefined);

/** Every vCPU is listed: those not named are absent ones that can be added. */
function completeEntries(domain: Domain, entries: readonly VcpuEntry[]): void {
  const { vcpu } = domain;
  if (vcpu.count > MOST) throw unsupported(`maximum vCPU count ${vcpu.count} is over ${MOST}`);
  const byId = new Map<number, VcpuEntry>();
  for (const entry of entries) {
    if (entry.id >= vcpu.count)
      throw virtError('XML_ERROR', `vcpu id '${entry.id}' is out of range of maximum vcpu count`);
    byId.set(entry.id, entry);
  }
  domain.vcpus = Array.from({ length: vcpu.count }, (_, id) => {
    const { enabled = false, hotpluggable = !enabled, order } = byId.get(id) ?? {};
    return { id, enabled, hotpluggable, ...(order === undefined ? {} : { order }) };
  });
  vcpu.current = domain.vcpus.filter(({ enabled }) => enabled).length;
}

function completeNumatune(domain: Domain): void {
  const given = domain.numatune?.memory;
  const says = given !== undefined && (given.mode ?? given.nodeset ?? given.placement) !== undefined;
  if (given !== undefined && !says && domain.vcpu.placement !== 'auto') delete domain.numatune?.memory;
  if (domain.vcpu.placement === 'auto' && domain.numatune?.memory === undefined) {
    domain.numatune = { memory: { placement: 'auto' }, memnodes: domain.numatune?.memnodes ?? [] };
  }
  const memory = domain.numatune?.memory;
  if (memory !== undefined) completeNumaMemory(domain, memory);
  checkMemnodes(domain);
}

type NumaMemory = NonNullable<NonNullable<Domain['numatune']>['memory']>;

function completeNumaMemory(domain: Domain, memory: NumaMemory): void {
  memory.mode ??= 'strict';
  memory.placement ??= memory.nodeset === undefined ? domain.vcpu.placement : 'static';
  if (memory.placement === 'static' && memory.nodeset === undefined) {
    throw unsupported("nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
  }
  if (memory.placement === 'auto') delete memory.nodeset;
  else delete memory.placement;
}

/** Memory of single cells is placed only where there are such cells, and by hand. */
function checkMemnodes({ numatune, cpu }: Domain): void {
  const memnodes = numatune?.memnodes ?? [];
  if (memnodes.length === 0) return;
  const cells = cpu?.numa?.cells.length ?? 0;
  if (cells === 0) throw virtError('XML_ERROR', "Element 'memnode' is invalid without any guest NUMA cells");
  if (memnodes.some(({ cellid }) => cellid >= cells)) {
    throw virtError('XML_ERROR', "Argument 'cellid' in memnode element must correspond to existing guest's NUMA cell");
  }
  if (numatune?.memory?.placement === 'auto') {
    throw unsupported('Per-node binding is not compatible with automatic NUMA placement.');
  }
  checkRestrictive(
    numatune?.memory?.mode,
    memnodes.map(({ mode }) => mode),
  );
}

function checkRestrictive(mode: string | undefined, modes: readonly string[]): void {
  if (mode === 'restrictive' && modes.some((other) => other !== 'restrictive')) {
    throw virtError(
      'XML_ERROR',
      "'restrictive' mode is required in memnode element when mode is 'restrictive' in memory element",
    );
  }
  if (mode !== undefined && mode !== 'restrictive' && modes.includes('restrictive')) {
    throw virtError(
      'XML_ERROR',
      "'restrictive' mode is required in memory element when mode is 'restrictive' in memnode element",
    );
  }
}

/** Numbers I/O threads: those the document names, and as many more as it counts. */
export function completeIothreads(domain: Domain): void {
  const named = domain.iothreadids ?? [];
  const count = Math.max(domain.iothreads ?? 0, named.length);
  const ids = new Set<number>();
  for (const { id } of named) {
    if (ids.has(id)) throw virtError('XML_ERROR', `duplicate iothread id '${id}' found`);
    ids.add(id);
  }
  if (count === 0) delete domain.iothreads;
  if (count === 0) return;
  if (count > MOST) throw unsupported(`number of I/O threads ${count} is over ${MOST}`);
  domain.iothreads = count;
  for (let id = 1; named.length < count; id += 1) if (!ids.has(id)) named.push({ id, implicit: true });
  domain.iothreadids = named;
}
