import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cpuCounts,
  cpuSignature,
  mergedTree,
  parseCpuStatistics,
  recordedTree,
  type FileTree,
  type RecordedFiles,
} from '@virtkit/host';
import { expectRefusal, expectText } from '../difference.js';
import { CaseBroken, readExpected, readInput, type CorpusCase } from '../manifest.js';
import { readTree } from './recorded-tree.js';

const nanosecondsPerTick = 10_000_000n;

/** Processors of a recorded machine, or its processor statistics. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  if (entry.params['operation'] === 'cpu-stats') return statistics(entry, corpusDir);
  const arch = String(entry.params['arch']);
  const cpuinfo = readInput(entry, corpusDir, 'cpuinfo');
  const tree = mergedTree(
    recordedTree(folder(entry, corpusDir), 'sys/devices/system'),
    single('proc/cpuinfo', cpuinfo),
  );
  const counts = cpuCounts(tree, arch, arch.startsWith('ppc64') ? 8 : 0);
  const all = counts.nodes * counts.sockets * counts.cores * counts.threads;
  expectText(
    `CPUs: ${counts.cpus}/${all}, MHz: ${counts.mhz}, Nodes: ${counts.nodes}, Sockets: ${counts.sockets}, Cores: ${counts.cores}, Threads: ${counts.threads}\n`,
    readExpected(entry, corpusDir, 'text'),
  );
  if (entry.expected['signature'])
    expectText(cpuSignature(cpuinfo, arch) ?? '', readExpected(entry, corpusDir, 'signature'));
}

function folder(entry: CorpusCase, corpusDir: string): RecordedFiles {
  const path = entry.support?.find((name) => name.endsWith('.tree.json'));
  if (path === undefined) throw new CaseBroken('the case has no recorded sysfs');
  return readTree(join(corpusDir, path));
}

const single = (path: string, content: string): FileTree => ({
  text: (wanted) => (wanted === path ? content : undefined),
  names: () => [],
});

async function statistics(entry: CorpusCase, corpusDir: string): Promise<void> {
  const stat = readFileSync(join(corpusDir, entry.inputs['stat'] ?? ''), 'utf8');
  const count = Number(entry.params['ncpus']);
  const text = () =>
    [undefined, ...Array.from({ length: count }, (_, index) => index)]
      .map((cpu) => {
        const times = parseCpuStatistics(stat, cpu, 100);
        const lines = [...times].map(([name, time]) => `${name}: ${time / nanosecondsPerTick}\n`);
        return `cpu${cpu ?? ''}:\n${lines.join('')}\n`;
      })
      .join('');
  if (entry.outcome === 'ok') expectText(text(), readExpected(entry, corpusDir, 'text'));
  else await expectRefusal(text);
}
