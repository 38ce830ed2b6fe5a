import { virtError } from '../../errors.js';

/** Names of libvirt's key code sets, by number. */
const codesets = ['linux', 'xt', 'atset1', 'atset2', 'atset3', 'os_x', 'xt_kbd', 'usb', 'win32', 'qnum'] as const;

/** Keys of the Linux input layer whose QEMU number is not the Linux number itself (those up to 83, 85 to 88 are). */
const linuxToQnum: Readonly<Record<number, number>> = {
  84: 0x00,
  89: 0x73,
  90: 0x78,
  91: 0x77,
  92: 0x79,
  93: 0x70,
  94: 0x7b,
  95: 0x5c,
  96: 0x9c,
  97: 0x9d,
  98: 0xb5,
  99: 0x54,
  100: 0xb8,
  101: 0x5b,
  102: 0xc7,
  103: 0xc8,
  104: 0xc9,
  105: 0xcb,
  106: 0xcd,
  107: 0xcf,
  108: 0xd0,
  109: 0xd1,
  110: 0xd2,
  111: 0xd3,
  112: 0xef,
  113: 0xa0,
  114: 0xae,
  115: 0xb0,
  116: 0xde,
  117: 0x59,
  118: 0xce,
  119: 0xc6,
  120: 0x8b,
  121: 0x7e,
  122: 0xf2,
  123: 0xf1,
  124: 0x7d,
  125: 0xdb,
  126: 0xdc,
  127: 0xdd,
  128: 0xe8,
  129: 0x85,
  130: 0x86,
  131: 0x87,
  132: 0x8c,
  133: 0xf8,
  134: 0x64,
  135: 0x65,
  136: 0xc1,
  137: 0xbc,
  138: 0xf5,
  139: 0x9e,
  140: 0xa1,
  141: 0x66,
  142: 0xdf,
  143: 0xe3,
  144: 0x67,
  145: 0x68,
  146: 0x69,
  147: 0x93,
  148: 0x9f,
  149: 0x97,
  150: 0x82,
  151: 0x6a,
  152: 0x92,
  153: 0x6b,
  154: 0xa6,
  155: 0xec,
  156: 0xe6,
  157: 0xeb,
  158: 0xea,
  159: 0xe9,
  160: 0xa3,
  161: 0x6c,
  162: 0xfd,
  163: 0x99,
  164: 0xa2,
  165: 0x90,
  166: 0xa4,
  167: 0xb1,
  168: 0x98,
  169: 0x63,
  172: 0xb2,
  173: 0xe7,
  183: 0x5d,
  184: 0x5e,
  185: 0x5f,
  186: 0x55,
  187: 0x83,
  188: 0xf7,
  189: 0x84,
  190: 0x5a,
  191: 0x74,
  192: 0xf9,
  193: 0x6d,
  194: 0x6f,
};

/** Usage numbers of the USB keyboard page to Linux key numbers. */
const usbToLinux: Readonly<Record<number, number>> = Object.fromEntries([
  // a to z, 1 to 0, then the row of controls and punctuation, F1 to F12, the blocks right of them, the keypad
  ...[
    30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, 49, 24, 25, 16, 19, 31, 20, 22, 47, 17, 45, 21, 44, 2, 3, 4, 5,
    6, 7, 8, 9, 10, 11, 28, 1, 14, 15, 57, 12, 13, 26, 27, 43, 43, 39, 40, 41, 51, 52, 53, 58, 59, 60, 61, 62, 63, 64,
    65, 66, 67, 68, 87, 88, 99, 70, 119, 110, 102, 104, 111, 107, 109, 106, 105, 108, 103, 69, 98, 55, 74, 78, 96, 79,
    80, 81, 75, 76, 77, 71, 72, 73, 82, 83, 86, 127, 116, 117,
  ].map((key, index) => [index + 4, key]),
  ...[29, 42, 56, 125, 97, 54, 100, 126].map((key, index) => [index + 224, key]),
]);

/**
 * A key of one of libvirt's code sets in QEMU's numbering.
 * @throws `INTERNAL_ERROR` for a set or key that has none.
 */
export function qnumOf(codeset: number, key: number): number {
  const name = codesets[codeset];
  if (name === undefined) throw virtError('INVALID_ARG', `Unsupported codeset: ${codeset}`);
  const number = translations[name]?.(key);
  if (number !== undefined && number > 0) return number;
  throw virtError('INTERNAL_ERROR', `cannot translate keycode ${key} of ${name} codeset to qnum keycode`);
}

const fromLinux = (key: number): number | undefined =>
  key <= 88 && key !== 84 ? key : Object.hasOwn(linuxToQnum, key) ? linuxToQnum[key] : undefined;
const fromUsb = (key: number): number | undefined => {
  const linux = Object.hasOwn(usbToLinux, key) ? usbToLinux[key] : undefined;
  return linux === undefined ? undefined : fromLinux(linux);
};
/** The two-byte codes of the old keyboards; `e0` becomes the upper bit. */
const fromScanCode = (key: number): number | undefined =>
  key < 0x80 ? key : key >> 8 === 0xe0 ? (key & 0x7f) | 0x80 : undefined;

const translations: Readonly<Partial<Record<(typeof codesets)[number], (key: number) => number | undefined>>> = {
  linux: fromLinux,
  xt: fromScanCode,
  atset1: fromScanCode,
  xt_kbd: (key) => (key <= 0xff ? key : undefined),
  usb: fromUsb,
  qnum: (key) => (key <= 0xff ? key : undefined),
};
