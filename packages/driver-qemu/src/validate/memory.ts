import { errorsFrom, parseNumberSet } from '@virtkit/schema';
import type { Domain, HugePage } from '@virtkit/schema';
import { archOf } from '../complete/machine.js';
import type { QemuFacts } from '../complete/facts.js';
import { has, unsupported } from './refuse.js';

const domainError = errorsFrom('DOMAIN');
const xmlDetail = (text: string): never => {
  throw domainError('XML_DETAIL', text);
};

/** Memory that QEMU cannot set up as asked. */
export function checkMemory(domain: Domain, facts: QemuFacts): void {
  checkSlots(domain);
  if (domain.devices.memory.some(({ model }) => model === 'sgx-epc') && !has(facts, 'sgx-epc'))
    unsupported("sgx epc isn't supported by this QEMU binary");
  checkNodes(domain);
  const { memtune, memoryBacking } = domain;
  if (memtune?.minGuarantee !== undefined && memtune.minGuarantee > 0)
    unsupported("Parameter 'min_guarantee' not supported by QEMU.");
  if (memoryBacking === undefined) return;
  const { hugepages, allocation, source } = memoryBacking;
  if (hugepages === undefined) return;
  if (allocation === 'ondemand') unsupported('hugepages are not allowed with memory allocation ondemand');
  if (source === 'anonymous') unsupported('hugepages are not allowed with anonymous memory source');
  checkHugepages(hugepages, domain.cpu?.numa?.cells.length ?? 0);
}

/** Modules are plugged into slots, which belong to NUMA cells; pseries machines do without the cells. */
function checkSlots(domain: Domain): void {
  if (domain.devices.memory.length > 0 && domain.maxMemory === undefined)
    unsupported("cannot use/hotplug a memory device when domain 'maxMemory' is not defined");
  const isPluggable = (domain.maxMemory?.slots ?? 0) > 0;
  const cells = domain.cpu?.numa?.cells.length ?? 0;
  if (isPluggable && cells === 0 && !archOf(domain).startsWith('ppc64'))
    unsupported('At least one numa node has to be configured when enabling memory hotplug');
}

/** Modules belong to NUMA cells that are there. */
function checkNodes({ devices, cpu }: Domain): void {
  const cells = cpu?.numa?.cells.length ?? 0;
  for (const { target } of devices.memory) {
    const { node } = target;
    if (cells === 0 || node === undefined || node < cells) continue;
    xmlDetail(
      `can't add memory backend for guest node '${node}' as the guest has only '${cells}' NUMA nodes configured`,
    );
  }
}

/** Each kind of page belongs to cells of its own; one kind may be for all the rest. */
function checkHugepages(pages: readonly HugePage[], cells: number): void {
  let master: HugePage | undefined;
  const named = new Set<number>();
  for (const page of pages) {
    if (page.nodeset === undefined || isAll(page, cells)) {
      if (master !== undefined) xmlDetail(`two master hugepages detected: ${page.size} and ${master.size}`);
      master = page;
      continue;
    }
    for (const node of parseNumberSet(page.nodeset) ?? []) checkNode(node, cells, named, page);
  }
}

/** Without NUMA cells all memory is that of cell 0. */
const isAll = ({ nodeset }: HugePage, cells: number): boolean => cells === 0 && nodeset === '0';

function checkNode(node: number, cells: number, named: Set<number>, page: HugePage): void {
  const isPlain = cells === 0 && node === 0;
  if (node >= cells && !isPlain) xmlDetail(`hugepages: node ${node} not found`);
  if (named.has(node)) xmlDetail(`nodeset attribute of hugepages of sizes ${page.size} and ${page.size} intersect`);
  named.add(node);
}
