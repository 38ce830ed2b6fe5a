const HYPHEN = 0x2d;
const ZERO = 0x30;
const A = 0x61;

const digit = (value: number): number => (value < 10 ? ZERO + value : A - 10 + value);
const d = (word: number, shift: number): number => digit((word >>> shift) & 15);

/** The eight hexadecimal digits of a word. */
const digits = (w: number): string =>
  String.fromCharCode(d(w, 28), d(w, 24), d(w, 20), d(w, 16), d(w, 12), d(w, 8), d(w, 4), d(w, 0));

/** The same with a hyphen in the middle. */
const halves = (w: number): string =>
  String.fromCharCode(d(w, 28), d(w, 24), d(w, 20), d(w, 16), HYPHEN, d(w, 12), d(w, 8), d(w, 4), d(w, 0));

/** Sixteen bytes as a uuid in lower case; half as long as by way of `toString('hex')`, and nearly every call has one. */
export function uuidText(view: DataView, start: number): string {
  const first = digits(view.getUint32(start));
  const last = digits(view.getUint32(start + 12));
  return `${first}-${halves(view.getUint32(start + 4))}-${halves(view.getUint32(start + 8))}${last}`;
}
