import { inPieces, type Pieces, sliceable, whole } from '../pieces.js';
import { childOf, type XmlNode } from '../reader/node.js';
import { deeper, writtenElement } from '../writer/layout.js';
import { reportText } from './compiled.js';
import { isLong, isLongElement } from './long.js';
import { type Failures, missingChild } from './failure.js';
import {
  type BoundRow,
  type Checker,
  type Lazy,
  matchedTag,
  type Report,
  type Row,
  resolved,
  row,
  type ReadContext,
  type Tag,
  type Target,
  type WriteContext,
  writtenTag,
} from './row.js';

export type ChildOptions = Failures;

/** A required child element. */
export const child = <T>(type: Lazy<T>, options: ChildOptions = {}): Row<T, false> =>
  row<T, false>(false, (key) => childBinding(type, key, { ...options, required: true }));

/** A child element that may be absent; the first counts where there are several. */
export const optChild = <T>(type: Lazy<T>, options: ChildOptions = {}): Row<T, true> =>
  row<T, true>(true, (key) => childBinding(type, key, options));

function childBinding<T>(
  lazy: Lazy<T>,
  key: string,
  options: ChildOptions & { readonly required?: boolean },
): BoundRow {
  const find = (node: XmlNode, context: ReadContext): XmlNode | undefined => {
    const name = matchedTag(resolved(lazy).tag);
    const found = childOf(node, name);
    if (found === undefined && options.required === true) missingChild({ node, context, name, failures: options });
    return found;
  };
  return {
    read: sliceable(
      (node: XmlNode, target: Target, context: ReadContext) => {
        const found = find(node, context);
        if (found !== undefined) target[key] = resolved(lazy).read(found, context);
      },
      function* (node, target, context) {
        const found = find(node, context);
        if (found !== undefined) target[key] = yield* inPieces(resolved(lazy).read, found, context);
      },
    ),
    body: sliceable(
      (source: Target, indent: string, context: WriteContext) =>
        source[key] === undefined ? '' : resolved(lazy).write(source[key] as T, indent, context),
      function* (source, indent, context) {
        return source[key] === undefined
          ? ''
          : yield* inPieces(resolved(lazy).write, source[key] as T, indent, context);
      },
    ),
    known: () => ({ children: [[matchedTag(resolved(lazy).tag), checkerOf(lazy), 'once']] }),
  };
}

const checkerOf = <T>(lazy: Lazy<T>): Checker =>
  sliceable(
    (node: XmlNode, report: Report) => resolved(lazy).check(node, report),
    (node, report) => inPieces(resolved(lazy).check, node, report),
  );

/** All child elements of one name; the field is an array, empty where there are none. */
export function list<T>(lazy: Lazy<T>): Row<T[], false> {
  return row<T[], false>(false, (key) => ({
    read: sliceable(
      (node: XmlNode, target: Target, context: ReadContext) => {
        const type = resolved(lazy);
        const tag = matchedTag(type.tag);
        const values: T[] = [];
        for (const found of node.children) if (found.name === tag) values.push(type.read(found, context));
        target[key] = values;
      },
      function* (node, target, context) {
        const type = resolved(lazy);
        const tag = matchedTag(type.tag);
        const values: T[] = [];
        for (const found of node.children) {
          if (found.name !== tag) continue;
          values.push(isLongElement(found) ? yield* inPieces(type.read, found, context) : type.read(found, context));
          yield;
        }
        target[key] = values;
      },
    ),
    body: sliceable(
      (source: Target, indent: string, context: WriteContext) => {
        let lines = '';
        for (const value of valuesOf<T>(source, key)) lines += resolved(lazy).write(value, indent, context);
        return lines;
      },
      function* (source, indent, context) {
        const { write } = resolved(lazy);
        let lines = '';
        for (const value of valuesOf<T>(source, key)) {
          lines += isLong(value) ? yield* inPieces(write, value, indent, context) : write(value, indent, context);
          yield;
        }
        return lines;
      },
    ),
    known: () => ({ children: [[matchedTag(resolved(lazy).tag), checkerOf(lazy)]] }),
  }));
}

const valuesOf = <T>(source: Target, key: string): readonly T[] => (source[key] ?? []) as readonly T[];

/** As `list`, but without elements the field is absent. */
export function optList<T>(lazy: Lazy<T>): Row<T[], true> {
  const inner = list(lazy);
  return row<T[], true>(true, (key) => {
    const bound = inner.bind(key);
    const dropEmpty = (target: Target): void => {
      if (valuesOf(target, key).length === 0) delete target[key];
    };
    return {
      ...bound,
      read: sliceable(
        (node: XmlNode, target: Target, context: ReadContext) => {
          bound.read?.(node, target, context);
          dropEmpty(target);
        },
        function* (node, target, context) {
          if (bound.read !== undefined) yield* inPieces(bound.read, node, target, context);
          dropEmpty(target);
        },
      ),
    };
  });
}

export interface WrappedOptions {
  /** An element without entries is kept and written too, or with 'read' only kept. */
  readonly keepEmpty?: boolean | 'read' | undefined;
}

/** A list inside an element of its own: `<slices><slice/></slices>`. Without the outer element the field is absent. */
export function wrapped<T>(tag: Tag, lazy: Lazy<T>, options: WrappedOptions = {}): Row<T[], true> {
  return row<T[], true>(true, (key) => {
    const inner = list(lazy).bind(key);
    const dropEmpty = (target: Target): void => {
      if (valuesOf(target, key).length === 0 && !options.keepEmpty) delete target[key];
    };
    return {
      read: sliceable(
        (node: XmlNode, target: Target, context: ReadContext) => {
          const outer = childOf(node, matchedTag(tag));
          if (outer === undefined) return;
          inner.read?.(outer, target, context);
          dropEmpty(target);
        },
        function* (node, target, context) {
          const outer = childOf(node, matchedTag(tag));
          if (outer === undefined || inner.read === undefined) return;
          yield* inPieces(inner.read, outer, target, context);
          dropEmpty(target);
        },
      ),
      body: (source, indent, context) => {
        if (source[key] === undefined) return '';
        const lines = inner.body?.(source, deeper(indent), context) ?? '';
        return lines === '' && options.keepEmpty !== true ? '' : writtenElement(writtenTag(tag), '', lines, indent);
      },
      known: () => ({ children: [[matchedTag(tag), listChecker(lazy), 'once']] }),
    };
  });
}

const listChecker = <T>(lazy: Lazy<T>): Checker =>
  sliceable(
    (outer: XmlNode, report: Report) => whole(checkList(lazy, outer, report)),
    (outer, report) => checkList(lazy, outer, report),
  );

function* checkList<T>(lazy: Lazy<T>, outer: XmlNode, report: Report): Pieces<void> {
  const tag = matchedTag(resolved(lazy).tag);
  for (const found of outer.children) {
    if (found.name === tag) resolved(lazy).check(found, report);
    else report(`Element ${outer.name} has extra content: ${found.name}`, found);
    yield;
  }
  reportText(outer, report);
}
