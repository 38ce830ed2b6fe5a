import type { Integer64 } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { formatNumberSet, parseNumberSet } from '../../values/bitmap.js';
import type { Domain } from '../domain.js';
import type { CacheTune, CpuTune, MemoryBandwidthTune } from '../vcpu.js';
import { firstRepeated } from '../../values/repeated.js';

const virtError = errorsFrom('DOMAIN');

/** Schedulers and shares of caches, kept for the vCPUs and I/O threads there are. */
export function completeCputune(domain: Domain): void {
  const { cputune } = domain;
  if (cputune === undefined) return;
  checkNumbers(cputune);
  completePins(domain, cputune);
  completeSchedulers(domain, cputune);
  const maximum = domain.vcpu.count;
  cputune.cachetunes = cputune.cachetunes
    .map((tune) => ({ ...tune, vcpus: within(tune.vcpus, maximum) }))
    .filter(({ vcpus, caches, monitors }) => vcpus !== '' && caches.length + monitors.length > 0);
  cputune.memorytunes = cputune.memorytunes
    .map((tune) => ({ ...tune, vcpus: within(tune.vcpus, maximum) }))
    .filter(({ vcpus, nodes, monitors }) => vcpus !== '' && nodes.length + monitors.length > 0);
  for (const tune of cputune.cachetunes) checkCaches(tune);
  checkGroups(cputune.cachetunes);
  checkGroups(cputune.memorytunes);
}

const periods = [
  ['period', 'period'],
  ['globalPeriod', 'global_period'],
  ['emulatorPeriod', 'emulator_period'],
  ['iothreadPeriod', 'iothread_period'],
] as const;
const quotas = [
  ['quota', 'quota'],
  ['globalQuota', 'global_quota'],
  ['emulatorQuota', 'emulator_quota'],
  ['iothreadQuota', 'iothread_quota'],
] as const;
const LARGEST_QUOTA = 17_592_186_044_415;

/** The kernel's limits; 0 and less mean none. */
function checkNumbers(cputune: CpuTune): void {
  for (const [field, name] of periods) checkRange(name, cputune[field], 1_000_000);
  for (const [field, name] of quotas) checkRange(name, cputune[field], LARGEST_QUOTA);
}

function checkRange(name: string, value: Integer64 | undefined, largest: number): void {
  if (value === undefined || value <= 0) return;
  if (value < 1000 || value > largest) {
    throw virtError('CONFIG_UNSUPPORTED', `Value of cputune '${name}' must be in range [1000, ${largest}]`);
  }
}

/** Pins of vCPUs that there are none of are dropped; those of I/O threads are refused. */
function completePins(domain: Domain, cputune: CpuTune): void {
  const repeated = firstRepeated(cputune.vcpupins.map(({ vcpu }) => vcpu));
  if (repeated !== undefined) throw virtError('INTERNAL_ERROR', `duplicate vcpupin for vcpu '${repeated}'`);
  cputune.vcpupins = cputune.vcpupins.filter(({ vcpu }) => vcpu < domain.vcpu.count);
  cputune.vcpupins.sort((a, b) => a.vcpu - b.vcpu);
  const threads = cputune.iothreadpins.map(({ iothread }) => iothread);
  const unknown = threads.find((id) => !iothreadIds(domain).has(id));
  if (unknown !== undefined) throw virtError('CONFIG_UNSUPPORTED', `Cannot find 'iothread' : ${unknown}`);
  const twice = firstRepeated(threads);
  if (twice !== undefined) throw virtError('INTERNAL_ERROR', `duplicate iothreadpin for same iothread '${twice}'`);
}

const iothreadIds = (domain: Domain): ReadonlySet<number> => new Set((domain.iothreadids ?? []).map(({ id }) => id));

const within = (set: string, maximum: number): string =>
  formatNumberSet((parseNumberSet(set) ?? []).filter((id) => id < maximum));

/** One entry for each vCPU and each I/O thread. */
function completeSchedulers(domain: Domain, cputune: CpuTune): void {
  const vcpus = cputune.vcpuscheds.flatMap(({ vcpus: set, ...rest }) => ids(set).map((id) => ({ id, rest })));
  refuseRepeated(
    vcpus.map(({ id }) => id),
    'vcpusched',
    'vcpus',
  );
  const absent = vcpus.find(({ id }) => id >= domain.vcpu.count);
  if (absent !== undefined)
    throw virtError('CONFIG_UNSUPPORTED', `vCPU '${absent.id}' is not present in domain definition`);
  cputune.vcpuscheds = vcpus.sort((a, b) => a.id - b.id).map(({ id, rest }) => ({ vcpus: String(id), ...rest }));
  const threads = cputune.iothreadscheds.flatMap(({ iothreads: set, ...rest }) => ids(set).map((id) => ({ id, rest })));
  refuseRepeated(
    threads.map(({ id }) => id),
    'iothreadsched',
    'iothreads',
  );
  const known = iothreadIds(domain);
  const unknown = threads.find(({ id }) => !known.has(id));
  if (unknown !== undefined) throw virtError('CONFIG_UNSUPPORTED', `Cannot find 'iothread' : ${unknown.id}`);
  cputune.iothreadscheds = threads
    .sort((a, b) => a.id - b.id)
    .map(({ id, rest }) => ({ iothreads: String(id), ...rest }));
}

const ids = (set: string): number[] => parseNumberSet(set) ?? [];

function refuseRepeated(values: readonly number[], element: string, attribute: string): void {
  if (new Set(values).size === values.length) return;
  throw virtError('XML_DETAIL', `'${element}' attributes '${attribute}' must not overlap`);
}

function checkCaches({ caches }: CacheTune): void {
  const names = caches.map(({ level, id, type }) => `'${level}' id '${id}', type '${type}'`);
  const repeated = firstRepeated(names);
  if (repeated !== undefined) throw virtError('XML_ERROR', `Colliding cache allocations for cache level ${repeated}`);
}

/** Groups share no vCPU; a monitor watches vCPUs of its group, no two the same. */
function checkGroups(groups: readonly (CacheTune | MemoryBandwidthTune)[]): void {
  const seen = new Set<number>();
  for (const { vcpus, monitors } of groups) {
    for (const id of ids(vcpus)) {
      if (seen.has(id)) throw virtError('XML_ERROR', 'vcpus attributes of cachetune and memorytune must not overlap');
      seen.add(id);
    }
    for (const monitor of monitors) {
      const own = new Set(ids(vcpus));
      if (!ids(monitor.vcpus).every((id) => own.has(id))) throw virtError('INVALID_ARG', 'vcpus is empty');
    }
  }
}
