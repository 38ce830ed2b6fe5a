import { ovsCommands, tcCommands } from '@virtkit/host';
import { portBandwidth } from '@virtkit/schema';
import { parseElement } from '@virtkit/xml';
import { quote } from '../command-line.js';
import { expectText } from '../difference.js';
import { readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

export const run: RunCase = async (entry, corpusDir) => {
  const bandwidth = parseElement(portBandwidth, readInput(entry, corpusDir, 'xml'));
  const { interface: device, vm_uuid: guest, backend, swap_directions: swapped } = entry.params;
  const options = { swapped: swapped === true };
  const [program, commands] =
    backend === 'tc'
      ? (['tc', tcCommands(String(device), bandwidth, options)] as const)
      : (['ovs-vsctl', ovsCommands(String(device), String(guest), bandwidth, options)] as const);
  const lines = commands.map((words) => `${[program, ...words].map(quote).join(' ')}\n`);
  expectText(lines.join(''), readExpected(entry, corpusDir, 'commands'), { joinLines: false });
};
