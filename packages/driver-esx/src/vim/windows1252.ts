/** What the bytes 0x80 to 0x9f stand for; a blank where they stand for nothing. */
const upper = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Text of old `.vmx` files. (Node's own decoder takes this encoding for ISO 8859-1.) */
export const fromWindows1252 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) =>
    byte < 0x80 || byte > 0x9f ? String.fromCharCode(byte) : (upper[byte - 0x80] ?? ' '),
  ).join('');
