import { armSysinfo, formatSysinfo, parseDmi, ppcSysinfo, s390Sysinfo, type HostSysinfo } from '@virtkit/host';
import { expectText } from '../difference.js';
import { CaseBroken, readExpected, readInput, type CorpusCase } from '../manifest.js';

/** Firmware tables or processor list of a recorded machine -> `<sysinfo>`. */
export async function run(entry: CorpusCase, corpusDir: string): Promise<void> {
  expectText(formatSysinfo(await read(entry, corpusDir)), readExpected(entry, corpusDir, 'xml'));
}

async function read(entry: CorpusCase, corpusDir: string): Promise<HostSysinfo> {
  const input = (role: string) => (entry.inputs[role] ? readInput(entry, corpusDir, role) : '');
  switch (entry.params['reader']) {
    case 'dmi':
      return dmi(input('sysinfo'));
    case 'arm':
      return entry.inputs['sysinfo'] ? dmi(input('sysinfo')) : armSysinfo(input('cpuinfo'));
    case 'ppc':
      return ppcSysinfo(input('cpuinfo'));
    case 's390':
      return s390Sysinfo(input('cpuinfo'), input('sysinfo'));
    default:
      throw new CaseBroken(`unknown reader ${String(entry.params['reader'])}`);
  }
}

/** The pretended machine's answers for strings asked for alone: as recorded, with line ends where there are dots. */
function dmi(output: string): Promise<HostSysinfo> {
  return parseDmi(output, async (number) => {
    if (number === 2) return 'Some valid OEM string';
    const recorded = new RegExp(`^\\s+String ${number}: (.*)$`, 'm').exec(output)?.[1] ?? '';
    return recorded.replaceAll('.', '\n');
  });
}
