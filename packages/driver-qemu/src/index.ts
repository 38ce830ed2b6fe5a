export { cacheDocument, type CacheDocumentFacts } from './capabilities/cache-xml.js';
export { CapabilityCache, type CapabilityCacheOptions, type ProbeConditions } from './capabilities/capability-cache.js';
export { distil, type ProbeResult } from './capabilities/distil.js';
export { isQemuFlag, qemuFlags, type QemuFlag } from './capabilities/flags.js';
export { firstProbe, probeArguments, secondProbe } from './capabilities/probe-commands.js';
export { ProbeRecord, readDialogue, type ProbeCommand, type ProbeReplies } from './capabilities/probe-replies.js';
export {
  guestCapabilities,
  guestCapabilitiesText,
  type GuestCapabilityOptions,
} from './capabilities/guest-capabilities.js';
export { domainCapabilitiesDocument } from './capabilities/domain-capabilities.js';
export type { DomainCapabilityFacts } from './capabilities/domain-capability-facts.js';
export * from './capabilities/qemu-capabilities.js';
export { descriptorFiles, type DescriptorFile, type DescriptorFolder } from './firmware/descriptor-files.js';
export { descriptorDocument, parseDescriptor, type FirmwareDescriptor } from './firmware/descriptor.js';
export { legacyPairs, type LegacyPair } from './firmware/legacy-pairs.js';
export { supportedFirmware, type SupportedFirmware } from './firmware/supported.js';
export { readCpuMap, registersOf, type CpuMap } from './cpu/cpu-map.js';
export { type CpuidData, signatureBits, signatureOf } from './cpu/cpuid-data.js';
export { decodeCpu, type DecodedCpu } from './cpu/decode.js';
export { cpuidFromProperties } from './cpu/qmp-cpu.js';
export { assignAliases } from './command/aliases.js';
export { buildCommand, type CommandInput, type QemuCommand } from './command/build.js';
export type { CommandConfig, CommandEnvironment } from './command/config.js';
export { deflatten } from './command/deflatten.js';
export type { JsonObject, JsonValue } from './command/json.js';
export { keyValueText } from './command/key-value.js';
export type { CommandResources } from './command/resources.js';
export { pretendPlaces, type PretendedPlaces } from './command/prepare.js';
export { updateGuestCpu, type HostCpu } from './command/guest-cpu.js';
export type * from './complete/facts.js';
export { qemuDialect, qemuSteps } from './dialect.js';
export type { DialectHost } from './dialect-host.js';
export { qemuNamespaceRows } from './namespace/qemu-rows.js';
export { validateDefinition } from './validate/validate-definition.js';
export { completeForStart } from './complete/definition.js';
export { QmpConnection } from './monitor/qmp-connection.js';
export { probeEmulator, type ProbeOptions } from './process/probe-emulator.js';
export { createDriver, QemuDriver } from './driver.js';
export type { QemuConnection } from './connection.js';
export { default as plugin } from './plugin.js';
export { domainToNative, type NativeFacts } from './native.js';
