import { formatStorageVolume, parseStoragePool, parseStorageVolume } from '@virtkit/schema';
import { expectText } from '../difference.js';
import { type CorpusCase, readExpected, readInput } from '../manifest.js';

/** Volume document of a pool in, the same document as libvirt writes it out. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const pool = parseStoragePool(readInput(entry, corpusDir, 'pool'));
  const sizeOptional = String(entry.params['parse_flags']).includes('NO_CAPACITY');
  const volume = parseStorageVolume(readInput(entry, corpusDir, 'xml'), pool.type, { sizeOptional });
  expectText(formatStorageVolume(volume), readExpected(entry, corpusDir, 'xml'));
}
