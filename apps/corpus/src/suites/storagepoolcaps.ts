import { formatPoolCapabilities } from '@virtkit/schema';
import { expectText } from '../difference.js';
import { type CorpusCase, readExpected } from '../manifest.js';

/** Which pool types there are backends for, as a document. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const supported = entry.params['supported_pools'];
  const has = (type: string): boolean => supported === 'all' || (Array.isArray(supported) && supported.includes(type));
  expectText(formatPoolCapabilities(has), readExpected(entry, corpusDir, 'xml'));
}
