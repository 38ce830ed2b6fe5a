import { attributeOf } from '../reader/node.js';
import { escapeAttribute } from '../writer/escape.js';
import { type Failures, holdAgainst, missingAttribute, parsedAttribute } from './failure.js';
import { type BoundRow, type Row, row } from './row.js';
import type { Scalar } from './scalar.js';

export interface AttributeOptions<T> extends Failures {
  /** Name in the document, where it isn't the key. */
  readonly as?: string | undefined;
  /** Value where the attribute is absent. */
  readonly default?: T | undefined;
}

export interface OptionalAttributeOptions<T> extends Failures {
  readonly as?: string | undefined;
  /** A value that counts as absent: neither kept nor written. */
  readonly omit?: T | undefined;
  /** Empty text counts as absent. */
  readonly emptyIsAbsent?: boolean | undefined;
}

/** A required attribute; with `default` it may be absent in the text, never in the object. */
export function attr<T>(scalar: Scalar<T>, options: AttributeOptions<NoInfer<T>> = {}): Row<T, false> {
  return row<T, false>(false, (key) => {
    const name = options.as ?? key;
    return {
      read(node, target, context) {
        const value = attributeOf(node, name);
        if (value !== undefined)
          target[key] = parsedAttribute(scalar, value, { node, context, name, failures: options });
        else if (options.default !== undefined) target[key] = options.default;
        else missingAttribute({ node, context, name, failures: options });
      },
      ...attributeWriter(scalar, key, name),
    };
  });
}

/** An attribute that may be absent. */
export function optAttr<T>(scalar: Scalar<T>, options: OptionalAttributeOptions<NoInfer<T>> = {}): Row<T, true> {
  return row<T, true>(true, (key) => {
    const name = options.as ?? key;
    return {
      read(node, target, context) {
        const value = attributeOf(node, name);
        if (value === undefined) return;
        if (value === '' && options.emptyIsAbsent === true) return holdAgainst(scalar, value, node, context);
        const parsed = parsedAttribute(scalar, value, { node, context, name, failures: options });
        if (parsed !== options.omit) target[key] = parsed;
      },
      ...attributeWriter(scalar, key, name),
    };
  });
}

/** A binding is used with one type only, that of its scalar. */
function attributeWriter<T>(scalar: Scalar<T>, key: string, name: string): BoundRow {
  const start = ` ${name}='`;
  return {
    attributes: (source) => {
      const value = source[key];
      return value === undefined ? '' : `${start}${escapeAttribute(scalar.format(value as T))}'`;
    },
    known: () => ({ attributes: [name] }),
  };
}
