import { markup } from '../document.js';
import { UsageError } from '../usage-error.js';

type Kind = 'pci' | 'ccw' | 'usb' | 'scsi' | 'sata' | 'ide';

const hex = (digits: string, width: number): string =>
  `0x${Number.parseInt(digits, 16).toString(16).padStart(width, '0')}`;
const decimal = (digits: string): string => String(Number.parseInt(digits, 10));
const drive = ([controller = '', bus = '', unit = '']: readonly string[]): string =>
  markup('address', { type: 'drive', controller: decimal(controller), bus: decimal(bus), unit: decimal(unit) });

interface KindRow {
  /** Its numbers. */
  readonly pattern: RegExp;
  xml(numbers: readonly string[], multifunction: boolean): string;
}

const hexDigits = '(?:0x)?([0-9a-f]+)';
const threeNumbers = /^(\d+)\.(\d+)\.(\d+)/;
const kinds: Readonly<Record<Kind, KindRow>> = {
  pci: {
    pattern: new RegExp(`^${Array(4).fill(hexDigits).join('\\.')}`, 'i'),
    xml: ([domain = '', bus = '', slot = '', fn = ''], multifunction) =>
      markup('address', {
        type: 'pci',
        domain: hex(domain, 4),
        bus: hex(bus, 2),
        slot: hex(slot, 2),
        function: hex(fn, 1),
        multifunction: multifunction ? 'on' : undefined,
      }),
  },
  ccw: {
    pattern: new RegExp(`^${Array(3).fill(hexDigits).join('\\.')}`, 'i'),
    xml: ([cssid = '', ssid = '', devno = '']) =>
      markup('address', { type: 'ccw', cssid: hex(cssid, 1), ssid: hex(ssid, 1), devno: hex(devno, 4) }),
  },
  usb: {
    pattern: /^(\d+)\.(\d+)/,
    xml: ([bus = '', port = '']) => markup('address', { type: 'usb', bus: decimal(bus), port: decimal(port) }),
  },
  scsi: { pattern: threeNumbers, xml: drive },
  sata: { pattern: threeNumbers, xml: drive },
  ide: { pattern: threeNumbers, xml: drive },
};

interface BusRow {
  readonly kinds: readonly Kind[];
  readonly expected: string;
}
/** What the name of a target says about its address. */
const buses: Readonly<Record<string, BusRow>> = {
  vd: { kinds: ['pci', 'ccw'], expected: 'expecting a pci:0000.00.00.00 or ccw:00.0.0000 address.' },
  sd: { kinds: ['scsi', 'usb', 'sata'], expected: 'expecting a scsi:00.00.00 or usb:00.00 or sata:00.00.00 address.' },
  hd: { kinds: ['ide'], expected: 'expecting an ide:00.00.00 address.' },
};

const isKind = (word: string): word is Kind => Object.hasOwn(kinds, word);

/** `<address>` of `pci:0000.00.07.0` and its like. @throws UsageError for one that is none, or that the target cannot have */
export function addressXml(words: string, target: string, multifunction: boolean): string {
  const colon = words.indexOf(':');
  const kind = words.slice(0, Math.max(colon, 0));
  const row = isKind(kind) ? kinds[kind] : undefined;
  const numbers = row?.pattern.exec(words.slice(colon + 1));
  if (row === undefined || !isKind(kind) || !numbers) throw new UsageError(`Invalid address '${words}'`);
  const bus = buses[target.slice(0, 2)];
  if (bus !== undefined && !bus.kinds.includes(kind)) throw new UsageError(bus.expected);
  return row.xml(numbers.slice(1), multifunction);
}
