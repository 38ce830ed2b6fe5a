import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  cpuPlace,
  type FileTree,
  fileTree,
  formatCpuList,
  nodeMemory,
  numaNodes,
  onlineCpus,
  parseCpuList,
  totalMemory,
} from '@virtkit/host';
import { element, leaf, writeDocument, type Item } from '../../capabilities/document.js';
import { guestCapabilities } from '../../capabilities/guest-capabilities.js';
import type { QemuServices } from '../../guests/services.js';
import { cacheItems } from './host-caches.js';
import { hostCpu, pageSizes } from './host-cpu.js';
import { architectures, findEmulator } from './emulators.js';

/** The `<capabilities>` document: the host, and what its emulators run. Emulators are asked once. */
export async function capabilitiesDocument(services: QemuServices, arch: string, tree: FileTree): Promise<string> {
  const [uuid, guests, native] = await Promise.all([hostUuid(services), allGuests(services, arch), services.native()]);
  const host = element('host', {}, [
    leaf('uuid', uuid),
    hostCpu(tree, { arch, map: services.cpuMap(), cpuid: native?.cpuid }),
    element('power_management', {}),
    element('iommu', { support: tree.names('sys/kernel/iommu_groups').length > 0 ? 'yes' : 'no' }),
    element('migration_features', {}, [
      element('live', {}),
      element('uri_transports', {}, [leaf('uri_transport', 'tcp'), leaf('uri_transport', 'rdma')]),
    ]),
    topology(tree),
    ...cacheItems(tree),
    ...securityModels(services),
  ]);
  return spaced(writeDocument(element('capabilities', {}, [host, ...guests])));
}

/** libvirt sets the parts of this document apart by empty lines. */
const spaced = (text: string): string =>
  text.replace(/^(?= {2}<(?:host|guest)>)/gm, '\n').replace(/^(?=<\/capabilities>)/m, '\n');

/** Its own from the firmware where that is one, else one made once. */
async function hostUuid({ directories, host }: QemuServices): Promise<string> {
  const firmware = fileTree().text('sys/class/dmi/id/product_uuid') ?? '';
  if (/^[0-9a-f-]{36}$/i.test(firmware)) return firmware.toLowerCase();
  const path = join(directories.state, 'host-uuid');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim() !== '') return kept.trim();
  const made = randomUUID();
  await mkdir(directories.state, { recursive: true });
  await host.files.write(path, `${made}\n`);
  return made;
}

async function allGuests({ capabilities, logger }: QemuServices, host: string): Promise<readonly Item[]> {
  const found = await Promise.all(
    architectures.map(async (arch) => {
      const emulator = await findEmulator(arch, host);
      if (emulator === undefined) return [];
      try {
        const known = await capabilities.of(emulator);
        const native = arch === host || (host === 'x86_64' && arch === 'i686');
        return [guestCapabilities(known, { machines: true, kvm: native, arch })];
      } catch (cause) {
        logger.warning('an emulator cannot be asked what it can do', { emulator, cause });
        return [];
      }
    }),
  );
  return found.flat();
}

function topology(tree: FileTree): Item {
  const nodes = numaNodes(tree);
  const cells = (nodes.length > 0 ? nodes : [0]).map((node) => cell(tree, node, nodes.length === 0));
  return element('topology', {}, [element('cells', { num: String(cells.length) }, cells)]);
}

function cell(tree: FileTree, node: number, only: boolean): Item {
  const memory = only ? totalMemory(tree) : (nodeMemory(tree, node)?.total ?? 0n);
  const list = tree.text(`sys/devices/system/node/node${node}/cpulist`);
  const cpus = only || list === undefined ? [...onlineCpus(tree)] : parseCpuList(list);
  return element('cell', { id: String(node) }, [
    leaf('memory', memory.toString(), { unit: 'KiB' }),
    ...pageSizes(tree).map((size) =>
      leaf('pages', pagesOf(tree, node, memory, size), { unit: 'KiB', size: String(size) }),
    ),
    element('distances', {}, [element('sibling', { id: String(node), value: '10' })]),
    element(
      'cpus',
      { num: String(cpus.length) },
      cpus.map((cpu) => cpuItem(tree, cpu)),
    ),
  ]);
}

/** Huge pages are what was reserved; ordinary ones all of the memory beside them. */
function pagesOf(tree: FileTree, node: number, memory: bigint, size: number): string {
  const reserved = (wanted: number): bigint =>
    BigInt(
      (tree.text(`sys/devices/system/node/node${node}/hugepages/hugepages-${wanted}kB/nr_hugepages`) ?? '0').trim(),
    );
  if (size !== 4) return reserved(size).toString();
  const huge = pageSizes(tree)
    .filter((other) => other !== 4)
    .reduce((sum, other) => sum + reserved(other) * BigInt(other), 0n);
  return ((memory - huge) / 4n).toString();
}

function cpuItem(tree: FileTree, cpu: number): Item {
  const place = cpuPlace(tree, cpu);
  return element('cpu', {
    id: String(cpu),
    socket_id: String(place.socket),
    die_id: String(place.die),
    cluster_id: String(place.cluster),
    core_id: String(place.core),
    siblings: formatCpuList(place.siblings),
  });
}

function securityModels({ user }: QemuServices): readonly Item[] {
  const model = (name: string, labels: readonly Item[]): Item =>
    element('secmodel', {}, [leaf('model', name), leaf('doi', '0'), ...labels]);
  if (user === undefined) return [model('none', [])];
  const label = `+${user.uid}:+${user.gid}`;
  return [
    model('none', []),
    model('dac', [leaf('baselabel', label, { type: 'kvm' }), leaf('baselabel', label, { type: 'qemu' })]),
  ];
}
