import { join } from 'node:path';
import type { Commands } from '@virtkit/core';
import type { CpuMap } from '../../cpu/cpu-map.js';
import type { CapabilityCache } from '../../capabilities/capability-cache.js';
import type { DialectHost } from '../../dialect-host.js';
import type { DriverPaths } from '../../process/guest-paths.js';
import { cpuInfoField, fileTree } from '@virtkit/host';
import { findEmulator } from './emulators.js';
import { firmwareFacts } from './firmware-facts.js';
import { programFinder } from './program-finder.js';
import { tpmVersions } from './tpm-versions.js';

export interface DialectHostOptions {
  readonly arch: string;
  readonly paths: DriverPaths;
  readonly capabilities: CapabilityCache;
  readonly session: boolean;
  readonly commands: Commands;
  readonly cpuMap: () => CpuMap | undefined;
}

/** The host's answers to completion and checks of definitions. */
export function dialectHost(options: DialectHostOptions): DialectHost {
  const { arch, paths, capabilities } = options;
  const firmware = firmwareFacts(firmwareFolders(options.session), paths.nvramDir);
  const find = programFinder();
  const versions = tpmVersions(options.commands, find);
  const addressBits = physicalBits();
  return {
    arch,
    emulatorFor: (wanted) => findEmulator(wanted, arch, find),
    capabilities: (emulator) => capabilities.of(emulator),
    facts: async ({ tpm }) => ({
      arch,
      isPciExpress: ({ domain, bus, slot, function: fn }) => {
        const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
        const folder = `sys/bus/pci/devices/${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${fn}`;
        const files = fileTree().names(folder);
        return files.length === 0 ? undefined : files.includes('max_link_speed');
      },
      tpmVersions: tpm ? await versions() : undefined,
      get cpuMap() {
        return options.cpuMap();
      },
      physicalAddressBits: addressBits,
    }),
    firmware: async () => firmware,
    settings: () => ({
      channelTargetDirectories: [paths.channelDir],
      stateDirectory: paths.libDir,
      nographicsAllowHostAudio: false,
      vncAllowHostAudio: false,
      spiceTls: false,
    }),
  };
}

function physicalBits(): number | undefined {
  const field = cpuInfoField(fileTree().text('proc/cpuinfo') ?? '', 'address sizes');
  const bits = /^(\d+) bits physical/.exec(field ?? '')?.[1];
  return bits === undefined ? undefined : Number(bits);
}

function firmwareFolders(session: boolean): readonly string[] {
  const home = process.env['XDG_CONFIG_HOME'] ?? join(process.env['HOME'] ?? '/', '.config');
  return ['/usr/share/qemu/firmware', '/etc/qemu/firmware', ...(session ? [join(home, 'qemu/firmware')] : [])];
}
