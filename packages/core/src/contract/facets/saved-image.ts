import type { Domain } from '@virtkit/schema';
import type { Call } from '../call.js';
import type { DomainRef } from '../references.js';

export interface SaveOptions {
  readonly bypassCache?: boolean;
  readonly running?: boolean;
  readonly paused?: boolean;
  readonly resetNvram?: boolean;
  readonly definition?: Domain;
  readonly imageFormat?: string;
  readonly parallelChannels?: number;
}

/** Memory images: save and restore by file, managed save, core dumps. */
export interface SavedImageFacet {
  save?(domain: DomainRef, file: string, options: SaveOptions, call: Call): Promise<void>;
  restore?(file: string, options: SaveOptions, call: Call): Promise<void>;
  imageDefinition?(file: string, call: Call): Promise<Domain>;
  defineImage?(file: string, definition: Domain, options: SaveOptions, call: Call): Promise<void>;
  managedSave?(domain: DomainRef, options: SaveOptions, call: Call): Promise<void>;
  removeManagedSave?(domain: DomainRef, call: Call): Promise<void>;
  managedSaveDefinition?(domain: DomainRef, call: Call): Promise<Domain>;
  defineManagedSave?(domain: DomainRef, definition: Domain, options: SaveOptions, call: Call): Promise<void>;
  coreDump?(
    domain: DomainRef,
    file: string,
    format: 'raw' | 'kdump-zlib' | 'kdump-lzo' | 'kdump-snappy' | 'win-dmp',
    options: {
      readonly crash?: boolean;
      readonly live?: boolean;
      readonly bypassCache?: boolean;
      readonly reset?: boolean;
      readonly memoryOnly?: boolean;
    },
    call: Call,
  ): Promise<void>;
}
