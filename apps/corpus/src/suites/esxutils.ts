import { escapeDatastoreItem, fromWindows1252, parseDatastorePath, secondsOf } from '@virtkit/driver-esx';
import { expectJson, expectRefusal } from '../difference.js';
import type { CorpusCase } from '../manifest.js';

const operations: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => unknown>> = {
  'parse-datastore-path': ({ text }) => parseDatastorePath(String(text)),
  'datetime-to-epoch': ({ text }) => ({ epoch: secondsOf(String(text)) }),
  'escape-datastore-item': ({ text }) => ({ text: escapeDatastoreItem(String(text)) }),
  'windows1252-to-utf8': ({ hex }) => ({ text: fromWindows1252(Buffer.from(String(hex), 'hex')) }),
};

/** Small conversions of the ESX driver. */
export async function run(entry: CorpusCase): Promise<void> {
  const operation = operations[String(entry.params['operation'])];
  const answer = () => operation?.(entry.params);
  if (entry.outcome === 'ok') expectJson(sorted(answer()), sorted(entry.value));
  else await expectRefusal(answer);
}

const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toSorted()) : value;
