import { network, updateNetwork, type UpdateCommand } from '@virtkit/schema';
import { formatElement, parseElement } from '@virtkit/xml';
import { expectRefusal, expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const live = entry.params['format_inactive'] !== true;
  const change = () => {
    const definition = parseElement(network, readInput(entry, corpusDir, 'xml'));
    updateNetwork(definition, String(entry.params['section']), {
      command: entry.params['command'] as UpdateCommand,
      parentIndex: Number(entry.params['parent_index']),
      xml: readInput(entry, corpusDir, 'update'),
    });
    return formatElement(network, definition, { live });
  };
  if (entry.outcome === 'ok') expectText(change(), readExpected(entry, corpusDir, 'xml'));
  else await expectRefusal(change);
};
