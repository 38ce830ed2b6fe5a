import { type Handlers, memoryFlags, type remote, targetFlags, vcpuFlags } from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { nothing, parseCpuList } from './wire.js';

const setMemory = flagged('virDomainSetMemoryFlags', memoryFlags);
const period = flagged('virDomainSetMemoryStatsPeriod', targetFlags);
const setVcpus = flagged('virDomainSetVcpusFlags', vcpuFlags);
const getVcpus = flagged('virDomainGetVcpusFlags', vcpuFlags);
const setVcpu = flagged('virDomainSetVcpu', targetFlags);

/** Number of vCPUs and size of memory. */
export const domainVcpuHandlers = {
  domainGetMaxMemory: async ({ dom }, { state }) => ({ memory: await state.session.domains.maxMemory(dom) }),
  domainSetMaxMemory: async ({ dom, memory }, { state }) =>
    nothing(
      state.session.domains.setMemory(dom, Number(memory), { maximum: true }, { function: 'virDomainSetMaxMemory' }),
    ),
  domainSetMemory: async ({ dom, memory }, { state }) =>
    nothing(state.session.domains.setMemory(dom, Number(memory), { live: true }, { function: 'virDomainSetMemory' })),
  domainSetMemoryFlags: async ({ dom, memory, flags }, { state }) =>
    nothing(state.session.domains.setMemory(dom, Number(memory), setMemory.options(flags), setMemory.via(flags))),
  domainSetMemoryStatsPeriod: async ({ dom, period: seconds, flags }, { state }) =>
    nothing(state.session.domains.setMemoryStatisticsPeriod(dom, seconds, period.options(flags), period.via(flags))),
  domainGetMaxVcpus: async ({ dom }, { state }) => ({ num: await state.session.domains.maxVcpus(dom) }),
  domainSetVcpus: async ({ dom, nvcpus }, { state }) =>
    nothing(state.session.domains.setVcpus(dom, nvcpus, { live: true }, { function: 'virDomainSetVcpus' })),
  domainSetVcpusFlags: async ({ dom, nvcpus, flags }, { state }) =>
    nothing(state.session.domains.setVcpus(dom, nvcpus, setVcpus.options(flags), setVcpus.via(flags))),
  domainGetVcpusFlags: async ({ dom, flags }, { state }) => ({
    num: await state.session.domains.vcpuCount(dom, getVcpus.options(flags), getVcpus.via(flags)),
  }),
  domainSetVcpu: async ({ dom, cpumap, state: enabled, flags }, { state }) => {
    const { options, via } = setVcpu;
    const vcpus = parseCpuList(cpumap, 'virDomainSetVcpu');
    return nothing(state.session.domains.setVcpu(dom, vcpus, enabled !== 0, options(flags), via(flags)));
  },
} satisfies Handlers<typeof remote, RemoteCall>;
