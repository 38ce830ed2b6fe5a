import { completeDomain, type Domain, formatDomain, parseDomain, validateDomain } from '@virtkit/schema';
import { expectRefusal, expectText } from '../difference.js';
import { type CorpusCase, readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';
import { countingUuid } from './counting-uuid.js';

/** Domain documents without any hypervisor: the common phases alone, on the corpus' pretended host. */
export const run: RunCase = async (entry, corpusDir) => {
  if (entry.outcome === 'ok') expectText(convert(entry, corpusDir), readExpected(entry, corpusDir, 'xml'));
  else await expectRefusal(() => convert(entry, corpusDir));
};

function convert(entry: CorpusCase, corpusDir: string): string {
  const live = entry.params['live'] === true;
  const definition = parseDomain(readInput(entry, corpusDir, 'xml'), { live });
  completeDomain(
    definition,
    { randomUuid: countingUuid, randomMac: () => '52:54:00:00:00:00', live: definition.id !== undefined },
    [pretended],
    undefined,
  );
  validateDomain(definition);
  return formatDomain(definition, { live, secure: true });
}

/** What the pretended driver fills in. */
const pretended = {
  at: 'first',
  apply({ os }: Domain): void {
    os.type.arch ??= 'x86_64';
  },
} as const;
