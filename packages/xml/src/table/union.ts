import { attributeOf, type XmlNode } from '../reader/node.js';
import { writtenAttribute } from '../writer/layout.js';
import {
  attributesOf,
  bodyOf,
  type Compiled,
  checkWith,
  compileRows,
  lazily,
  readInto,
  writeWith,
} from './compiled.js';
import { type Failures, missingAttribute, parsedAttribute } from './failure.js';
import {
  type BoundRow,
  type ElementType,
  type HiddenRow,
  hiddenRow,
  type Row,
  type Rows,
  row,
  type Tag,
  type Target,
  writtenTag,
  type ReadContext,
} from './row.js';
import { oneOf } from './scalar.js';

export type Variants = Readonly<Record<string, Rows>>;

export interface UnionOptions<T> extends Failures {
  /** Field that holds the variant, where it isn't named as the attribute. */
  readonly key?: string | undefined;
  /** Variant meant by an absent attribute. */
  readonly default?: string | undefined;
  /** This variant's attribute isn't written. */
  readonly silent?: string | undefined;
  readonly refine?: ((value: T, node: XmlNode, context: ReadContext) => void) | undefined;
}

interface Choice {
  readonly names: readonly string[];
  choose(node: XmlNode, context: ReadContext): string;
  table(variant: string): Compiled;
}

function choice<T>(attribute: string, variants: Variants, options: UnionOptions<T>): Choice {
  const names = Object.keys(variants);
  const scalar = oneOf(...names);
  const tables = new Map(Object.entries(variants).map(([name, rows]) => [name, lazily(() => compileRows(rows))]));
  return {
    names,
    choose(node, context) {
      const value = attributeOf(node, attribute) ?? options.default;
      const place = { node, context, name: attribute, failures: options };
      return value === undefined ? missingAttribute(place) : parsedAttribute(scalar, value, place);
    },
    table: (variant) => (tables.get(variant) as () => Compiled)(),
  };
}

/** An element whose attribute `discriminator` selects the table of the rest. */
export function union<T extends object>(
  tag: Tag,
  discriminator: string,
  variants: Variants,
  options: UnionOptions<T> = {},
): ElementType<T> {
  const { choose, table } = choice(discriminator, variants, options);
  const field = options.key ?? discriminator;
  return {
    tag,
    read(node, context) {
      const variant = choose(node, context);
      const target: Target = { [field]: variant };
      readInto(table(variant), node, target, context);
      const value = target as T; // the rows are those `T` was derived from
      options.refine?.(value, node, context);
      return value;
    },
    write(value, indent, context) {
      const source = value as Target;
      const variant = source[field] as string;
      const attributes = variant === options.silent ? '' : writtenAttribute(discriminator, variant);
      return writeWith(table(variant), writtenTag(tag), source, { indent, context, attributes });
    },
    check(node, report) {
      const variant = attributeOf(node, discriminator) ?? options.default;
      if (variant === undefined || !Object.hasOwn(variants, variant)) return;
      checkWith(table(variant).bound, [discriminator])(node, report);
    },
  };
}

/** The two places of one field: an attribute of the element, and elements printed elsewhere. */
export interface Lifted<T> {
  readonly tag: Row<T, false>;
  readonly body: HiddenRow;
}

/**
 * A union spread over an element: its discriminator is an attribute of the element itself, the variants' rows are read from the
 * same element (usually `within` a child) into an object of their own at `key`. Put `tag` at `key`, `body` where the children go.
 */
export function lifted<T extends object>(
  key: string,
  discriminator: string,
  variants: Variants,
  options: UnionOptions<T> = {},
): Lifted<T> {
  const { choose, table, names } = choice(discriminator, variants, options);
  const field = options.key ?? discriminator;
  const read: BoundRow['read'] = (node, target, context) => {
    const variant = choose(node, context);
    const value: Target = { [field]: variant };
    readInto(table(variant), node, value, context);
    options.refine?.(value as T, node, context); // as above
    target[key] = value;
  };
  const tag: BoundRow = {
    read,
    attributes(source, context) {
      const value = source[key] as Target;
      const variant = value[field] as string;
      const own = variant === options.silent ? '' : writtenAttribute(discriminator, variant);
      return own + attributesOf(table(variant), value, context);
    },
    known: (node) => {
      const variant = attributeOf(node, discriminator) ?? options.default ?? '';
      if (!names.includes(variant)) return { attributes: [discriminator] };
      const rows = table(variant).bound.map((bound) => bound.known?.(node) ?? {});
      return {
        attributes: [discriminator, ...rows.flatMap((known) => known.attributes ?? [])],
        children: rows.flatMap((known) => known.children ?? []),
        text: rows.some((known) => known.text === true),
      };
    },
  };
  const body: BoundRow = {
    body(source, indent, context) {
      const value = source[key] as Target;
      return bodyOf(table(value[field] as string), value, indent, context);
    },
  };
  return { tag: row<T, false>(false, () => tag), body: hiddenRow(() => body) };
}
