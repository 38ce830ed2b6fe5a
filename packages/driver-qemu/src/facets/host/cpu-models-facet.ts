import type { Call, CpuModelsFacet } from '@virtkit/core';
import { isArchitecture } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import { hostCpuModelNames } from './host-cpu-map.js';

/** The models of CPUs that guests may name. */
export class QemuCpuModels implements CpuModelsFacet {
  /** @libvirt virConnectGetCPUModelNames */
  async modelNames(arch: string, _call: Call): Promise<readonly string[]> {
    if (!isArchitecture(arch)) throw virtError('INVALID_ARG', `cannot find architecture ${arch}`);
    const names = hostCpuModelNames(arch);
    if (names === undefined)
      throw virtError(
        'OPERATION_UNSUPPORTED',
        "the table of CPU models is not installed: it comes with libvirt's library",
      );
    return names;
  }
}
