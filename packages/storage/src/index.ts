export { errnoOf, storageError, systemError } from './errors.js';
export { type BackingName, backingOf } from './image/backing.js';
export { type ImageFormat, imageFormats } from './image/formats.js';
export { type Header, headerOf, maxHeader } from './image/header.js';
export { type ImageMetadata, readMetadata } from './image/metadata.js';
export { probeFormat } from './image/probe.js';
export { qcow2Header, type Qcow2Layout } from './image/qcow2-writer.js';
export { createCommands, type QemuImgCommand, resizeCommand } from './qemu-img/commands.js';
export { dataFormat, type ImageInput, type ImageRequest, imageInput, imageRequest } from './qemu-img/request.js';
