import type { DomainRef, Parameters, Target, TuningFacet, TuningGroup } from '@virtkit/core';
import { UNLIMITED_MEMORY } from '@virtkit/schema';
import { testError } from '../errors.js';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

type Values = ReadonlyMap<string, number | bigint | string | boolean>;

const unlimited = BigInt(UNLIMITED_MEMORY);
const defaults: Readonly<Partial<Record<TuningGroup, Values>>> = {
  scheduler: new Map([['weight', 50]]),
  memory: new Map([
    ['hard_limit', unlimited],
    ['soft_limit', unlimited],
    ['swap_hard_limit', unlimited],
  ]),
  numa: new Map<string, number | string>([
    ['numa_nodeset', ''],
    ['numa_mode', 0],
  ]),
  blkio: new Map<string, number | string>([
    ['weight', 0],
    ['device_weight', ''],
    ['device_read_iops_sec', ''],
    ['device_write_iops_sec', ''],
    ['device_read_bytes_sec', ''],
    ['device_write_bytes_sec', ''],
  ]),
};

/** Shares, limits and pinning, remembered and without effect. */
export class TestTuning implements TuningFacet {
  constructor(private readonly world: World) {}

  read(ref: DomainRef, group: TuningGroup, target: Target): Promise<Parameters> {
    return Promise.resolve(this.#values(ref, group, defaultsOf(group), target));
  }

  write(ref: DomainRef, group: TuningGroup, values: Parameters, target: Target): Promise<void> {
    const known = defaultsOf(group);
    for (const name of values.keys())
      if (!known.has(name)) throw testError('INVALID_ARG', `parameter '${name}' not supported`);
    this.#remember(ref, group, values, target);
    return Promise.resolve();
  }

  schedulerType(ref: DomainRef): Promise<{ readonly type: string; readonly parameters: number }> {
    this.world.domain(ref);
    return Promise.resolve({ type: 'fair', parameters: 1 });
  }

  readBlockIo(ref: DomainRef, disk: string, target: Target): Promise<Parameters> {
    return Promise.resolve(this.#values(ref, `block ${this.#disk(ref, disk)}`, blockDefaults, target));
  }

  writeBlockIo(ref: DomainRef, disk: string, values: Parameters, target: Target): Promise<void> {
    this.#remember(ref, `block ${this.#disk(ref, disk)}`, values, target);
    return Promise.resolve();
  }

  readInterface(ref: DomainRef, device: string, target: Target): Promise<Parameters> {
    return Promise.resolve(this.#values(ref, `interface ${device}`, interfaceDefaults, target));
  }

  writeInterface(ref: DomainRef, device: string, values: Parameters, target: Target): Promise<void> {
    this.#remember(ref, `interface ${device}`, values, target);
    return Promise.resolve();
  }

  writeIoThread(ref: DomainRef, id: number, values: Parameters, target: Target): Promise<void> {
    this.#remember(ref, `iothread ${id}`, values, target);
    return Promise.resolve();
  }

  pinVcpu(ref: DomainRef, vcpu: number, cpus: readonly boolean[], target: Target): Promise<void> {
    const domain = this.world.domain(ref);
    if (vcpu >= domain.current.vcpu.count)
      throw testError('INVALID_ARG', `requested vcpu '${vcpu}' is not present in the domain`);
    this.#remember(ref, 'vcpu pins', new Map([[String(vcpu), bits(cpus)]]), target);
    return Promise.resolve();
  }

  vcpuPins(ref: DomainRef, target: Target): Promise<readonly (readonly boolean[])[]> {
    const pins = this.#values(ref, 'vcpu pins', new Map(), target);
    const { count } = this.world.domain(ref).current.vcpu;
    return Promise.resolve(Array.from({ length: count }, (_, vcpu) => this.#cpus(pins.get(String(vcpu)))));
  }

  pinEmulator(ref: DomainRef, cpus: readonly boolean[], target: Target): Promise<void> {
    this.#remember(ref, 'emulator pin', new Map([['emulator', bits(cpus)]]), target);
    return Promise.resolve();
  }

  emulatorPin(ref: DomainRef, target: Target): Promise<readonly boolean[]> {
    return Promise.resolve(this.#cpus(this.#values(ref, 'emulator pin', new Map(), target).get('emulator')));
  }

  pinIoThread(ref: DomainRef, id: number, cpus: readonly boolean[], target: Target): Promise<void> {
    this.#remember(ref, 'iothread pins', new Map([[String(id), bits(cpus)]]), target);
    return Promise.resolve();
  }

  #cpus(written: number | bigint | string | boolean | undefined): readonly boolean[] {
    return Array.from({ length: this.world.pinnable }, (_, cpu) => typeof written !== 'string' || written[cpu] === '1');
  }

  #values(ref: DomainRef, group: string, known: Values, target: Target): Parameters {
    const domain = this.#target(ref, target);
    return new Map([...known, ...(domain.parameters.get(group) ?? [])]);
  }

  #remember(ref: DomainRef, group: string, values: Parameters, target: Target): void {
    const domain = this.#target(ref, target);
    domain.parameters.set(group, new Map([...(domain.parameters.get(group) ?? []), ...values]));
    domain.generation += 1;
  }

  #target(ref: DomainRef, target: Target): TestDomain {
    const domain = this.world.domain(ref);
    domain.targets(target);
    return domain;
  }

  #disk(ref: DomainRef, name: string): string {
    const { disks } = this.world.domain(ref).current.devices;
    const found = disks.find(({ target }) => target?.dev === name)?.target?.dev;
    if (found === undefined) throw testError('INVALID_ARG', `disk '${name}' was not found in the domain config`);
    return found;
  }
}

const blockDefaults: Values = new Map(
  ['total_bytes_sec', 'read_bytes_sec', 'write_bytes_sec', 'total_iops_sec', 'read_iops_sec', 'write_iops_sec'].map(
    (name) => [name, 0n],
  ),
);
const interfaceDefaults: Values = new Map(
  ['inbound', 'outbound'].flatMap((way) => ['average', 'peak', 'burst'].map((what) => [`${way}.${what}`, 0] as const)),
);

const bits = (cpus: readonly boolean[]): string => cpus.map((cpu) => (cpu ? '1' : '0')).join('');

function defaultsOf(group: TuningGroup): Values {
  const known = defaults[group];
  if (known === undefined) throw testError('OPERATION_UNSUPPORTED', `${group} parameters are not supported`);
  return known;
}
