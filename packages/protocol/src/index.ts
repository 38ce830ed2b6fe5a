export { admin } from './admin.js';
export { keepalive } from './keepalive.js';
export { lxc } from './lxc.js';
export { streamHole, type StreamHole, wireError, type WireError, type WireErrorInput } from './message/error.js';
export {
  beginMessage,
  endMessage,
  type MessageHeader,
  messageLimits,
  messageStatus,
  messageType,
  readHeader,
} from './message/header.js';
export { type MessageSink, MessageSplitter } from './message/splitter.js';
export * from './program.js';
export { qemu } from './qemu.js';
export { limits } from './remote/limits.js';
export * from './remote/objects.js';
export { remote } from './remote.js';
export { array, optional, struct } from './xdr/composites.js';
export { XdrReader } from './xdr/reader.js';
export type * from './xdr/type.js';
export {
  type TypedParameter,
  type TypedParameterInput,
  type TypedParameterType,
  typedParameterTypes,
} from './xdr/typed-parameters.js';
export { XdrWriter } from './xdr/writer.js';
export { XdrError } from './xdr/xdr-error.js';
export * from './flags/domain-flags.js';
export { bitsOf, type FlagBits, type FlagOptions, namesOf, optionsOf } from './flags/flag-set.js';
export * from './flags/host-flags.js';
export * from './flags/object-flags.js';
export * from './words/domain-words.js';
export * from './words/object-words.js';
export { parameterType } from './words/parameter-types.js';
export { type WordTable, wordTable } from './words/word-table.js';
