import type { XmlNode } from '../reader/node.js';
import { SchemaViolation, valueError } from '../xml-error.js';
import { positionOf } from './context.js';
import type { ReadContext } from './row.js';
import type { Scalar } from './scalar.js';

/** Errors a row raises instead of libvirt's general ones. */
export interface Failures {
  /** For a value that isn't accepted. */
  readonly invalid?: ((value: string, node: XmlNode, context: ReadContext) => Error) | undefined;
  /** For a required row that isn't there. */
  readonly missing?: ((node: XmlNode, context: ReadContext) => Error) | undefined;
}

/** Says, in a strict reading, that an element is not as the schema wants it. */
export function violated(node: XmlNode, context: ReadContext): void {
  if (context.strict !== true) return;
  throw new SchemaViolation(`Element ${node.name} failed to validate content`, positionOf(node, context));
}

/** Says, in a strict reading, that a value is none the schema allows. */
export function holdAgainst<T>(scalar: Scalar<T>, value: string, node: XmlNode, context: ReadContext): void {
  if (scalar.allowed?.(value) === false) violated(node, context);
}

const tail = <T>(scalar: Scalar<T>, value: string): string => scalar.explain?.(value) ?? `'${value}'.`;

export interface Place {
  readonly node: XmlNode;
  readonly context: ReadContext;
  readonly name: string;
  readonly failures: Failures;
}

/** The value of an attribute, or libvirt's error for it. */
export function parsedAttribute<T>(scalar: Scalar<T>, value: string, { node, context, name, failures }: Place): T {
  holdAgainst(scalar, value, node, context);
  const parsed = scalar.parse(value);
  if (parsed !== undefined) return parsed;
  violated(node, context);
  if (failures.invalid !== undefined) throw failures.invalid(value, node, context);
  throw valueError(
    `Invalid value for attribute '${name}' in element '${node.name}': ${tail(scalar, value)}`,
    positionOf(node, context),
  );
}

/** The value of an element's text, or an error for it. */
export function parsedText<T>(scalar: Scalar<T>, value: string, { node, context, failures }: Omit<Place, 'name'>): T {
  holdAgainst(scalar, value, node, context);
  const parsed = scalar.parse(value);
  if (parsed !== undefined) return parsed;
  violated(node, context);
  if (failures.invalid !== undefined) throw failures.invalid(value, node, context);
  throw valueError(`Invalid value for element '${node.name}': ${tail(scalar, value)}`, positionOf(node, context));
}

export function missingAttribute({ node, context, name, failures }: Place): never {
  violated(node, context);
  if (failures.missing !== undefined) throw failures.missing(node, context);
  throw valueError(`Missing required attribute '${name}' in element '${node.name}'`, positionOf(node, context));
}

export function missingChild({ node, context, name, failures }: Place): never {
  violated(node, context);
  if (failures.missing !== undefined) throw failures.missing(node, context);
  throw valueError(`Missing required element '${name}' in element '${node.name}'`, positionOf(node, context));
}
