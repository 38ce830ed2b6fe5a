import type { XmlNode } from '../reader/node.js';
import { inPieces, type Sliceable, sliceable } from '../pieces.js';
import { checkWith, compileRows, lazily, readInto, readIntoPieces, writePieces, writeWith } from './compiled.js';
import {
  type ElementType,
  type Rows,
  type Tag,
  type Target,
  writtenTag,
  type ReadContext,
  type Report,
  type WriteContext,
} from './row.js';

export interface ElementOptions<T> {
  /** Runs when all rows are read: checks that need more than one row; may change the value. */
  readonly refine?: Sliceable<[value: T, node: XmlNode, context: ReadContext], void>;
  /** Without attributes, text and children the element isn't written. */
  readonly omitEmpty?: boolean;
  /** Without children the element still gets an end tag of its own. */
  readonly open?: boolean;
}

/** One line without content. */
const isEmpty = (lines: string): boolean => lines.endsWith('/>\n') && lines.indexOf('\n') === lines.length - 1;

/** An element described by a table of rows. `T` is named by the caller: `interface T extends FieldsOf<typeof rows> {}`. */
export function element<T extends object>(tag: Tag, rows: Rows, options: ElementOptions<T> = {}): ElementType<T> {
  const compiled = lazily(() => compileRows(rows));
  const checker = lazily(() => checkWith(compiled().bound, []));
  const written = writtenTag(tag);
  const asIs = options.omitEmpty !== true && options.open !== true;
  const shown = (lines: string, indent: string): string => {
    if (asIs || !isEmpty(lines)) return lines;
    if (options.omitEmpty === true && lines === `${indent}<${written}/>\n`) return '';
    return options.open === true ? `${lines.slice(0, -3)}>\n${indent}</${written}>\n` : lines;
  };
  return {
    tag,
    read: sliceable(
      (node: XmlNode, context: ReadContext) => {
        const target: Target = {};
        readInto(compiled(), node, target, context);
        const value = target as T; // the rows are those `T` was derived from
        options.refine?.(value, node, context);
        return value;
      },
      function* (node, context) {
        const target: Target = {};
        yield* readIntoPieces(compiled(), node, target, context);
        const value = target as T; // as above
        if (options.refine !== undefined) yield* inPieces(options.refine, value, node, context);
        return value;
      },
    ),
    write: sliceable(
      (value: T, indent: string, context: WriteContext) =>
        shown(writeWith(compiled(), written, value as Target, { indent, context }), indent),
      function* (value, indent, context) {
        return shown(yield* writePieces(compiled(), written, value as Target, { indent, context }), indent);
      },
    ),
    check: sliceable(
      (node: XmlNode, report: Report) => checker()(node, report),
      (node, report) => inPieces(checker(), node, report),
    ),
  };
}
