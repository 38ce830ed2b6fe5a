import {
  baselineCpuFlags,
  compareCpuFlags,
  cpuComparisons,
  type Handlers,
  noFlags,
  type remote,
} from '@virtkit/protocol';
import type { CapabilityQuery } from '@virtkit/core';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';

const fromNative = flagged('virConnectDomainXMLFromNative', noFlags);
const toNative = flagged('virConnectDomainXMLToNative', noFlags);
const compare = flagged('virConnectCompareCPU', compareCpuFlags);
const compareHypervisor = flagged('virConnectCompareHypervisorCPU', compareCpuFlags);
const baseline = flagged('virConnectBaselineCPU', baselineCpuFlags);
const baselineHypervisor = flagged('virConnectBaselineHypervisorCPU', baselineCpuFlags);
const models = flagged('virConnectGetCPUModelNames', noFlags);

/** Conversion to and from native configurations, CPU models. */
export const domainNativeHandlers = {
  connectDomainXMLFromNative: async ({ nativeFormat, nativeConfig, flags }, { state }) => ({
    domainXml: await state.session.native.connection.fromNative(nativeFormat, nativeConfig, fromNative.via(flags)),
  }),
  connectDomainXMLToNative: async ({ nativeFormat, domainXml, flags }, { state }) => ({
    nativeConfig: await state.session.native.connection.toNative(nativeFormat, domainXml, toNative.via(flags)),
  }),
  connectCompareCPU: async ({ xml, flags }, { state }) => {
    const result = await state.session.host.compareCpu(xml, compare.options(flags), compare.via(flags));
    return { result: cpuComparisons.number(result) ?? -1 };
  },
  connectCompareHypervisorCPU: async ({ xmlCPU, flags, ...query }, { state }) => {
    const { options, via } = compareHypervisor;
    const { host } = state.session;
    const result = await host.compareHypervisorCpu(capabilityQuery(query), xmlCPU, options(flags), via(flags));
    return { result: cpuComparisons.number(result) ?? -1 };
  },
  connectBaselineCPU: async ({ xmlCPUs, flags }, { state }) => ({
    cpu: await state.session.host.baselineCpu(xmlCPUs, baseline.options(flags), baseline.via(flags)),
  }),
  connectBaselineHypervisorCPU: async ({ xmlCPUs, flags, ...query }, { state }) => {
    const { options, via } = baselineHypervisor;
    const { host } = state.session;
    return { cpu: await host.baselineHypervisorCpu(capabilityQuery(query), xmlCPUs, options(flags), via(flags)) };
  },
  connectGetCPUModelNames: async ({ arch, needResults, flags }, { state }) => {
    const names = await state.session.host.cpuModelNames(arch, models.via(flags));
    return { models: needResults ? [...names] : [], ret: names.length };
  },
} satisfies Handlers<typeof remote, RemoteCall>;

interface WireQuery {
  readonly emulator: string | undefined;
  readonly arch: string | undefined;
  readonly machine: string | undefined;
  readonly virttype: string | undefined;
}

const capabilityQuery = ({ emulator, arch, machine, virttype }: WireQuery): CapabilityQuery => ({
  ...(emulator !== undefined && { emulator }),
  ...(arch !== undefined && { arch }),
  ...(machine !== undefined && { machine }),
  ...(virttype !== undefined && { virtType: virttype }),
});
