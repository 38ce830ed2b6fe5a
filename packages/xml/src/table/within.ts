import { childOf } from '../reader/node.js';
import { checkWith, compileRows, lazily, writeWith } from './compiled.js';
import { type BoundRow, type HiddenRow, hiddenRow, type Row, type Rows, row, type Target } from './row.js';

export interface WithinOptions {
  /** The child element is written even where it has nothing to say. */
  readonly always?: boolean | ((source: Target) => boolean) | undefined;
  /** The child element is written only then. */
  readonly when?: ((source: Target) => boolean) | undefined;
  /** Tells several children of one name apart in one table. */
  readonly id?: string | undefined;
}

export type Within<N extends string, F> = F & Readonly<Record<`$${N}`, HiddenRow>>;

/**
 * Rows of a child element whose fields belong to this object: `...within('target', { dev: attr(text) })`. The child is written
 * once, where the rows are spread, when one of them has something to write. Required rows are required only where the child is there.
 */
export function within<N extends string, F extends Rows>(tag: N, rows: F, options: WithinOptions = {}): Within<N, F> {
  const compiled = lazily(() => compileRows(rows));
  const body: BoundRow = {
    body(source, indent, context) {
      if (options.when?.(source) === false) return '';
      const table = compiled();
      const wanted = typeof options.always === 'function' ? options.always(source) : options.always === true;
      const lines = writeWith(table, tag, source, { indent, context });
      return !wanted && lines === `${indent}<${tag}/>\n` ? '' : lines;
    },
    known: () => ({ children: [[tag, checkWith(compiled().bound, []), 'once']] }),
  };
  const readers = Object.entries(rows).map(([key, inner]) => [key, readOnly(tag, inner)] as const);
  const all = { ...Object.fromEntries(readers), [`$${options.id ?? tag}`]: hiddenRow(() => body) };
  return all as unknown as Within<N, F>; // the readers carry the types of the rows they were made from
}

function readOnly(tag: string, inner: Row): Row {
  return row(inner.optional, (key) => {
    const bound = inner.bind(key);
    return {
      read(node, target, context) {
        const child = childOf(node, tag);
        if (child !== undefined) bound.read?.(child, target, context);
      },
    };
  });
}
