import type { MemoryDevice } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { has, type CommandContext, type Section } from './context.js';
import { hugepageOf } from './hugepages.js';
import type { JsonObject } from './json.js';
import { memoryBackendOptions, type MemoryRequest } from './memory-backend.js';
import { moduleMemory } from './memory-size.js';
import { hostNodes } from './numa-policy.js';
import { device, object, type QemuOption } from './option.js';
import { virtioDriver } from './virtio.js';

/** Memory modules: the memory itself, then the device. */
export const memoryDevicesSection: Section = (context) =>
  context.domain.devices.memory.flatMap((memory) =>
    // Enclave memory is named by the machine, it is no device.
    memory.model === 'sgx-epc'
      ? [object(enclaveMemory(memory, context))]
      : [...memoryOptions(memory, context), device(memoryDevice(memory, context))],
  );

/** Options of the memory behind a module. */
const memoryOptions = (memory: MemoryDevice, context: CommandContext): readonly QemuOption[] =>
  memoryBackendOptions(request(memory, context), context);

const bytes = (kib: number | undefined): number | undefined => (kib === undefined ? undefined : kib * 1024);

function request(memory: MemoryDevice, context: CommandContext): MemoryRequest {
  const { source, target, model } = memory;
  const isPiecewise = model === 'virtio-mem';
  return {
    id: `mem${memory.alias}`,
    size: moduleMemory(target?.size, context.domain) * 1024,
    fileName: memory.alias,
    node: target?.node,
    access: memory.access,
    discard: memory.discard,
    path: source?.path,
    pageSize: source?.pagesize,
    nodeset: source?.nodemask,
    align: bytes(source?.alignsize),
    pmem: source?.pmem,
    ...(isPiecewise && { reserve: false, ...(has(context, 'virtio-mem-pci.prealloc') && { prealloc: false }) }),
    ...(model === 'nvdimm' && !source?.pmem && { prealloc: true }),
  };
}

function enclaveMemory(memory: MemoryDevice, context: CommandContext): JsonObject {
  const nodes = hostNodes({ node: memory.target?.node, nodeset: memory.source?.nodemask }, context);
  return {
    'qom-type': 'memory-backend-epc',
    id: `mem${memory.alias}`,
    prealloc: true,
    size: moduleMemory(memory.target?.size, context.domain) * 1024,
    'host-nodes': nodes?.nodes,
    policy: nodes?.policy,
  };
}

/** The device (`device_add`). */
export function memoryDevice(memory: MemoryDevice, context: CommandContext): JsonObject {
  const { model, target } = memory;
  const isPiecewise = model === 'virtio-mem';
  return {
    driver: model === 'dimm' ? 'pc-dimm' : model === 'nvdimm' ? 'nvdimm' : virtioDriver(model, memory),
    node: model === 'virtio-pmem' ? undefined : target?.node,
    'label-size': bytes(target?.labelSize),
    'block-size': bytes(target?.block),
    'requested-size': bytes(target?.requested),
    uuid: memory.uuid,
    unarmed: target?.readonly ? 'on' : undefined,
    memdev: `mem${memory.alias}`,
    prealloc: isPiecewise && preallocates(memory, context) ? true : undefined,
    memaddr: target?.base,
    'dynamic-memslots': target?.dynamicMemslots || undefined,
    id: memory.alias,
    ...addressProperties(memory, context.domain),
  };
}

const preallocates = ({ target, source }: MemoryDevice, context: CommandContext): boolean =>
  has(context, 'virtio-mem-pci.prealloc') &&
  (context.domain.memoryBacking?.allocation === 'immediate' ||
    hugepageOf({ node: target?.node, pageSize: source?.pagesize }, context) !== undefined);
