import type { Commands } from '@virtkit/core';
import type { FileTree } from '../machine/file-tree.js';
import { armSysinfo, ppcSysinfo, s390Sysinfo } from './cpuinfo-sysinfo.js';
import { dmidecodeArguments, oemStringArguments, parseDmi } from './dmi.js';
import { formatSysinfo, type HostSysinfo } from './sysinfo.js';

/** The `<sysinfo>` document of this machine; undefined when neither firmware nor kernel tell anything. */
export async function readSysinfo(
  commands: Commands,
  tree: FileTree,
  arch: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const found = await find(commands, tree, arch, signal);
  return found && formatSysinfo(found);
}

async function find(
  commands: Commands,
  tree: FileTree,
  arch: string,
  signal?: AbortSignal,
): Promise<HostSysinfo | undefined> {
  const cpuinfo = tree.text('proc/cpuinfo') ?? '';
  if (arch.startsWith('ppc')) return ppcSysinfo(cpuinfo);
  if (arch.startsWith('s390')) return s390Sysinfo(cpuinfo, tree.text('proc/sysinfo') ?? '');
  const dmi = await readDmi(commands, signal);
  if (dmi !== undefined) return dmi;
  return arch.startsWith('a') ? armSysinfo(cpuinfo) : undefined;
}

async function readDmi(commands: Commands, signal?: AbortSignal): Promise<HostSysinfo | undefined> {
  const options = signal ? { signal } : {};
  if ((await commands.find('dmidecode')) === undefined) return undefined;
  const result = await commands.run('dmidecode', dmidecodeArguments, options);
  if (result.code !== 0 || !result.stdout.includes('Information')) return undefined;
  return parseDmi(result.stdout, async (number) =>
    (await commands.expect('dmidecode', oemStringArguments(number), options)).trimEnd(),
  );
}
