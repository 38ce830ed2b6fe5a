import { childOf, textOf } from '../reader/node.js';
import { escapeText } from '../writer/escape.js';
import { writtenText } from '../writer/layout.js';
import { type Failures, holdAgainst, missingChild, parsedText } from './failure.js';
import { reportText } from './compiled.js';
import { type BoundRow, type Checker, matchedTag, type Row, row, type Tag, writtenTag } from './row.js';
import type { Scalar } from './scalar.js';

export interface TextOptions extends Failures {
  readonly as?: Tag | undefined;
  /** Empty text counts as absent. */
  readonly emptyIsAbsent?: boolean | undefined;
}

/** A required child element that holds text: `<name>x</name>`. */
export const textChild = <T>(scalar: Scalar<T>, options: TextOptions = {}): Row<T, false> =>
  row<T, false>(false, (key) => textBinding(scalar, key, { ...options, required: true }));

/** A child element that holds text and may be absent. */
export const optText = <T>(scalar: Scalar<T>, options: TextOptions = {}): Row<T, true> =>
  row<T, true>(true, (key) => textBinding(scalar, key, options));

function textBinding<T>(
  scalar: Scalar<T>,
  key: string,
  options: TextOptions & { readonly required?: boolean },
): BoundRow {
  const tag = options.as ?? key;
  const matched = matchedTag(tag);
  const written = writtenTag(tag);
  return {
    read(node, target, context) {
      const child = childOf(node, matched);
      const value = child === undefined ? undefined : textOf(child);
      const absent = value === undefined || (value === '' && options.emptyIsAbsent === true);
      if (value === '' && absent && child !== undefined) holdAgainst(scalar, value, child, context);
      if (absent && options.required === true) missingChild({ node, context, name: matched, failures: options });
      if (!absent && child !== undefined)
        target[key] = parsedText(scalar, value, { node: child, context, failures: options });
    },
    body: (source, indent) => {
      const value = source[key];
      if (value === undefined) return '';
      const text = escapeText(scalar.format(value as T));
      return text === '' ? `${indent}<${written}></${written}>\n` : writtenText(written, '', text, indent);
    },
    known: () => ({ children: [[matched, textOnly, 'once']] }),
  };
}

/** An element with text and nothing else. */
const textOnly: Checker = (node, report) => {
  if (node.children.length > 0) report(`Element ${node.name} has extra content: ${node.children[0]?.name}`, node);
  if (node.attributes.length > 0) report(`Invalid attribute ${node.attributes[0]} for element ${node.name}`, node);
};

/** An element with nothing in it. */
const nothing: Checker = (node, report) => {
  textOnly(node, report);
  reportText(node, report);
};

export interface ContentOptions extends Failures {
  readonly emptyIsAbsent?: boolean | undefined;
}

/** The element's own text, required. */
export const content = <T>(scalar: Scalar<T>, options: ContentOptions = {}): Row<T, false> =>
  row<T, false>(false, (key) => contentBinding(scalar, key, options, true));

/** The element's own text; empty text is absent. */
export const optContent = <T>(scalar: Scalar<T>, options: ContentOptions = {}): Row<T, true> =>
  row<T, true>(true, (key) => contentBinding(scalar, key, options, false));

function contentBinding<T>(scalar: Scalar<T>, key: string, failures: ContentOptions, required: boolean): BoundRow {
  return {
    read(node, target, context) {
      const value = textOf(node);
      if (value === '' && !required) return;
      target[key] = parsedText(scalar, value, { node, context, failures });
    },
    content: (source) => {
      const value = source[key];
      return value === undefined ? undefined : escapeText(scalar.format(value as T));
    },
    known: () => ({ text: true }),
  };
}

export interface FlagOptions {
  readonly as?: string | undefined;
}

/** An empty element that is there or not: `<readonly/>`. Absent is no field. */
export function flag(options: FlagOptions = {}): Row<boolean, true> {
  return row<boolean, true>(true, (key) => {
    const tag = options.as ?? key;
    return {
      read(node, target) {
        if (childOf(node, tag) !== undefined) target[key] = true;
      },
      body: (source, indent) => (source[key] === true ? `${indent}<${tag}/>\n` : ''),
      known: () => ({ children: [[tag, nothing, 'once']] }),
    };
  });
}
