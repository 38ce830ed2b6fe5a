import { readFileSync, writeFileSync } from 'node:fs';
import { SchemaDocuments, type Call, type DomainRef, type SavedImageFacet, type SaveOptions } from '@virtkit/core';
import { type Domain, formatDomain } from '@virtkit/schema';
import { testDialect } from '../dialect.js';
import { testError } from '../errors.js';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

const magic = 'virtkit-test-save 1\n';

/** Saved guests: a file holds the definition, as there is no memory to keep. */
export class TestSavedImages implements SavedImageFacet {
  readonly #documents = new SchemaDocuments(testDialect);

  constructor(private readonly world: World) {}

  save(ref: DomainRef, file: string, options: SaveOptions): Promise<void> {
    const domain = this.#active(ref);
    const text = formatDomain(options.definition ?? domain.current, { secure: true });
    try {
      writeFileSync(file, magic + text, { mode: 0o600 });
    } catch (cause) {
      throw testError('SYSTEM_ERROR', `saving domain '${domain.name}' to '${file}': open failed`, { cause });
    }
    this.#stop(domain);
    return Promise.resolve();
  }

  async restore(file: string, options: SaveOptions, call: Call): Promise<void> {
    const definition = options.definition ?? (await this.imageDefinition(file, call));
    const domain = this.world.enter(definition);
    if (domain.active) throw testError('OPERATION_INVALID', `domain is already active as '${domain.name}'`);
    this.world.start(domain, definition, 'restored', options.paused === true);
    this.world.listeners.domain(domain.ref, { type: 'lifecycle', event: 'started', detail: 'restored' });
  }

  imageDefinition(file: string, call: Pick<Call, 'signal'>): Promise<Domain> {
    const content = readImage(file);
    if (!content.startsWith(magic)) throw testError('INTERNAL_ERROR', 'mismatched header magic');
    return this.#documents.domain(content.slice(magic.length), 'load', {}, call.signal);
  }

  managedSave(ref: DomainRef): Promise<void> {
    const domain = this.#active(ref);
    if (!domain.persistent) throw testError('OPERATION_INVALID', 'cannot do managed save for transient domain');
    domain.managedSave = structuredClone(domain.current);
    this.#stop(domain);
    return Promise.resolve();
  }

  removeManagedSave(ref: DomainRef): Promise<void> {
    const domain = this.world.domain(ref);
    domain.managedSave = undefined;
    domain.generation += 1;
    return Promise.resolve();
  }

  coreDump(ref: DomainRef, file: string, format: string, options: { readonly crash?: boolean }): Promise<void> {
    const domain = this.#active(ref);
    if (format !== 'raw') throw testError('OPERATION_UNSUPPORTED', 'kdump-compressed format is not supported here');
    try {
      writeFileSync(file, 'virtkit-test-core\n', { mode: 0o600 });
    } catch (cause) {
      throw testError('SYSTEM_ERROR', `domain '${domain.name}' coredump: failed to open ${file}`, { cause });
    }
    if (options.crash === true) {
      this.world.stop(domain, 'crashed');
      this.world.listeners.domain(ref, { type: 'lifecycle', event: 'stopped', detail: 'crashed' });
    }
    return Promise.resolve();
  }

  #active(ref: DomainRef): TestDomain {
    const domain = this.world.domain(ref);
    domain.requireActive();
    return domain;
  }

  #stop(domain: TestDomain): void {
    const { uuid, name } = domain;
    this.world.stop(domain, 'saved');
    this.world.listeners.domain({ uuid, name }, { type: 'lifecycle', event: 'stopped', detail: 'saved' });
  }
}

function readImage(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw testError('SYSTEM_ERROR', `cannot read domain image '${file}'`, { cause });
  }
}
