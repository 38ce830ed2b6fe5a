import type {
  BlockInfo,
  DomainRef,
  DomainStatistics,
  MemoryStatistic,
  StatisticsFacet,
  StatisticsGroup,
  VcpuInfo,
} from '@virtkit/core';
import type { Disk } from '@virtkit/schema';
import { testError } from '../errors.js';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';
import { ioThreads } from './configuration.js';
import { cpuTimeNow } from './domain.js';

type Values = Map<string, number | bigint | string | boolean>;

/** Figures made of the time a guest runs. */
export class TestStatistics implements StatisticsFacet {
  constructor(private readonly world: World) {}

  read(refs: readonly DomainRef[], groups: readonly StatisticsGroup[]): Promise<readonly DomainStatistics[]> {
    return Promise.resolve(refs.map((ref) => statisticsOf(ref, this.world.domain(ref), groups)));
  }

  block(ref: DomainRef, disk: string): Promise<ReadonlyMap<string, bigint>> {
    const domain = this.#active(ref);
    if (disk !== '') diskOf(domain, disk);
    const passed = BigInt(Math.floor(secondsOf(domain)));
    return Promise.resolve(
      new Map([
        ['rd_operations', passed * 20n],
        ['rd_bytes', passed * 10_240n],
        ['wr_operations', passed * 10n],
        ['wr_bytes', passed * 5_120n],
        ['errs', passed / 2n],
      ]),
    );
  }

  blockInfo(ref: DomainRef, disk: string): Promise<BlockInfo> {
    diskOf(this.world.domain(ref), disk);
    return Promise.resolve({
      capacity: 1_099_506_450_432n,
      allocation: 1_099_511_627_776n,
      physical: 1_099_511_627_776n,
    });
  }

  interface(ref: DomainRef, device: string): Promise<ReadonlyMap<string, bigint>> {
    const domain = this.#active(ref);
    const known = domain.current.devices.interfaces.some(
      ({ target, mac }) => target?.dev === device || mac?.address === device,
    );
    if (!known) throw testError('INVALID_ARG', `'${device}' is not a known interface`);
    const passed = BigInt(Math.floor(secondsOf(domain)));
    const names = ['rx_bytes', 'rx_packets', 'rx_errs', 'rx_drop', 'tx_bytes', 'tx_packets', 'tx_errs', 'tx_drop'];
    return Promise.resolve(new Map(names.map((name, at) => [name, passed * BigInt(10 * (names.length - at))])));
  }

  memory(ref: DomainRef): Promise<readonly MemoryStatistic[]> {
    const { memory, currentMemory } = this.#active(ref).current;
    const actual = BigInt(currentMemory ?? memory.size ?? 0);
    const values: readonly (readonly [tag: number, value: bigint])[] = [
      [6, actual],
      [0, 0n],
      [1, 0n],
      [2, 0n],
      [3, 0n],
      [4, actual / 2n],
      [5, actual],
      [8, actual / 2n],
      [9, 627_319_920n],
      [10, actual / 8n],
      [11, 0n],
      [12, 0n],
      [7, actual / 2n],
    ];
    return Promise.resolve(values.map(([tag, value]) => ({ tag, value })));
  }

  vcpus(ref: DomainRef): Promise<readonly VcpuInfo[]> {
    const domain = this.#active(ref);
    const { count, current = count } = domain.current.vcpu;
    const cpuTimeNs = cpuTimeNow() / 10_000n;
    return Promise.resolve(
      Array.from({ length: current }, (_, number) => ({
        number,
        state: 'running' as const,
        cpuTimeNs,
        cpu: this.world.node.cpus - 1,
        affinity: Array.from({ length: this.world.pinnable }, () => true),
      })),
    );
  }

  cpu(
    ref: DomainRef,
    range: 'total' | { readonly first: number; readonly count: number },
  ): Promise<readonly ReadonlyMap<string, bigint>[]> {
    this.#active(ref);
    const total = cpuTimeNow();
    if (range === 'total')
      return Promise.resolve([
        new Map([
          ['cpu_time', total],
          ['user_time', total / 2n],
          ['system_time', total / 2n],
        ]),
      ]);
    const { cpus } = this.world.node;
    if (range.first >= cpus)
      throw testError('INVALID_ARG', `Start CPU ${range.first} is out of range (max: ${cpus - 1})`);
    const each = total / BigInt(cpus);
    const count = Math.min(range.count, cpus - range.first);
    return Promise.resolve(
      Array.from(
        { length: count },
        () =>
          new Map([
            ['cpu_time', each],
            ['vcpu_time', each],
          ]),
      ),
    );
  }

