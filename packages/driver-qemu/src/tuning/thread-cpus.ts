import { availableParallelism } from 'node:os';
import { cpuFlags, parseCpuList } from '@virtkit/host';
import type { Domain } from '@virtkit/schema';

type Cpus = readonly number[] | undefined;

const listed = (cpuset: string | undefined): Cpus => (cpuset === undefined ? undefined : parseCpuList(cpuset));

/** Processors the threads of the emulator may use; undefined: any. `<emulatorpin>` */
export const emulatorCpus = ({ cputune, vcpu }: Domain): Cpus => listed(cputune?.emulatorpin?.cpuset ?? vcpu.cpuset);

/** Processors a virtual CPU may use; undefined: any. `<vcpupin>` */
export const vcpuCpus = ({ cputune, vcpu }: Domain, number: number): Cpus =>
  listed(cputune?.vcpupins.find((pin) => pin.vcpu === number)?.cpuset ?? vcpu.cpuset);

/** Processors an I/O thread may use; undefined: any. `<iothreadpin>` */
export const iothreadCpus = ({ cputune, vcpu }: Domain, id: number): Cpus =>
  listed(cputune?.iothreadpins.find((pin) => pin.iothread === id)?.cpuset ?? vcpu.cpuset);

/** A flag for each processor of this host. */
export function hostFlags(cpus: Cpus): readonly boolean[] {
  const length = availableParallelism();
  return cpus === undefined ? Array.from({ length }, () => true) : cpuFlags(cpus, length);
}
