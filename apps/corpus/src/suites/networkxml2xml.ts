import { dnsmasqNamespace, network } from '@virtkit/schema';
import { formatElement, parseElement } from '@virtkit/xml';
import { expectRefusal, expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../suites.js';

const extensions = { namespaces: [dnsmasqNamespace] };

export const run: RunCase = async (entry, corpusDir) => {
  const live = entry.params['inactive'] !== true;
  const convert = () => {
    const definition = parseElement(network, readInput(entry, corpusDir, 'xml'), { extensions });
    return formatElement(network, definition, { extensions, live });
  };
  if (entry.outcome === 'ok') expectText(convert(), readExpected(entry, corpusDir, 'xml'));
  else await expectRefusal(convert);
};
