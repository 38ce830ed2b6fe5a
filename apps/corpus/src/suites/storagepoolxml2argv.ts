import { parseStoragePool } from '@virtkit/schema';
import { mountArguments } from '@virtkit/storage-fs';
import { expectText, Difference } from '../difference.js';
import { wrapCommand } from '../command-line.js';
import { type CorpusCase, readExpected, readInput } from '../manifest.js';

/** Pool types that a command of the host starts, as far as there is a backend for them. */
const starts = { fs: 'mount', netfs: 'mount' } as const;

/** Pool document in, the command that starts it out. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const pool = parseStoragePool(readInput(entry, corpusDir, 'xml'));
  const program = pool.type === 'fs' || pool.type === 'netfs' ? starts[pool.type] : undefined;
  if (entry.outcome === 'ok' && program === undefined)
    throw new Difference(`no backend starts pools of type ${pool.type}`);
  if (entry.outcome !== 'ok') {
    if (program !== undefined) throw new Difference(`started by ${program}, nothing was expected`);
    return;
  }
  const text = wrapCommand({ environment: [], argv: [program ?? '', ...mountArguments(pool)] });
  expectText(text, readExpected(entry, corpusDir, 'argv'), { joinLines: false });
}
