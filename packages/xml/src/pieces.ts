/** Work that may be long, in pieces: it yields where it can wait, and returns its result. */
export type Pieces<T> = Generator<void, T, void>;

/** A function whose work can also be had in pieces. One without `pieces` is short. */
export type Sliceable<A extends unknown[], T> = ((...args: A) => T) & { readonly pieces?: (...args: A) => Pieces<T> };

/** Characters of a text between two places where its reader can wait: looking at a clock costs as much as some of them. */
export const PART = 4_096;

/** Does all of it at once. */
export function whole<T>(pieces: Pieces<T>): T {
  for (;;) {
    const step = pieces.next();
    if (step.done === true) return step.value;
  }
}

/** A function, which must be the caller's own, and the same work in pieces. */
export const sliceable = <A extends unknown[], T>(
  atOnce: (...args: A) => T,
  pieces: (...args: A) => Pieces<T>,
): Sliceable<A, T> => Object.assign(atOnce, { pieces });

/** In pieces where the function can, else at once. */
export function* inPieces<A extends unknown[], T>(work: Sliceable<A, T>, ...args: A): Pieces<T> {
  return work.pieces === undefined ? work(...args) : yield* work.pieces(...args);
}
