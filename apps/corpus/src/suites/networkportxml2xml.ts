import { networkPort } from '@virtkit/schema';
import { formatElement, parseElement } from '@virtkit/xml';
import { expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const port = parseElement(networkPort, readInput(entry, corpusDir, 'xml'));
  expectText(formatElement(networkPort, port), readExpected(entry, corpusDir, 'xml'));
};
