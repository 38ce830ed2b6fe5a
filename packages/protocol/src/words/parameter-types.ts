import type { TypedParameterType } from '../xdr/typed-parameters.js';

/**
 * Types of the values that libvirt sends under a name, where a number alone does not tell. The first pattern that fits
 * decides; numbers in names (`vcpu.0.state`) are written `N`.
 */
const patterns: readonly (readonly [pattern: RegExp, type: TypedParameterType])[] = [
  // bulk statistics
  [/^state\.(state|reason)$/, 'int'],
  [/^vcpu\.N\.state$/, 'int'],
  [/^vcpu\.(current|maximum)$/, 'uint'],
  [/^vcpu\.N\.halted$/, 'boolean'],
  [/^vcpu\.N\./, 'ullong'],
  [/(^|\.)count$/, 'uint'],
  [/^block\.N\.backingIndex$/, 'uint'],
  [/^iothread\.N\.poll-(grow|shrink)$/, 'uint'],
  [/^(cpu|balloon|net|block|perf|iothread|memory|dirtyrate)\./, 'ullong'],
  // job statistics
  [/^operation$/, 'int'],
  [/^(success|setup_time_set|disk_temp)$/, 'boolean'],
  [/^(auto_converge_throttle|memory_iteration)$/, 'int'],
  // block statistics
  [/^(rd|wr|flush)_(bytes|operations|total_times)$|^errs$/, 'llong'],
  // tuning
  [/^(vcpu|emulator|global|iothread)_quota$/, 'llong'],
  [/^(cpu_shares|.*_period|.*_time|hard_limit|soft_limit|swap_hard_limit|min_guarantee)$/, 'ullong'],
  [/_bytes_sec|_iops_sec|_sec_max|size_iops_sec/, 'ullong'],
  [/^(numa_mode)$/, 'int'],
  [/^(weight|inbound\.|outbound\.)/, 'uint'],
  // memory of the host
  [/^shm_(pages_to_scan|sleep_millisecs|merge_across_nodes)$/, 'uint'],
  [/^shm_/, 'ullong'],
];

const numbers = /\.\d+(?=\.|$)/g;
const REMEMBERED = 4096;

/** @returns `undefined` for a name without a rule of its own */
function typeByRule(field: string): TypedParameterType | undefined {
  const general = field.replace(numbers, '.N');
  return patterns.find(([pattern]) => pattern.test(general))?.[1];
}

/** The rules with a bounded memory of what they said: bulk statistics ask for the same names over and over. */
function remembering(
  rule: (field: string) => TypedParameterType | undefined,
): (field: string) => TypedParameterType | undefined {
  const known = new Map<string, TypedParameterType | undefined>();
  return (field) => {
    let type = known.get(field);
    if (type !== undefined || known.has(field)) return type;
    type = rule(field);
    if (known.size < REMEMBERED) known.set(field, type);
    return type;
  };
}

/** The type libvirt sends the value of that name in. Undefined for a name without a rule. */
export const parameterType = remembering(typeByRule);
