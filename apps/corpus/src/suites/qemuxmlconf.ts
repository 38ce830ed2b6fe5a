import { prepareDomain, preparedText, prepareText } from '../fake-host/prepare-domain.js';
import { Difference, expectRefusal, expectText } from '../difference.js';
import { type CorpusCase, readExpected } from '../manifest.js';
import type { RunCase } from '../suites.js';

/** QEMU's documents: completed and written back; refused with the right words. */
export const run: RunCase = async (entry, corpusDir) => {
  if (entry.outcome === 'error-parse') {
    const message = await expectRefusal(() => prepareDomain(entry, corpusDir));
    expectMessage(message, entry, corpusDir);
    return;
  }
  expectXml(entry, corpusDir);
};

function expectXml(entry: CorpusCase, corpusDir: string): void {
  const expected = readExpected(entry, corpusDir, 'xml');
  expectText(preparedText(prepareDomain(entry, corpusDir).definition), expected);
  expectText(preparedText(prepareText(expected, entry, corpusDir).definition), expected);
}

function expectMessage(message: string, entry: CorpusCase, corpusDir: string): void {
  if (entry.expected['error'] === undefined) return;
  const expected = readExpected(entry, corpusDir, 'error').replaceAll(
    'ABS_SRCDIR/qemuxmlconfdata',
    `${corpusDir}/qemuxmlconf`,
  );
  if (`${message}\n` !== expected) throw new Difference(`- ${expected}+ ${message}`);
}
