import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  acceleratorOf,
  cpuidFromProperties,
  decodeCpu,
  descriptorFiles,
  domainCapabilitiesDocument,
  findMachine,
  parseDescriptor,
  readCpuMap,
  supportedFirmware,
} from '@virtkit/driver-qemu';
import type { CpuMap, DecodedCpu, QemuCapabilities } from '@virtkit/driver-qemu';
import { expectText } from '../difference.js';
import { CaseBroken, readExpected } from '../manifest.js';
import type { RunCase } from '../manifest.js';
import { fakeCapabilities } from '../fake-host/capabilities.js';
import { readFolders } from '../fake-host/firmware-folders.js';

interface Parameters {
  readonly arch: string;
  readonly emulator: string;
  readonly machine: string | null;
  readonly virt_type: string;
  readonly tpm_versions: readonly string[];
}

export const run: RunCase = async (entry, corpusDir) => {
  if (entry.driver !== 'qemu') throw new CaseBroken(`no driver ${entry.driver}`);
  const parameters = entry.params as unknown as Parameters; // the suite's own parameters
  const capabilities = fakeCapabilities(entry, corpusDir, { emulator: parameters.emulator });
  const virtType = parameters.virt_type;
  const machine = parameters.machine ?? capabilities.accelerators[acceleratorOf(virtType)]?.machines[0]?.name ?? '';
  const cpuMap = readCpuMap((file) => readFileSync(join(corpusDir, 'cpu_map', file), 'utf8'));
  const name = findMachine(capabilities, virtType, machine)?.name ?? machine;
  const descriptors = descriptorFiles(readFolders(corpusDir))
    .map((file) => parseDescriptor(file.content))
    .filter((found) => found !== undefined);
  const document = domainCapabilitiesDocument({
    capabilities,
    virtType,
    machine,
    loaders: ['/obviously/fake/firmware1.fd', '/obviously/fake/firmware2.fd'],
    firmware: supportedFirmware(descriptors, parameters.arch, name),
    cpuMap,
    hostModel: hostModel(cpuMap, capabilities, virtType),
    physicalAddressBits: 64,
    tpmVersions: parameters.tpm_versions,
    assignsPciDevices: true,
    sevGuests: { plain: 59, encryptedState: 450 },
    rdp: true,
    maxVcpus: undefined,
  });
  expectText(document, readExpected(entry, corpusDir, 'xml'));
};

function hostModel(map: CpuMap, capabilities: QemuCapabilities, virtType: string): DecodedCpu | undefined {
  const accelerator = capabilities.accelerators[acceleratorOf(virtType)];
  if (accelerator?.hostCpu === undefined) return undefined;
  const usable = new Map(accelerator.cpus.map((model) => [model.name, model.blockers]));
  return decodeCpu(map, cpuidFromProperties(map, accelerator.hostCpu, false), { for: 'guest', usable });
}
