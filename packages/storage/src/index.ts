export { storageError, systemError, unsupportedFlags } from './errors.js';
export { type BackingName, backingOf } from './image/backing.js';
export { localBackingPath } from './image/backing-path.js';
export { type Header, headerOf, maxHeader } from './image/header.js';
export { type ImageMetadata, readMetadata } from './image/metadata.js';
export { probeFormat } from './image/probe.js';
export { qcow2Header, type Qcow2Layout } from './image/qcow2-writer.js';
export { createCommands, type QemuImgCommand, resizeCommand } from './qemu-img/commands.js';
export { dataFormat, type ImageInput, type ImageRequest, imageInput, imageRequest } from './qemu-img/request.js';
export type { MeasuredContents } from './subsystem/contents.js';
export { parseBackingString } from './backing/backing-string.js';
export { type ChainImage, type ImageOpener, type OpenImage, readChain } from './backing/chain.js';
export {
  type ChainLink,
  type Found,
  type LookupRequest,
  lookupInChain,
  type SameFile,
} from './backing/chain-lookup.js';
export { type Link, relativeBackingPath } from './backing/relative-path.js';
