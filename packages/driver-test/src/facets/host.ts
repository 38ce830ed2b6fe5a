import { hostname } from 'node:os';
import type { CpuMap, HostFacet, NodeInfo, SecurityModel } from '@virtkit/core';
import { testError } from '../errors.js';
import type { World } from '../world/world.js';

const maxVcpus = 32;
/** Bytes; each further cell has as much more. */
const freeOfCell = 2_097_152n;
const features = { typedParameterStrings: 9 };

/** The pretended host. */
export class TestHost implements HostFacet {
  readonly #capabilities: string;

  constructor(private readonly world: World) {
    this.#capabilities = capabilitiesOf(world.node);
  }

  type(): string {
    return 'TEST';
  }
  capabilities(): Promise<string> {
    return Promise.resolve(this.#capabilities);
  }
  version(): Promise<number> {
    return Promise.resolve(2);
  }
  hostname(): Promise<string> {
    return Promise.resolve(hostname());
  }
  info(): Promise<NodeInfo> {
    return Promise.resolve(this.world.node);
  }
  maxVcpus(): Promise<number> {
    return Promise.resolve(maxVcpus);
  }
  securityModel(): Promise<SecurityModel> {
    return Promise.resolve({ model: 'testSecurity', doi: '' });
  }
  freeMemory(): Promise<bigint> {
    const { nodes } = this.world.node;
    return Promise.resolve((freeOfCell * BigInt(nodes * (nodes + 1))) / 2n);
  }
  cellsFreeMemory(first: number, max: number): Promise<readonly bigint[]> {
    const { nodes } = this.world.node;
    if (first >= nodes) throw testError('INVALID_ARG', 'Range exceeds available cells');
    const count = Math.min(max, nodes - first);
    return Promise.resolve(Array.from({ length: count }, (_, at) => freeOfCell * BigInt(first + at + 1)));
  }
  freePages(sizesKiB: readonly number[], _firstCell: number, cells: number): Promise<readonly bigint[]> {
    return Promise.resolve(
      sizesKiB.flatMap(() => Array.from({ length: Math.min(cells, this.world.node.nodes) }, () => 64n)),
    );
  }
  cpuStatistics(): Promise<ReadonlyMap<string, bigint>> {
    const seconds = BigInt(Math.floor(process.uptime()));
    return Promise.resolve(
      new Map([
        ['kernel', seconds * 10_000_000n],
        ['user', seconds * 90_000_000n],
        ['idle', seconds * 900_000_000n],
        ['iowait', 0n],
      ]),
    );
  }
  cpuMap(): Promise<CpuMap> {
    const present = Array.from({ length: this.world.node.cpus }, () => true);
    return Promise.resolve({ present, online: present });
  }
  supportsFeature(feature: number): boolean {
    return feature === features.typedParameterStrings;
  }
}

function capabilitiesOf({ nodes, sockets, cores, threads, memoryKiB, cpus }: NodeInfo): string {
  const each = Math.floor(cpus / nodes);
  const cells = Array.from({ length: nodes }, (_, cell) =>
    cellOf(cell, Math.floor(memoryKiB / nodes), each, cores, threads),
  );
  return [
    '<capabilities>',
    '',
    '  <host>',
    '    <cpu>',
    '      <arch>i686</arch>',
    `      <topology sockets='${sockets}' dies='1' clusters='1' cores='${cores}' threads='${threads}'/>`,
    "      <pages unit='KiB' size='4'/>",
    "      <pages unit='KiB' size='2048'/>",
    '    </cpu>',
    '    <topology>',
    `      <cells num='${nodes}'>`,
    ...cells,
    '      </cells>',
    '    </topology>',
    '    <secmodel>',
    '      <model>testSecurity</model>',
    '      <doi></doi>',
    '    </secmodel>',
    '  </host>',
    '',
    ...['hvm', 'linux'].flatMap((type) => guestOf(type)),
    '</capabilities>',
    '',
  ].join('\n');
}

function cellOf(cell: number, memoryKiB: number, cpus: number, cores: number, threads: number): string {
  const first = cell * cpus;
  const entries = Array.from({ length: cpus }, (_, at) => {
    const core = Math.floor(at / threads) % cores;
    return `            <cpu id='${first + at}' socket_id='${cell}' die_id='0' cluster_id='0' core_id='${core}' siblings='${first + at}'/>`;
  });
  return [
    `        <cell id='${cell}'>`,
    `          <memory unit='KiB'>${memoryKiB}</memory>`,
    `          <cpus num='${cpus}'>`,
    ...entries,
    '          </cpus>',
    '        </cell>',
  ].join('\n');
}

function guestOf(type: string): readonly string[] {
  return [
    '  <guest>',
    `    <os_type>${type}</os_type>`,
    "    <arch name='i686'>",
    '      <wordsize>32</wordsize>',
    "      <domain type='test'/>",
    '    </arch>',
    '    <features>',
    '      <pae/>',
    '      <nonpae/>',
    "      <acpi default='on' toggle='yes'/>",
    '    </features>',
    '  </guest>',
    '',
  ];
}
