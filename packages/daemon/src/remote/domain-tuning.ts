import { Buffer } from 'node:buffer';
import { type Handlers, limits, noFlags, type remote, targetFlags, type TypedParameterInput } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import { flagged, flaggedParameters } from './flagged.js';
import { type ParameterValue, parametersFrom, typedParameters } from './parameters.js';
import type { RemoteCall } from './state.js';
import { bit, cpuBytes, cpusFrom, nothing } from './wire.js';

const rpcError = errorsFrom('RPC');
const scheduler = flaggedParameters('virDomainGetSchedulerParametersFlags', targetFlags);
const setScheduler = flagged('virDomainSetSchedulerParametersFlags', targetFlags);
const memory = flaggedParameters('virDomainGetMemoryParameters', targetFlags);
const setMemory = flagged('virDomainSetMemoryParameters', targetFlags);
const blkio = flaggedParameters('virDomainGetBlkioParameters', targetFlags);
const setBlkio = flagged('virDomainSetBlkioParameters', targetFlags);
const numa = flaggedParameters('virDomainGetNumaParameters', targetFlags);
const setNuma = flagged('virDomainSetNumaParameters', targetFlags);
const perf = flaggedParameters('virDomainGetPerfEvents', targetFlags);
const setPerf = flagged('virDomainSetPerfEvents', targetFlags);
const blockIo = flaggedParameters('virDomainGetBlockIoTune', targetFlags);
const setBlockIo = flagged('virDomainSetBlockIoTune', targetFlags);
const nic = flaggedParameters('virDomainGetInterfaceParameters', targetFlags);
const setNic = flagged('virDomainSetInterfaceParameters', targetFlags);
const setIoThread = flagged('virDomainSetIOThreadParams', targetFlags);
const pinVcpu = flagged('virDomainPinVcpuFlags', targetFlags);
const vcpuPins = flagged('virDomainGetVcpuPinInfo', targetFlags);
const pinEmulator = flagged('virDomainPinEmulator', targetFlags);
const emulatorPin = flagged('virDomainGetEmulatorPinInfo', targetFlags);
const pinIoThread = flagged('virDomainPinIOThread', targetFlags);
const addIoThread = flagged('virDomainAddIOThread', targetFlags);
const delIoThread = flagged('virDomainDelIOThread', targetFlags);
const threshold = flagged('virDomainSetBlockThreshold', noFlags);
const throttle = flagged('virDomainSetThrottleGroup', targetFlags);
const delThrottle = flagged('virDomainDelThrottleGroup', targetFlags);
const launchInfo = flaggedParameters('virDomainGetLaunchSecurityInfo', noFlags);
const launchState = flagged('virDomainSetLaunchSecurityState', noFlags);

