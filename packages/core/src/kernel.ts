/** The kernel: what composes plugins into sessions, for daemons and for programs that need none. */
export type { AccessObjectKind, AccessPolicy, AccessSubject } from './kernel/access/policy.js';
export { type FunctionName, functionRules } from './kernel/access/function-rules.js';
export type { FunctionRule, Permission } from './kernel/access/rule.js';
export { SchemaDocuments } from './kernel/documents/schema-documents.js';
export { Document } from './kernel/documents/document.js';
export type { Documents, DomainFormat, ParseOptions as DocumentParseOptions } from './kernel/documents/documents.js';
export {
  changeMetadata,
  type Described,
  type MetadataQuery,
  type MetadataRequest,
  readMetadata,
} from './kernel/documents/metadata.js';
export { directoriesBelow } from './kernel/directories-below.js';
export { capabilityMatrix, type MatrixColumn } from './kernel/capability-matrix.js';
export type { LoadedDriver } from './kernel/drivers.js';
export { type InProcessOptions, inProcessCall } from './kernel/in-process-call.js';
export { Scope } from './kernel/scope.js';
export { createKernel, Kernel } from './kernel/kernel.js';
export type { KernelConfig, KernelOptions, PluginSource } from './kernel/options.js';
export {
  type KernelPackages,
  ownKernelPackages,
  type PluginDiagnosis,
  PluginFolder,
  type PluginFolderOptions,
} from './kernel/plugins/plugin-folder.js';
export type { ContributionState, PluginReport } from './kernel/plugins/contribution-entry.js';
export type { ActivatableFilter } from './kernel/session/activatable-filter.js';
export type { CheckpointFilter } from './kernel/session/checkpoints.js';
export type { DomainXmlOptions } from './kernel/session/domain-documents.js';
export type { DomainFilter } from './kernel/session/domain-filter.js';
export type { CreateOptions } from './kernel/session/domain-lifecycle.js';
export { libvirtVersion } from './kernel/session/host.js';
export type { DriverIdentity } from './kernel/driver-identity.js';
export type { DomainHandle } from './kernel/session/pipeline.js';
export type { ObjectHandle } from './kernel/session/resolvers.js';
export type { SavedImageOptions } from './kernel/session/saved-images.js';
export { Session } from './kernel/session/session.js';
export type { EventFilter, SessionEvents } from './kernel/session/session-events.js';
export type { SnapshotFilter } from './kernel/session/snapshot-tree.js';
export type { AllStatisticsOptions } from './kernel/session/statistics.js';
export type { PoolFilter } from './kernel/session/storage-pools.js';
export type { RawFlags, Via } from './kernel/session/via.js';
export { formatUri } from './kernel/uri/format-uri.js';
export { parseUri } from './kernel/uri/parse-uri.js';
export { queryParameters } from './kernel/uri/query.js';
export type { BusEvent, DomainBusEvent, ObjectBusEvent } from './events/event-bus.js';
export type { EventQueue } from './events/event-queue.js';
export type { JobInfo } from './jobs/domain-jobs.js';
export { refuseUnsafeName } from './objects/object-name.js';
export { silentLogger } from './testing/services.js';
export { type LogLevel, streamLogger, type StreamLoggerOptions } from './kernel/stream-logger.js';
