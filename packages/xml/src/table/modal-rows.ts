import { inMode, type Mode } from './context.js';
import { type BoundRow, type HiddenRow, hiddenRow, type Row, row } from './row.js';

/** A row of one mode only, reading included (`secure` is no matter of reading). */
export function only<T, O extends boolean>(mode: Mode, inner: Row<T, O>): Row<T, true> {
  return row<T, true>(true, (key) => {
    const bound = inner.bind(key);
    return {
      read(node, target, context) {
        if (mode === 'secure' || inMode(mode, context)) bound.read?.(node, target, context);
      },
      attributes: (source, context) => (inMode(mode, context) ? (bound.attributes?.(source, context) ?? '') : ''),
      body: (source, indent, context) => (inMode(mode, context) ? (bound.body?.(source, indent, context) ?? '') : ''),
      content: (source, context) => (inMode(mode, context) ? bound.content?.(source, context) : undefined),
      ...(bound.known === undefined ? {} : { known: bound.known }),
    };
  });
}

/** A row that is read, never written. */
export const legacy = <T, O extends boolean>(inner: Row<T, O>): Row<T, O> =>
  row<T, O>(inner.optional, (key) => {
    const { read, known } = inner.bind(key);
    return { ...(read === undefined ? {} : { read }), ...(known === undefined ? {} : { known }) };
  });

/** A row that is written, never read. */
export const writeOnly = <T, O extends boolean>(inner: Row<T, O>): Row<T, O> =>
  row<T, O>(inner.optional, (key) => {
    const { read: _, ...rest } = inner.bind(key);
    return rest;
  });

/** Something in the document that is no field: written from other fields, or read into them. */
export const virtual = (behaviour: BoundRow): HiddenRow => hiddenRow(() => behaviour);

/** A field whose reading and writing no other kind of row describes. */
export const special = <T>(bind: (key: string) => BoundRow): Row<T, true> => row<T, true>(true, bind);

/** As `special`, for a field that is always there. */
export const specialRequired = <T>(bind: (key: string) => BoundRow): Row<T, false> => row<T, false>(false, bind);
