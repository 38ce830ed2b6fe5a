/** What a document may cost before it is refused; every limit is checked while reading. */
export interface Limits {
  /** Characters of the whole text. */
  readonly length: number;
  /** Elements inside each other. */
  readonly depth: number;
  /** Elements of the whole document. */
  readonly elements: number;
  /** Attributes of one element. */
  readonly attributes: number;
}

/** Depth as in libxml2; the others far above any real document, low enough that 4 MB of text stay below 128 MB of memory. */
export const defaultLimits: Limits = { length: 16_777_216, depth: 256, elements: 250_000, attributes: 2_000 };
