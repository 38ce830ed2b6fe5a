import { prepareDomain, preparedText, prepareText } from '../fake-host/prepare-domain.js';
import { Difference, expectRefusal, expectText } from '../difference.js';
import { type CorpusCase, readExpected } from '../manifest.js';
import { commandText, expectCommandLine } from '../qemu-command-line.js';
import type { RunCase } from '../manifest.js';

/** QEMU's documents: completed and written back, then the command that starts the guest; refused with the right words. */
export const run: RunCase = async (entry, corpusDir) => {
  if (entry.outcome === 'error-parse') {
    const message = await expectRefusal(() => prepareDomain(entry, corpusDir));
    expectMessage(message, entry, corpusDir);
    return;
  }
  expectXml(entry, corpusDir);
  const { definition, facts } = prepareDomain(entry, corpusDir);
  if (entry.outcome === 'ok') expectCommandLine(entry, corpusDir, definition, facts);
  else expectMessage(await expectRefusal(() => commandText(entry, corpusDir, definition, facts)), entry, corpusDir);
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
