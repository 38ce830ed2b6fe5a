import { existsSync } from 'node:fs';
import type { CapabilityQuery } from '@virtkit/core';
import { domainCapabilitiesDocument } from '../../capabilities/domain-capabilities.js';
import {
  acceleratorOf,
  canonicalMachine,
  findMachine,
  type QemuCapabilities,
} from '../../capabilities/qemu-capabilities.js';
import type { CpuMap } from '../../cpu/cpu-map.js';
import { decodeCpu, type DecodedCpu } from '../../cpu/decode.js';
import { cpuidFromProperties } from '../../cpu/qmp-cpu.js';
import type { DialectHost } from '../../dialect-host.js';
import { virtError } from '../../errors.js';
import { supportedFirmware } from '../../firmware/supported.js';
import { architectures } from './emulators.js';
import type { QemuServices } from '../../guests/services.js';

/** @libvirt virConnectGetDomainCapabilities */
export async function domainCapabilities(
  services: QemuServices,
  dialect: DialectHost,
  query: CapabilityQuery,
): Promise<string> {
  const { signal } = services;
  const capabilities = await emulatorFor(services, dialect, query);
  const virtType = virtTypeFor(capabilities, query.virtType);
  const machine = machineFor(capabilities, virtType, query.machine);
  const [facts, firmware] = await Promise.all([dialect.facts({ tpm: true }, signal), dialect.firmware(signal)]);
  const supported = supportedFirmware(
    firmware.descriptors,
    capabilities.arch,
    canonicalMachine(capabilities, virtType, machine),
  );
  return domainCapabilitiesDocument({
    capabilities,
    virtType,
    machine,
    loaders: supported.images.map(({ path }) => path),
    firmware: { secure: supported.secure, interfaces: supported.interfaces },
    cpuMap: facts.cpuMap,
    hostModel: facts.cpuMap === undefined ? undefined : hostModel(facts.cpuMap, capabilities, virtType),
    physicalAddressBits: facts.physicalAddressBits,
    tpmVersions: facts.tpmVersions ?? [],
    sevGuests: undefined,
    assignsPciDevices: existsSync('/dev/vfio/vfio'),
    rdp: false,
    maxVcpus: undefined,
  });
}

/** The CPU `host-model` gives with this accelerator. */
function hostModel(map: CpuMap, { accelerators }: QemuCapabilities, virtType: string): DecodedCpu | undefined {
  const accelerator = accelerators[acceleratorOf(virtType)];
  if (accelerator?.hostCpu === undefined) return undefined;
  const usable = new Map(accelerator.cpus.map((model) => [model.name, model.blockers]));
  return decodeCpu(map, cpuidFromProperties(map, accelerator.hostCpu, false), { for: 'guest', usable });
}

async function emulatorFor(
  { capabilities, signal }: QemuServices,
  dialect: DialectHost,
  query: CapabilityQuery,
): Promise<QemuCapabilities> {
  if (query.arch !== undefined && !isArchitecture(query.arch))
    throw virtError('INVALID_ARG', `unknown architecture: ${query.arch}`);
  const emulator = query.emulator ?? (await dialect.emulatorFor(query.arch ?? dialect.arch, signal));
  if (emulator === undefined) {
    throw virtError(
      'CONFIG_UNSUPPORTED',
      `unable to find any emulator to serve '${query.arch ?? dialect.arch}' architecture`,
    );
  }
  const known = await capabilities.of(emulator);
  if (query.arch !== undefined && known.arch !== query.arch) {
    throw virtError(
      'INVALID_ARG',
      `architecture from emulator '${known.arch}' doesn't match given architecture '${query.arch}'`,
    );
  }
  return known;
}

const isArchitecture = (name: string): boolean => (architectures as readonly string[]).includes(name);

function virtTypeFor({ flags, emulator }: QemuCapabilities, wanted: string | undefined): string {
  if (wanted === undefined) return flags.has('kvm') ? 'kvm' : 'qemu';
  if (wanted !== 'qemu' && wanted !== 'kvm' && wanted !== 'hvf') {
    throw virtError('INVALID_ARG', `unknown virttype: ${wanted}`);
  }
  if (wanted === 'kvm' && !flags.has('kvm')) {
    throw virtError('INVALID_ARG', `the accel 'kvm' is not supported by '${emulator}' on this host`);
  }
  return wanted;
}

function machineFor(capabilities: QemuCapabilities, virtType: string, wanted: string | undefined): string {
  if (wanted !== undefined) {
    if (findMachine(capabilities, virtType, wanted) !== undefined) return wanted;
    throw virtError('INVALID_ARG', `the machine '${wanted}' is not supported by emulator '${capabilities.emulator}'`);
  }
  const machines = capabilities.accelerators.tcg?.machines ?? capabilities.accelerators.kvm?.machines ?? [];
  return (machines.find(({ isDefault }) => isDefault) ?? machines[0])?.name ?? 'none';
}
