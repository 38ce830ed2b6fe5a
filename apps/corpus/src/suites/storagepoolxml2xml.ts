import { formatStoragePool, parseStoragePool } from '@virtkit/schema';
import { expectText } from '../difference.js';
import { type CorpusCase, readExpected, readInput } from '../manifest.js';
import { countingUuid } from './counting-uuid.js';

/** Pool document in, the same document as libvirt writes it out. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const pool = parseStoragePool(readInput(entry, corpusDir, 'xml'), { freshUuid: countingUuid });
  expectText(formatStoragePool(pool), readExpected(entry, corpusDir, 'xml'));
}
