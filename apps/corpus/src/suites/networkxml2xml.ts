import { network } from '@virtkit/schema';
import { formatElement, parseElement } from '@virtkit/xml';
import { expectRefusal, expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const live = entry.params['inactive'] !== true;
  const convert = () => {
    const definition = parseElement(network, readInput(entry, corpusDir, 'xml'));
    return formatElement(network, definition, { live });
  };
  if (entry.outcome === 'ok') expectText(convert(), readExpected(entry, corpusDir, 'xml'));
  else await expectRefusal(convert);
};
