import { bodyOf, compileRows, readInto } from './compiled.js';
import {
  type BoundRow,
  type HiddenRow,
  hiddenRow,
  type Row,
  type Rows,
  row,
  type Tag,
  type Target,
  type NamespaceRows,
  type ReadContext,
  type WriteContext,
} from './row.js';

/** Tags of a namespace, as tables of a driver use them: `const tag = namespaceTag('qemu', uri); element(tag('arg'), …)`. */
export const namespaceTag =
  (prefix: string, uri: string) =>
  (local: string): Tag => ({ written: `${prefix}:${local}`, matched: `{${uri}}${local}` });

/** Values of drivers' rows, by prefix of the namespace or by place. */
export type ExtensionValues = Record<string, object>;

const namespaceOf = (name: string): string => /^\{(.*)\}/.exec(name)?.[1] ?? '';

const isEmpty = (value: Target): boolean =>
  Object.values(value).every((field) => field === undefined || (Array.isArray(field) && field.length === 0));

/** Reads a driver's rows into an object; undefined where there is nothing of them. */
function readRows(
  rows: Rows,
  node: Parameters<NonNullable<BoundRow['read']>>[0],
  context: ReadContext,
): Target | undefined {
  const value: Target = {};
  readInto(compileRows(rows), node, value, context);
  return isEmpty(value) ? undefined : value;
}

const usedNamespaces = (source: Target, key: string, context: WriteContext): readonly NamespaceRows[] => {
  const values = source[key] as ExtensionValues | undefined;
  return (context.extensions?.namespaces ?? []).filter((namespace) => values?.[namespace.prefix] !== undefined);
};

/**
 * The namespaces drivers add at the root of a document: one field with their values by prefix. Put `body` last. A strict
 * check accepts elements of the namespaces `published` with the schema, whichever drivers are there.
 */
export function namespaces(
  key: string,
  published: readonly string[] = [],
): { readonly values: Row<ExtensionValues, true>; readonly body: HiddenRow } {
  const values: BoundRow = {
    read(node, target, context) {
      const found: ExtensionValues = {};
      for (const { prefix, rows } of context.extensions?.namespaces ?? []) {
        const value = readRows(rows, node, context);
        if (value !== undefined) found[prefix] = value;
      }
      if (Object.keys(found).length > 0) target[key] = found;
    },
    attributes: (source, context) =>
      usedNamespaces(source, key, context)
        .map(({ prefix, uri }) => ` xmlns:${prefix}='${uri}'`)
        .join(''),
    known: ({ children }) => ({
      children: children.flatMap(({ name }) => (published.includes(namespaceOf(name)) ? [[name, undefined]] : [])),
    }),
  };
  const body: BoundRow = {
    body: (source, indent, context) =>
      usedNamespaces(source, key, context)
        .map(({ prefix, rows }) =>
          bodyOf(compileRows(rows), (source[key] as ExtensionValues)[prefix] as Target, indent, context),
        )
        .join(''),
  };
  return { values: row<ExtensionValues, true>(true, () => values), body: hiddenRow(() => body) };
}

/** A named place where a driver keeps private rows in status documents: the field holds what those rows read. */
export function place(name: string): Row<object, true> {
  return row<object, true>(true, (key) => ({
    read(node, target, context) {
      const rows = context.extensions?.places?.[name];
      if (rows === undefined || context.status !== true) return;
      const value = readRows(rows, node, context);
      if (value !== undefined) target[key] = value;
    },
    body(source, indent, context) {
      const rows = context.extensions?.places?.[name];
      const value = source[key] as Target | undefined;
      if (rows === undefined || value === undefined || context.status !== true) return '';
      return bodyOf(compileRows(rows), value, indent, context);
    },
  }));
}
