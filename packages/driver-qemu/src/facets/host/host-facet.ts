import { open } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Call, CapabilityQuery, CpuMap, HostFacet, NodeInfo, SecurityModel } from '@virtkit/core';
import {
  cpuCounts,
  fileTree,
  freeMemory,
  memoryStatistics,
  nodeMemory,
  numaNodes,
  onlineCpus,
  parseCpuStatistics,
  presentCpus,
  readSysinfo,
  memoryOfNodes,
} from '@virtkit/host';
import { errorsFrom } from '@virtkit/schema';
import { systemError, virtError } from '../../errors.js';
import type { QemuServices } from '../../guests/services.js';
import type { DialectHost } from '../../dialect-host.js';
import { capabilitiesDocument } from './capabilities-document.js';
import { DocumentMemo, programFolders, stampOf } from './document-memo.js';
import { domainCapabilities } from './domain-capabilities.js';
import { findEmulator } from './emulators.js';

/** What libvirt answers for emulated processors, whatever the machine. */
const mostEmulated = 16;
const plainError = errorsFrom('NONE');

/** The host as guests of QEMU see it. */
export class QemuHost implements HostFacet {
  readonly #services: QemuServices;
  readonly #dialect: DialectHost;
  readonly #tree = fileTree();
  readonly #documents = new DocumentMemo();
  readonly #seen = new WeakMap<object, number>();
  #lastSeen = 0;

  constructor(services: QemuServices, dialect: DialectHost) {
    this.#services = services;
    this.#dialect = dialect;
  }

  type(): string {
    return 'QEMU';
  }

  capabilities(_call: Call): Promise<string> {
    const { arch } = this.#dialect;
    const stamp = stampOf([...programFolders(), '/dev/kvm', '/sys/devices/system/cpu']);
    return this.#documents.of('capabilities', stamp, () => capabilitiesDocument(this.#services, arch, this.#tree));
  }

  async domainCapabilities(query: CapabilityQuery, { signal }: Call): Promise<string> {
    const { arch } = this.#dialect;
    const emulator = query.emulator ?? (await this.#dialect.emulatorFor(query.arch ?? arch, signal)) ?? '';
    const { descriptors } = await this.#dialect.firmware(signal);
    const stamp = `${stampOf([emulator, '/dev/kvm', ...programFolders()])}\n${this.#numberOf(descriptors)}`;
    return await this.#documents.of(JSON.stringify(query), stamp, () =>
      domainCapabilities(this.#services, this.#dialect, query),
    );
  }

  /** Of the emulator for the host's own architecture. */
  async version({ signal }: Call): Promise<number> {
    const emulator = await this.#dialect.emulatorFor(this.#dialect.arch, signal);
    if (emulator === undefined)
      throw virtError('INTERNAL_ERROR', 'Cannot find suitable emulator for ' + this.#dialect.arch);
    return (await this.#services.capabilities.of(emulator)).version;
  }

  async hostname(_call: Call): Promise<string> {
    return hostname();
  }

  async info(_call: Call): Promise<NodeInfo> {
    return {
      model: this.#dialect.arch,
      memoryKiB: Number(memoryOfNodes(this.#tree)),
      ...cpuCounts(this.#tree, this.#dialect.arch),
    };
  }

  async sysinfo(call: Call): Promise<string> {
    const text = await readSysinfo(this.#services.host.commands, this.#tree, this.#dialect.arch, call.signal);
    if (text !== undefined) return text;
    throw virtError('CONFIG_UNSUPPORTED', 'Host SMBIOS information is not available');
  }

  async maxVcpus(type: string | undefined, _call: Call): Promise<number> {
    const name = (type ?? 'qemu').toLowerCase();
    if (name === 'qemu' || name === 'kqemu') return name === 'qemu' ? mostEmulated : 1;
    if (name === 'kvm') return await kvmMaximum(this.#services, this.#dialect.arch);
    throw virtError('INVALID_ARG', `unknown type '${type ?? ''}'`);
  }

  async securityModel(_call: Call): Promise<SecurityModel> {
    return { model: 'none', doi: '0' };
  }

  async cpuStatistics(cpu: number | undefined, _call: Call): Promise<ReadonlyMap<string, bigint>> {
    return parseCpuStatistics(this.#tree.text('proc/stat') ?? '', cpu);
  }

  async memoryStatistics(cell: number | undefined, _call: Call): Promise<ReadonlyMap<string, bigint>> {
    return memoryStatistics(this.#tree, cell);
  }

  async freeMemory(_call: Call): Promise<bigint> {
    return freeMemory(this.#tree);
  }

  async cellsFreeMemory(first: number, max: number, _call: Call): Promise<readonly bigint[]> {
    const nodes = numaNodes(this.#tree)
      .filter((node) => node >= first)
      .slice(0, max);
    const last = Math.max(0, ...numaNodes(this.#tree));
    if (first > last) throw plainError('INTERNAL_ERROR', `start cell ${first} out of range (0-${last})`);
    return nodes.map((node) => (nodeMemory(this.#tree, node)?.free ?? 0n) * 1024n);
  }

  async cpuMap(_call: Call): Promise<CpuMap> {
    const [present, online] = [presentCpus(this.#tree), onlineCpus(this.#tree)];
    const length = Math.max(-1, ...present) + 1;
    const bits = (set: ReadonlySet<number>): readonly boolean[] =>
      Array.from({ length }, (_value, cpu) => set.has(cpu));
    return { present: bits(present), online: bits(online) };
  }

  /** A number that stays with an object: the firmware descriptors are the same ones until their files change. */
  #numberOf(object: object): number {
    const known = this.#seen.get(object) ?? (this.#lastSeen += 1);
    this.#seen.set(object, known);
    return known;
  }

  supportsFeature(_feature: number): boolean {
    return false;
  }
}

/** The kernel's own limit needs an ioctl; what QEMU's default machine takes is at most that. */
async function kvmMaximum({ capabilities }: QemuServices, arch: string): Promise<number> {
  try {
    await (await open('/dev/kvm', 'r')).close();
  } catch (cause) {
    throw systemError('Unable to open /dev/kvm', cause);
  }
  const emulator = await findEmulator(arch, arch);
  const machines = emulator === undefined ? [] : ((await capabilities.of(emulator)).accelerators.kvm?.machines ?? []);
  return Math.max(1, ...machines.map(({ maxCpus }) => maxCpus));
}