/** Shares, limits, pinning, security labels. */
export const domainTuningHandlers = {
  domainGetSchedulerType: async ({ dom }, { state }) => {
    const { type, parameters } = await state.session.tuning.schedulerType(dom);
    return { type, nparams: parameters };
  },
  domainGetSchedulerParameters: async ({ dom, nparams }, { state }) => {
    const via = { function: 'virDomainGetSchedulerParameters' } as const;
    return { params: some(await state.session.tuning.read(dom, 'scheduler', {}, via), nparams) };
  },
  domainGetSchedulerParametersFlags: async ({ dom, nparams, flags }, { state }) => {
    const { options, via } = scheduler;
    return { params: some(await state.session.tuning.read(dom, 'scheduler', options(flags), via(flags)), nparams) };
  },
  domainSetSchedulerParameters: async ({ dom, params }, { state }) => {
    const via = { function: 'virDomainSetSchedulerParameters' } as const;
    return nothing(state.session.tuning.write(dom, 'scheduler', parametersFrom(params), { live: true }, via));
  },
  domainSetSchedulerParametersFlags: async ({ dom, params, flags }, { state }) => {
    const { options, via } = setScheduler;
    return nothing(state.session.tuning.write(dom, 'scheduler', parametersFrom(params), options(flags), via(flags)));
  },
  domainGetMemoryParameters: async ({ dom, nparams, flags }, { state }) =>
    counted(await state.session.tuning.read(dom, 'memory', memory.options(flags), memory.via(flags)), nparams),
  domainSetMemoryParameters: async ({ dom, params, flags }, { state }) => {
    const { options, via } = setMemory;
    return nothing(state.session.tuning.write(dom, 'memory', parametersFrom(params), options(flags), via(flags)));
  },
  domainGetBlkioParameters: async ({ dom, nparams, flags }, { state }) =>
    counted(await state.session.tuning.read(dom, 'blkio', blkio.options(flags), blkio.via(flags)), nparams),
  domainSetBlkioParameters: async ({ dom, params, flags }, { state }) => {
    const { options, via } = setBlkio;
    return nothing(state.session.tuning.write(dom, 'blkio', parametersFrom(params), options(flags), via(flags)));
  },
  domainGetNumaParameters: async ({ dom, nparams, flags }, { state }) =>
    counted(await state.session.tuning.read(dom, 'numa', numa.options(flags), numa.via(flags)), nparams),
  domainSetNumaParameters: async ({ dom, params, flags }, { state }) => {
    const { options, via } = setNuma;
    return nothing(state.session.tuning.write(dom, 'numa', parametersFrom(params), options(flags), via(flags)));
  },
  domainGetPerfEvents: async ({ dom, flags }, { state }) => ({
    params: typedParameters(await state.session.tuning.read(dom, 'perf', perf.options(flags), perf.via(flags))),
  }),
  domainSetPerfEvents: async ({ dom, params, flags }, { state }) => {
    const { options, via } = setPerf;
    return nothing(state.session.tuning.write(dom, 'perf', parametersFrom(params), options(flags), via(flags)));
  },
  domainGetBlockIoTune: async ({ dom, disk, nparams, flags }, { state }) => {
    const { options, via } = blockIo;
    return counted(await state.session.tuning.readBlockIo(dom, disk ?? '', options(flags), via(flags)), nparams);
  },
  domainSetBlockIoTune: async ({ dom, disk, params, flags }, { state }) => {
    const { options, via } = setBlockIo;
    return nothing(state.session.tuning.writeBlockIo(dom, disk, parametersFrom(params), options(flags), via(flags)));
  },
  domainGetInterfaceParameters: async ({ dom, device, nparams, flags }, { state }) =>
    counted(await state.session.tuning.readInterface(dom, device, nic.options(flags), nic.via(flags)), nparams),
  domainSetInterfaceParameters: async ({ dom, device, params, flags }, { state }) => {
    const { options, via } = setNic;
    return nothing(
      state.session.tuning.writeInterface(dom, device, parametersFrom(params), options(flags), via(flags)),
    );
  },
  domainSetIOThreadParams: async ({ dom, iothreadId, params, flags }, { state }) => {
    const { options, via } = setIoThread;
    return nothing(
      state.session.tuning.writeIoThread(dom, iothreadId, parametersFrom(params), options(flags), via(flags)),
    );
  },
  domainPinVcpu: async ({ dom, vcpu, cpumap }, { state }) =>
    nothing(
      state.session.tuning.pinVcpu(dom, vcpu, cpusFrom(cpumap), { live: true }, { function: 'virDomainPinVcpu' }),
    ),
  domainPinVcpuFlags: async ({ dom, vcpu, cpumap, flags }, { state }) =>
    nothing(state.session.tuning.pinVcpu(dom, vcpu, cpusFrom(cpumap), pinVcpu.options(flags), pinVcpu.via(flags))),
  domainGetVcpuPinInfo: async ({ dom, ncpumaps, maplen, flags }, { state }) => {
    checkMaps(ncpumaps, maplen);
    const pins = await state.session.tuning.vcpuPins(dom, vcpuPins.options(flags), vcpuPins.via(flags));
    const maps = pins.slice(0, ncpumaps).map((map) => cpuBytes(map, maplen));
    return { cpumaps: Buffer.concat(maps), num: maps.length };
  },
  domainPinEmulator: async ({ dom, cpumap, flags }, { state }) => {
    const { options, via } = pinEmulator;
    return nothing(state.session.tuning.pinEmulator(dom, cpusFrom(cpumap), options(flags), via(flags)));
  },
  domainGetEmulatorPinInfo: async ({ dom, maplen, flags }, { state }) => {
    checkMaps(1, maplen);
    const map = await state.session.tuning.emulatorPin(dom, emulatorPin.options(flags), emulatorPin.via(flags));
    return { cpumaps: cpuBytes(map, maplen), ret: 1 };
  },
  domainPinIOThread: async ({ dom, iothreadsId, cpumap, flags }, { state }) => {
    const { options, via } = pinIoThread;
    return nothing(state.session.tuning.pinIoThread(dom, iothreadsId, cpusFrom(cpumap), options(flags), via(flags)));
  },
  domainAddIOThread: async ({ dom, iothreadId, flags }, { state }) => {
    const { options, via } = addIoThread;
    return nothing(state.session.domains.addIoThread(dom, iothreadId, options(flags), via(flags)));
  },
  domainDelIOThread: async ({ dom, iothreadId, flags }, { state }) => {
    const { options, via } = delIoThread;
    return nothing(state.session.domains.removeIoThread(dom, iothreadId, options(flags), via(flags)));
  },
  domainSetBlockThreshold: async ({ dom, dev, threshold: bytes, flags }, { state }) =>
    nothing(state.session.tuning.setBlockThreshold(dom, dev, bytes, threshold.via(flags))),
  domainSetThrottleGroup: async ({ dom, group, params, flags }, { state }) => {
    const { options, via } = throttle;
    return nothing(
      state.session.tuning.setThrottleGroup(dom, group, parametersFrom(params), options(flags), via(flags)),
    );
  },
  domainDelThrottleGroup: async ({ dom, group, flags }, { state }) => {
    const { options, via } = delThrottle;
    return nothing(state.session.tuning.removeThrottleGroup(dom, group ?? '', options(flags), via(flags)));
  },
  domainGetSecurityLabel: async ({ dom }, { state }) => wireLabel(await state.session.security.label(dom)),
  domainGetSecurityLabelList: async ({ dom }, { state }) => {
    const labels = (await state.session.security.labels(dom)).map(wireLabel);
    return { labels, ret: labels.length };
  },
  domainGetLaunchSecurityInfo: async ({ dom, flags }, { state }) => ({
    params: typedParameters(await state.session.security.launchInfo(dom, launchInfo.via(flags))),
  }),
  domainSetLaunchSecurityState: async ({ dom, params, flags }, { state }) =>
    nothing(state.session.security.setLaunchState(dom, parametersFrom(params), launchState.via(flags))),
} satisfies Handlers<typeof remote, RemoteCall>;

type Values = ReadonlyMap<string, ParameterValue>;

/** A client asks with room for none how many there are, then with that room. */
const some = (values: Values, nparams: number): TypedParameterInput[] =>
  nparams <= 0 ? [] : typedParameters(values).slice(0, nparams);
const counted = (values: Values, nparams: number): { params: TypedParameterInput[]; nparams: number } => ({
  params: some(values, nparams),
  nparams: values.size,
});

const wireLabel = ({ label, enforcing }: { readonly label: string; readonly enforcing: boolean }) => ({
  label,
  enforcing: bit(enforcing),
});

function checkMaps(maps: number, length: number): void {
  if (maps <= 0 || length < 0) throw rpcError('INVALID_ARG', 'number of processor maps must be greater than zero');
  if (maps > limits.vcpuinfo) throw rpcError('INTERNAL_ERROR', 'ncpumaps > REMOTE_VCPUINFO_MAX');
  if (maps * length > limits.cpumaps) throw rpcError('INTERNAL_ERROR', 'ncpumaps * maplen > REMOTE_CPUMAPS_MAX');
}
