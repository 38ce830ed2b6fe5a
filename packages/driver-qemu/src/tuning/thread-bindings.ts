import type { Binding } from '@virtkit/host';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../errors.js';
import type { VcpuThread } from '../status/runtime.js';
import { emulatorCpus, iothreadCpus, vcpuCpus } from './thread-cpus.js';

/** The threads of a running guest. */
export interface GuestThreads {
  readonly pid: number;
  readonly vcpus: readonly VcpuThread[];
  /** By number. */
  readonly iothreads: ReadonlyMap<number, number>;
  /** Every processor of the host. */
  readonly all: readonly number[];
}

/** Whether a definition binds any thread. */
export const bindsThreads = ({ vcpu, cputune }: Domain): boolean =>
  vcpu.cpuset !== undefined ||
  cputune?.emulatorpin !== undefined ||
  (cputune?.vcpupins.length ?? 0) > 0 ||
  (cputune?.iothreadpins.length ?? 0) > 0;

/**
 * What binds the threads as the definition says: all of QEMU to the emulator's processors first, then those that have
 * their own. A thread without may use any, whatever the emulator may.
 * @throws `OPERATION_INVALID` for virtual CPUs of their own where QEMU runs all in one thread
 */
export function bindingsOf(definition: Domain, { pid, vcpus, iothreads, all }: GuestThreads): readonly Binding[] {
  const emulator = emulatorCpus(definition);
  if (!haveThreads(vcpus, pid)) {
    if ((definition.cputune?.vcpupins.length ?? 0) > 0)
      throw virtError('OPERATION_INVALID', 'cpu affinity is not supported');
    return emulator === undefined ? [] : [{ id: pid, whole: true, cpus: emulator }];
  }
  const usual = emulator === undefined ? undefined : all;
  const own = (id: number, cpus: readonly number[] | undefined): readonly Binding[] =>
    cpus === undefined ? [] : [{ id, cpus }];
  return [
    ...(emulator === undefined ? [] : [{ id: pid, whole: true, cpus: emulator }]),
    ...vcpus.flatMap(({ vcpu, thread }) => own(thread, vcpuCpus(definition, vcpu) ?? usual)),
    ...[...iothreads].flatMap(([id, thread]) => own(thread, iothreadCpus(definition, id) ?? usual)),
  ];
}

/** Emulation may run all virtual CPUs in one thread, or in QEMU's own. */
const haveThreads = (vcpus: readonly VcpuThread[], pid: number): boolean =>
  new Set(vcpus.map(({ thread }) => thread).filter((thread) => thread !== pid && thread > 0)).size === vcpus.length;
