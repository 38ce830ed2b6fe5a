import { parseStoragePool, parseStorageVolume, type StorageVolume } from '@virtkit/schema';
import { createCommands, imageInput, imageRequest } from '@virtkit/storage';
import { expectRefusal, expectText } from '../difference.js';
import { type CorpusCase, readExpected, readInput } from '../manifest.js';
import { wrapCommand } from '../command-line.js';

/** Volume (and what it is cloned from) in, runs of qemu-img out. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const answer = () => commandText(entry, corpusDir);
  if (entry.outcome !== 'ok') await expectRefusal(answer);
  else expectText(answer(), readExpected(entry, corpusDir, 'argv'), { joinLines: false });
}

function commandText(entry: CorpusCase, corpusDir: string): string {
  const { params } = entry;
  const volume = readVolume(entry, corpusDir, 'vol', 'pool');
  const source =
    entry.inputs['input_vol'] === undefined ? undefined : readVolume(entry, corpusDir, 'input_vol', 'input_pool');
  const preallocate = String(params['create_flags']).includes('PREALLOC_METADATA');
  const image = imageRequest(volume, { preallocate, secretFile: String(params['secret_file']) });
  const from = source && imageInput(source, String(params['input_secret_file']));
  return createCommands(image, from)
    .map((command) => wrapCommand({ environment: [], argv: [String(params['tool']), ...command] }))
    .join('');
}

function readVolume(entry: CorpusCase, corpusDir: string, volume: string, pool: string): StorageVolume {
  const { type } = parseStoragePool(readInput(entry, corpusDir, pool));
  return parseStorageVolume(readInput(entry, corpusDir, volume), type, { sizeOptional: true });
}
