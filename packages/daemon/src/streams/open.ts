import type { ByteDuplex, ByteSink, ByteSource } from '@virtkit/core';
import { ChunkSinkEndpoint } from './chunk-sink.js';
import { ChunkSourceEndpoint } from './chunk-source.js';
import { DuplexEndpoint } from './duplex.js';
import type { StreamEndpoint } from './endpoint.js';
import { FileSinkEndpoint } from './file-sink.js';
import { FileSourceEndpoint } from './file-source.js';

export const sourceEndpoint = (source: ByteSource): StreamEndpoint =>
  source.kind === 'file' ? new FileSourceEndpoint(source) : new ChunkSourceEndpoint(source.chunks);

export const sinkEndpoint = (sink: ByteSink): StreamEndpoint =>
  sink.kind === 'file' ? new FileSinkEndpoint(sink) : new ChunkSinkEndpoint(sink);

export const duplexEndpoint = (duplex: ByteDuplex): StreamEndpoint => new DuplexEndpoint(duplex);
