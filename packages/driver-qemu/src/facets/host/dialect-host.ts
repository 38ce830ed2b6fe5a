import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CpuMap } from '../../cpu/cpu-map.js';
import type { CapabilityCache } from '../../capabilities/capability-cache.js';
import type { FirmwareFacts } from '../../complete/facts.js';
import type { DialectHost } from '../../dialect-host.js';
import { parseDescriptor } from '../../firmware/descriptor.js';
import { descriptorFiles, type DescriptorFolder } from '../../firmware/descriptor-files.js';
import type { DriverPaths } from '../../process/guest-paths.js';
import { cpuInfoField, fileTree, findProgram } from '@virtkit/host';
import { existsSync } from 'node:fs';
import { findEmulator } from './emulators.js';
import { tpmVersions } from './tpm-versions.js';

export interface DialectHostOptions {
  readonly arch: string;
  readonly paths: DriverPaths;
  readonly capabilities: CapabilityCache;
  readonly session: boolean;
  readonly cpuMap: () => CpuMap | undefined;
}

/** The host's answers to completion and checks of definitions. */
export function dialectHost(options: DialectHostOptions): DialectHost {
  const { arch, paths, capabilities } = options;
  return {
    arch,
    emulatorFor: (wanted) => findEmulator(wanted, arch),
    capabilities: (emulator) => capabilities.of(emulator),
    facts: async () => ({
      arch,
      isPciExpress: ({ domain, bus, slot, function: fn }) => {
        const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
        const folder = `/sys/bus/pci/devices/${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${fn}`;
        return existsSync(folder) ? existsSync(`${folder}/max_link_speed`) : undefined;
      },
      tpmVersions: (await findProgram('swtpm')) === undefined ? undefined : await tpmVersions(),
      cpuMap: options.cpuMap(),
      physicalAddressBits: physicalBits(),
    }),
    firmware: () => firmwareFacts(paths, options.session),
    settings: () => ({
      channelTargetDirectories: [paths.channelDir],
      stateDirectory: paths.libDir,
      nographicsAllowHostAudio: false,
      vncAllowHostAudio: false,
      spiceTls: false,
    }),
  };
}

export function physicalBits(): number | undefined {
  const field = cpuInfoField(fileTree().text('proc/cpuinfo') ?? '', 'address sizes');
  const bits = /^(\d+) bits physical/.exec(field ?? '')?.[1];
  return bits === undefined ? undefined : Number(bits);
}

async function firmwareFacts(paths: DriverPaths, session: boolean): Promise<FirmwareFacts> {
  const home = process.env['XDG_CONFIG_HOME'] ?? join(process.env['HOME'] ?? '/', '.config');
  const folders = ['/usr/share/qemu/firmware', '/etc/qemu/firmware', ...(session ? [join(home, 'qemu/firmware')] : [])];
  const files = descriptorFiles(await Promise.all(folders.map(readFolder)));
  return {
    descriptors: files.flatMap(({ content }) => parseDescriptor(content) ?? []),
    legacy: [],
    nvramDirectory: paths.nvramDir,
  };
}

async function readFolder(path: string): Promise<DescriptorFolder> {
  const names = (await readdir(path).catch((): string[] => [])).filter((name) => name.endsWith('.json'));
  const files = await Promise.all(
    names.map(async (name) => ({ name, content: await readFile(join(path, name), 'utf8').catch(() => '') })),
  );
  return { path, files };
}
