import { childOf, type XmlNode } from '../reader/node.js';
import { deeper, writtenElement } from '../writer/layout.js';
import { reportText } from './compiled.js';
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
  type Tag,
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
  return {
    read(node, target, context) {
      const type = resolved(lazy);
      const found = childOf(node, matchedTag(type.tag));
      if (found !== undefined) target[key] = type.read(found, context);
      else if (options.required === true)
        missingChild({ node, context, name: matchedTag(type.tag), failures: options });
    },
    body: (source, indent, context) => {
      const value = source[key];
      return value === undefined ? '' : resolved(lazy).write(value as T, indent, context);
    },
    known: () => ({ children: [[matchedTag(resolved(lazy).tag), checkerOf(lazy), 'once']] }),
  };
}

const checkerOf =
  <T>(lazy: Lazy<T>): Checker =>
  (node: XmlNode, report: Report): void =>
    resolved(lazy).check(node, report);

/** All child elements of one name; the field is an array, empty where there are none. */
export function list<T>(lazy: Lazy<T>): Row<T[], false> {
  return row<T[], false>(false, (key) => ({
    read(node, target, context) {
      const type = resolved(lazy);
      const tag = matchedTag(type.tag);
      const values: T[] = [];
      for (const found of node.children) if (found.name === tag) values.push(type.read(found, context));
      target[key] = values;
    },
    body: (source, indent, context) => {
      const values = (source[key] ?? []) as readonly T[];
      let lines = '';
      for (const value of values) lines += resolved(lazy).write(value, indent, context);
      return lines;
    },
    known: () => ({ children: [[matchedTag(resolved(lazy).tag), checkerOf(lazy)]] }),
  }));
}

/** As `list`, but without elements the field is absent. */
export function optList<T>(lazy: Lazy<T>): Row<T[], true> {
  const inner = list(lazy);
  return row<T[], true>(true, (key) => {
    const bound = inner.bind(key);
    return {
      ...bound,
      read(node, target, context) {
        bound.read?.(node, target, context);
        if ((target[key] as readonly T[]).length === 0) delete target[key];
      },
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
    return {
      read(node, target, context) {
        const outer = childOf(node, matchedTag(tag));
        if (outer === undefined) return;
        inner.read?.(outer, target, context);
        if ((target[key] as readonly T[]).length === 0 && !options.keepEmpty) delete target[key];
      },
      body: (source, indent, context) => {
        if (source[key] === undefined) return '';
        const lines = inner.body?.(source, deeper(indent), context) ?? '';
        return lines === '' && options.keepEmpty !== true ? '' : writtenElement(writtenTag(tag), '', lines, indent);
      },
      known: () => ({ children: [[matchedTag(tag), listChecker(lazy), 'once']] }),
    };
  });
}

const listChecker =
  <T>(lazy: Lazy<T>): Checker =>
  (outer, report) => {
    const tag = matchedTag(resolved(lazy).tag);
    for (const found of outer.children) {
      if (found.name === tag) resolved(lazy).check(found, report);
      else report(`Element ${outer.name} has extra content: ${found.name}`, found);
    }
    reportText(outer, report);
  };