  diskErrors(ref: DomainRef): Promise<readonly { readonly disk: string; readonly error: 'unspec' | 'no-space' }[]> {
    const disks = this.#active(ref).current.devices.disks.flatMap(({ target }) =>
      target === undefined ? [] : [target.dev],
    );
    const kinds = ['unspec', 'no-space'] as const;
    return Promise.resolve(disks.map((disk, at) => ({ disk, error: kinds[at % 2] ?? 'unspec' })));
  }

  memoryPeek(ref: DomainRef, start: bigint, length: number): Promise<Uint8Array> {
    this.#active(ref);
    return Promise.resolve(pattern(start, length));
  }

  blockPeek(ref: DomainRef, disk: string, offset: bigint, length: number): Promise<Uint8Array> {
    diskOf(this.#active(ref), disk);
    return Promise.resolve(pattern(offset, length));
  }

  messages(ref: DomainRef): Promise<readonly string[]> {
    this.world.domain(ref);
    return Promise.resolve([]);
  }

  control(ref: DomainRef): Promise<{ readonly state: 'ok'; readonly details: number; readonly stateTimeMs: number }> {
    this.#active(ref);
    return Promise.resolve({ state: 'ok', details: 0, stateTimeMs: 0 });
  }

  ioThreads(
    ref: DomainRef,
    target: { readonly live?: boolean; readonly config?: boolean },
  ): Promise<readonly { readonly id: number; readonly affinity: readonly boolean[] }[]> {
    const domain = this.world.domain(ref);
    const [definition] = domain.targets(target);
    if (definition === undefined) return Promise.resolve([]);
    const pins = domain.parameters.get('iothread pins');
    const affinityOf = (id: number): readonly boolean[] => {
      const pin = pins?.get(String(id));
      const { count } = definition.vcpu;
      return Array.from({ length: count }, (_, cpu) => typeof pin !== 'string' || pin[cpu] === '1');
    };
    return Promise.resolve(ioThreads(definition).map(({ id }) => ({ id, affinity: affinityOf(id) })));
  }

  #active(ref: DomainRef): TestDomain {
    const domain = this.world.domain(ref);
    domain.requireActive();
    return domain;
  }
}

function statisticsOf(ref: DomainRef, domain: TestDomain, groups: readonly StatisticsGroup[]): DomainStatistics {
  const values: Values = new Map();
  if (groups.includes('iothread')) addIoThreads(values, domain);
  return { domain: ref, values, ...(groups.includes('state') && { state: domain.state }) };
}

function addIoThreads(values: Values, domain: TestDomain): void {
  const threads = ioThreads(domain.current);
  if (!domain.active || threads.length === 0) return;
  values.set('iothread.count', threads.length);
  for (const { id } of threads) {
    const given = domain.parameters.get(`iothread ${id}`);
    values.set(`iothread.${id}.poll-max-ns`, given?.get('poll_max_ns') ?? 32_768n);
    values.set(`iothread.${id}.poll-grow`, given?.get('poll_grow') ?? 0);
    values.set(`iothread.${id}.poll-shrink`, given?.get('poll_shrink') ?? 0);
  }
}

/** As much as one reply may carry. */
const mostBytes = 4_194_304;

/** Bytes that count up from their offset. */
function pattern(offset: bigint, length: number): Uint8Array {
  if (length > mostBytes) throw testError('INVALID_ARG', `size ${length} is larger than ${mostBytes}`);
  const from = Number(offset % 256n);
  return Uint8Array.from({ length }, (_, at) => (from + at) % 256);
}

const secondsOf = (domain: TestDomain): number => Date.now() / 1_000 - domain.startedAt;

function diskOf(domain: TestDomain, name: string): Disk {
  const found = domain.current.devices.disks.find(
    ({ target, source }) => target?.dev === name || pathOf(source) === name,
  );
  if (found === undefined) throw testError('INVALID_ARG', `invalid path: ${name}`);
  return found;
}

const pathOf = (source: Disk['source']): string | undefined =>
  source !== undefined && 'file' in source ? source.file : undefined;
