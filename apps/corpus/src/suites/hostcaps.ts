import { join } from 'node:path';
import { type CellMemory, type FileTree, formatTopology, hostTopology, mergedTree, recordedTree } from '@virtkit/host';
import { expectText } from '../difference.js';
import { type CorpusCase, readExpected } from '../manifest.js';
import { readTree } from './recorded-tree.js';

/** Node N of the pretended machine has N + 1 GiB, and pages of three sizes. */
const memory: CellMemory = {
  memoryKiB: (node = 0) => BigInt(node + 1) << 20n,
  pages: (node = 0) =>
    [4, 2048, 1_048_576].map((sizeKiB, index) => ({ sizeKiB, count: BigInt((node + 1 + index) * 2048) })),
  distances: false,
};

export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  const trees = (entry.support ?? []).flatMap((path) => treesOf(path, corpusDir));
  const topology = formatTopology(hostTopology(mergedTree(...trees), memory), '    ');
  expectText(document(entry, topology), readExpected(entry, corpusDir, 'xml'));
}

/** A recording, and those of processors its links point to. */
function treesOf(path: string, corpusDir: string): readonly FileTree[] {
  const recording = readTree(join(corpusDir, path));
  const place = path.endsWith('resctrl.tree.json') ? 'sys/fs/resctrl' : 'sys/devices/system';
  const outside = new Set(
    Object.values(recording.links).flatMap((target) => /virhostcpudata\/([^/]+)\//.exec(target)?.[1] ?? []),
  );
  const others = [...outside].map((name) => readTree(join(corpusDir, 'hostcpu', `${name}.tree.json`)));
  return [recording, ...others].map((one) => recordedTree(one, place));
}

function document({ params }: CorpusCase, topology: string): string {
  const live = params['live_migrate'] === true ? '      <live/>\n' : '';
  const migration = `    <migration_features>\n${live}    </migration_features>\n`;
  return [
    '<capabilities>\n\n  <host>\n    <cpu>\n',
    `      <arch>${String(params['arch'])}</arch>\n    </cpu>\n`,
    "    <power_management/>\n    <iommu support='no'/>\n",
    params['offline_migrate'] === true ? migration : '',
    topology,
    '  </host>\n\n</capabilities>\n',
  ].join('');
}
