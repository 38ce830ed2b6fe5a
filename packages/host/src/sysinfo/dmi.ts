import type { HostSysinfo, SysinfoSection } from './sysinfo.js';

/** Names in the document by dmidecode's labels, in document order. */
type Labels = readonly (readonly [name: string, label: string])[];

const bios: Labels = [
  ['vendor', 'Vendor'],
  ['version', 'Version'],
  ['date', 'Release Date'],
  ['release', 'BIOS Revision'],
];
const system: Labels = [
  ['manufacturer', 'Manufacturer'],
  ['product', 'Product Name'],
  ['version', 'Version'],
  ['serial', 'Serial Number'],
  ['uuid', 'UUID'],
  ['sku', 'SKU Number'],
  ['family', 'Family'],
];
const baseBoard: Labels = [
  ['manufacturer', 'Manufacturer'],
  ['product', 'Product Name'],
  ['version', 'Version'],
  ['serial', 'Serial Number'],
  ['asset', 'Asset Tag'],
  ['location', 'Location In Chassis'],
];
const chassis: Labels = [
  ['manufacturer', 'Manufacturer'],
  ['version', 'Version'],
  ['serial', 'Serial Number'],
  ['asset', 'Asset Tag'],
  ['sku', 'SKU Number'],
];
const processor: Labels = [
  ['socket_destination', 'Socket Designation'],
  ['type', 'Type'],
  ['family', 'Family'],
  ['manufacturer', 'Manufacturer'],
  ['signature', 'Signature'],
  ['version', 'Version'],
  ['external_clock', 'External Clock'],
  ['max_speed', 'Max Speed'],
  ['status', 'Status'],
  ['serial_number', 'Serial Number'],
  ['part_number', 'Part Number'],
];
const memoryDevice: Labels = [
  ['size', 'Size'],
  ['form_factor', 'Form Factor'],
  ['locator', 'Locator'],
  ['bank_locator', 'Bank Locator'],
  ['type', 'Type'],
  ['type_detail', 'Type Detail'],
  ['speed', 'Speed'],
  ['manufacturer', 'Manufacturer'],
  ['serial_number', 'Serial Number'],
  ['part_number', 'Part Number'],
];

/** The arguments whose output `parseDmi` reads. */
export const dmidecodeArguments: readonly string[] = ['-q', '-t', '0,1,2,3,4,11,17'];
/** The arguments that give one OEM string unchanged. */
export const oemStringArguments = (number: number): readonly string[] => ['-q', '--oem-string', String(number)];

interface Block {
  readonly title: string;
  readonly lines: readonly string[];
}

/**
 * Reads dmidecode's output. It writes a dot for a line end within an OEM string, so strings with a dot are asked for one
 * by one.
 */
export async function parseDmi(output: string, oemString: (number: number) => Promise<string>): Promise<HostSysinfo> {
  const all = blocks(output);
  const entries = (title: string, labels: Labels) =>
    all.filter((block) => block.title === title).map((block) => section(block, labels));
  return {
    bios: entries('BIOS Information', bios)[0],
    system: entries('System Information', system)[0],
    baseBoards: entries('Base Board Information', baseBoard),
    chassis: entries('Chassis Information', chassis)[0],
    processors: entries('Processor Information', processor),
    memoryDevices: entries('Memory Device', memoryDevice).filter(isPresent),
    oemStrings: await oemStrings(all, oemString),
  };
}

function blocks(output: string): readonly Block[] {
  return output.split(/\n[ \t]*\n/).flatMap((text) => {
    const [title = '', ...lines] = text.replace(/^\n+/, '').split('\n');
    return title === '' || /^\s/.test(title) ? [] : [{ title: title.trimEnd(), lines }];
  });
}

function section(block: Block, labels: Labels): SysinfoSection {
  const values = new Map<string, string>();
  for (const line of block.lines) {
    const match = /^\s+([^:]+): (.*)$/.exec(line);
    const [, label, value] = match ?? [];
    if (label !== undefined && value !== undefined && !values.has(label)) values.set(label, value.trimEnd());
  }
  return labels.flatMap(([name, label]) => {
    const value = values.get(label);
    return value === undefined ? [] : [[name, value] as const];
  });
}

const isPresent = (entries: SysinfoSection): boolean =>
  !entries.some(([name, value]) => name === 'size' && value === 'No Module Installed');

async function oemStrings(all: readonly Block[], ask: (number: number) => Promise<string>): Promise<readonly string[]> {
  const strings: string[] = [];
  for (const block of all) {
    if (block.title !== 'OEM Strings') continue;
    for (const line of block.lines) {
      const [, number, value] = /^\s+String (\d+): (.*)$/.exec(line) ?? [];
      if (number === undefined || value === undefined) continue;
      strings.push(value.includes('.') ? await ask(Number(number)) : value.trimEnd());
    }
  }
  return strings;
}
