import type { Call, HostFacet, NodeInfo } from '@virtkit/core';
import { esxError } from '../errors.js';
import type { ManagedObject } from '../soap/envelope.js';
import type { Answer } from '../soap/answer.js';
import type { Guests } from '../vim/guests.js';
import { retrieveOne } from '../vim/property-collector.js';
import { hostCapabilities } from './capabilities.js';

/** The host guests run on. A connection to more than one host knows little of them. */
export function hostFacet(guests: Guests): HostFacet {
  const { session } = guests;
  const properties = async (names: readonly string[], call: Call): Promise<ReadonlyMap<string, Answer>> =>
    retrieveOne(session, await theHost(guests, call), names, call);
  return {
    type: () => 'ESX',
    version: async () => versionNumber(session.content.version),
    capabilities: async (call) => {
      const { host } = await guests.place(call);
      const found =
        host === undefined
          ? new Map<string, Answer>()
          : await retrieveOne(session, host, ['hardware.systemInfo.uuid'], call);
      return hostCapabilities(found.get('hardware.systemInfo.uuid')?.text);
    },
    async hostname(call) {
      const found = await properties(
        ['config.network.dnsConfig.hostName', 'config.network.dnsConfig.domainName', 'name'],
        call,
      );
      const name = found.get('config.network.dnsConfig.hostName')?.text ?? found.get('name')?.text ?? '';
      const domain = found.get('config.network.dnsConfig.domainName')?.text ?? '';
      return domain === '' ? name : `${name}.${domain}`;
    },
    async info(call) {
      return nodeInfo(
        await properties(
          ['hardware.cpuInfo', 'hardware.memorySize', 'hardware.numaInfo.numNodes', 'summary.hardware.cpuModel'],
          call,
        ),
      );
    },
    async freeMemory(call) {
      const found = await properties(['hardware.memorySize', 'summary.quickStats.overallMemoryUsage'], call);
      const used = (found.get('summary.quickStats.overallMemoryUsage')?.bigint ?? 0n) * 1024n * 1024n;
      return (found.get('hardware.memorySize')?.bigint ?? 0n) - used;
    },
  };
}

export async function theHost(guests: Guests, call: Call): Promise<ManagedObject> {
  const { host } = await guests.place(call);
  if (host === undefined) throw esxError('NO_SUPPORT', 'this connection is about more than one host');
  return host;
}

/** `6.5.0` as libvirt counts versions. */
function versionNumber(version: string): number {
  const [major = 0, minor = 0, release = 0] = version.split('.').map(Number);
  return major * 1_000_000 + minor * 1_000 + release;
}

const longestModel = 31;
function nodeInfo(found: ReadonlyMap<string, Answer>): NodeInfo {
  const cpu = found.get('hardware.cpuInfo');
  const sockets = cpu?.get('numCpuPackages').number ?? 1;
  const cores = cpu?.get('numCpuCores').number ?? 1;
  const threads = cpu?.get('numCpuThreads').number ?? cores;
  const hertz = cpu?.get('hz').bigint ?? 0n;
  return {
    model: shortModel(found.get('summary.hardware.cpuModel')?.text ?? ''),
    memoryKiB: Number((found.get('hardware.memorySize')?.bigint ?? 0n) / 1024n),
    cpus: cores,
    mhz: Number(hertz / 1_000_000n),
    nodes: found.get('hardware.numaInfo.numNodes')?.number ?? 1,
    sockets,
    cores: Math.max(1, Math.floor(cores / sockets)),
    threads: Math.max(1, Math.floor(threads / cores)),
  };
}

/** As short as clients can hold it: no trade marks, no doubled blanks. */
const shortModel = (model: string): string =>
  model
    .replaceAll(/\((R|TM)\)/g, '')
    .replaceAll(/ +/g, ' ')
    .trim()
    .slice(0, longestModel);
