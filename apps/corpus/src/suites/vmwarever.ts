import { productVersion, type VmwareProduct } from '@virtkit/driver-esx';
import { expectJson } from '../difference.js';
import { type CorpusCase, readInput } from '../manifest.js';

/** A product's own words in, its version out. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const product = String(entry.params['product']) as VmwareProduct; // the corpus knows no other
  expectJson({ version: productVersion(product, readInput(entry, corpusDir, 'text')) }, entry.value);
}
