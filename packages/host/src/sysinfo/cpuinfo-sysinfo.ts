import { cpuInfoField } from '../machine/cpu-model.js';
import type { HostSysinfo, SysinfoSection } from './sysinfo.js';

const none: HostSysinfo = { baseBoards: [], processors: [], memoryDevices: [], oemStrings: [] };

/** Machines without SMBIOS: what /proc/cpuinfo tells of an ARM one. */
export function armSysinfo(cpuinfo: string): HostSysinfo {
  const type = cpuInfoField(cpuinfo, 'Processor') ?? cpuInfoField(cpuinfo, 'model name');
  const processors = values(cpuinfo, 'processor').map((number) => present({ socket_destination: number, type }));
  return { ...none, processors };
}

/** What /proc/cpuinfo tells of a POWER machine. */
export function ppcSysinfo(cpuinfo: string): HostSysinfo {
  const system = present({
    version: cpuInfoField(cpuinfo, 'machine'),
    serial: cpuInfoField(cpuinfo, 'model'),
    family: cpuInfoField(cpuinfo, 'platform'),
  });
  const processors = cpuinfo.split(/^(?=processor\s*:)/m).flatMap((block) => {
    const number = cpuInfoField(block, 'processor');
    if (number === undefined) return [];
    return [
      present({
        socket_destination: number,
        type: cpuInfoField(block, 'cpu'),
        version: cpuInfoField(block, 'revision'),
      }),
    ];
  });
  return { ...none, system, processors };
}

/** What /proc/sysinfo and /proc/cpuinfo tell of a mainframe. */
export function s390Sysinfo(cpuinfo: string, sysinfo: string): HostSysinfo {
  const system = present({
    manufacturer: cpuInfoField(sysinfo, 'Manufacturer'),
    serial: cpuInfoField(sysinfo, 'Sequence Code'),
    family: cpuInfoField(sysinfo, 'Type'),
  });
  const speeds = values(cpuinfo, 'cpu MHz dynamic');
  const manufacturer = cpuInfoField(cpuinfo, 'vendor_id');
  const lines = cpuinfo.split('\n').filter((line) => /^processor \d+:/.test(line));
  const processors = lines.map((line, index) => {
    const part = (name: string) => new RegExp(`${name} = ([^,\\s]+)`).exec(line)?.[1];
    return present({
      family: part('machine'),
      manufacturer,
      version: part('version'),
      max_speed: speeds[index],
      serial_number: part('identification'),
    });
  });
  return { ...none, system, processors };
}

const present = (entries: Readonly<Record<string, string | undefined>>): SysinfoSection =>
  Object.entries(entries).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

function values(text: string, name: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 && line.slice(0, colon).trim() === name ? [line.slice(colon + 1).trim()] : [];
  });
}
