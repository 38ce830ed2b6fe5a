import { keyValueText, type JsonObject } from '@virtkit/driver-qemu';
import { expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const json = JSON.parse(readInput(entry, corpusDir, 'json')) as JsonObject;
  expectText(keyValueText(json), readExpected(entry, corpusDir, 'text'));
};
