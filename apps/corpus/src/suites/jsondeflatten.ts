import { deflatten, type JsonObject } from '@virtkit/driver-qemu';
import { expectJson, expectRefusal } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const json = JSON.parse(readInput(entry, corpusDir, 'json')) as JsonObject;
  if (entry.outcome !== 'ok') {
    await expectRefusal(() => deflatten(json));
    return;
  }
  expectJson(deflatten(json), JSON.parse(readExpected(entry, corpusDir, 'json')));
};
