import { dnsmasqConfig, dnsmasqPaths, hostsFile } from '@virtkit/network';
import { network } from '@virtkit/schema';
import { parseElement } from '@virtkit/xml';
import { Difference, expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const definition = parseElement(network, readInput(entry, corpusDir, 'xml'));
  const { hosts, names } = dnsmasqPaths(String(entry.params['dnsmasq_dir']), '/run', definition.name);
  expectText(dnsmasqConfig(definition, { hosts, names }), readExpected(entry, corpusDir, 'conf'));
  const text = hostsFile(definition);
  if (entry.expected['hostsfile']) expectText(text, readExpected(entry, corpusDir, 'hostsfile'));
  else if (text !== '') throw new Difference('a hosts file was written, none was expected');
};
