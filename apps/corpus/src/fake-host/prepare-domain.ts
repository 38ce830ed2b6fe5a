import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { qemuNamespaceRows, qemuSteps, validateDefinition } from '@virtkit/driver-qemu';
import type { QemuFacts } from '@virtkit/driver-qemu';
import { completeDomain, formatDomain, parseDomain } from '@virtkit/schema';
import type { Domain } from '@virtkit/schema';
import type { CorpusCase } from '../manifest.js';
import { countingUuid } from '../suites/counting-uuid.js';
import { fakeCapabilities } from './capabilities.js';
import { fakeFacts } from './facts.js';

/** A definition as the driver keeps it, and what it was completed with. */
export interface PreparedDomain {
  readonly definition: Domain;
  readonly facts: QemuFacts;
}

const extensions = { namespaces: [qemuNamespaceRows] };

/** Reads, completes and checks the document of a case. Throws what refuses it. */
export function prepareDomain(entry: CorpusCase, corpusDir: string): PreparedDomain {
  const file = join(corpusDir, entry.inputs['xml'] ?? '');
  return prepareText(readFileSync(file, 'utf8'), entry, corpusDir, file);
}

/** As `prepareDomain`, for a text that is not the case's own. */
export function prepareText(text: string, entry: CorpusCase, corpusDir: string, file?: string): PreparedDomain {
  const arch = String(entry.params['arch']);
  const capabilities = fakeCapabilities(entry, corpusDir, {
    emulator: `/usr/bin/qemu-system-${arch === 'i686' ? 'i386' : arch}`,
  });
  const facts = fakeFacts(entry, corpusDir, capabilities);
  const definition = parseDomain(text, { extensions, ...(file === undefined ? {} : { file }) });
  const options = { randomUuid: countingUuid, randomMac: () => '52:54:00:00:00:00', isNew: facts.isNew };
  completeDomain(definition, options, qemuSteps, facts);
  validateDefinition(definition, facts);
  return { definition, facts };
}

/** The document as the corpus writes it: with running state and passwords. */
export const preparedText = (definition: Domain): string =>
  formatDomain(definition, { live: true, secure: true, extensions });
