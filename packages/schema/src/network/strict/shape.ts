import { attributeOf, type Report, type XmlNode } from '@virtkit/xml';

/** Whether a text is a value of this kind. */
export type Kind = (value: string) => boolean;

export interface AttributeShape {
  readonly kind: Kind;
  readonly required: boolean;
}
export interface ChildShape {
  readonly shape: Shape | ((node: XmlNode) => Shape);
  readonly min: number;
  readonly max: number;
}
/** What an element may hold: only this, nothing else. */
export interface Shape {
  readonly attributes?: Readonly<Record<string, AttributeShape>>;
  readonly children?: Readonly<Record<string, ChildShape>>;
  readonly text?: Kind;
  /** Anything is allowed inside. */
  readonly open?: boolean;
  /** Attributes of which one element has at most one. */
  readonly exclusive?: readonly (readonly string[])[];
}

export const optional = (kind: Kind): AttributeShape => ({ kind, required: false });
export const required = (kind: Kind): AttributeShape => ({ kind, required: true });
type Inner = ChildShape['shape'];
export const maybe = (shape: Inner): ChildShape => ({ shape, min: 0, max: 1 });
export const many = (shape: Inner): ChildShape => ({ shape, min: 0, max: Number.POSITIVE_INFINITY });
export const some = (shape: Inner): ChildShape => ({ shape, min: 1, max: Number.POSITIVE_INFINITY });
export const one = (shape: Inner): ChildShape => ({ shape, min: 1, max: 1 });

/** Reports what in an element is not as it has to be, down to the values. */
export function checkShape(node: XmlNode, shape: Shape, report: Report): void {
  if (shape.open) return;
  checkAttributes(node, shape, report);
  checkChildren(node, shape.children ?? {}, report);
  if (shape.text !== undefined && !shape.text(node.text))
    report(`Error validating value of element ${node.name}`, node);
  if (shape.text === undefined && node.text.trim() !== '') report(`Element ${node.name} has extra text`, node);
}

function checkAttributes(node: XmlNode, { attributes = {}, exclusive = [] }: Shape, report: Report): void {
  for (let index = 0; index < node.attributes.length; index += 2) {
    const name = node.attributes[index] ?? '';
    const known = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (known === undefined || !known.kind(node.attributes[index + 1] ?? ''))
      report(`Invalid attribute ${name} for element ${node.name}`, node);
  }
  const present = (name: string): boolean => attributeOf(node, name) !== undefined;
  for (const [name, { required: wanted }] of Object.entries(attributes))
    if (wanted && !present(name)) report(`Element ${node.name} failed to validate attributes`, node);
  for (const group of exclusive)
    if (group.filter(present).length > 1) report(`Element ${node.name} failed to validate attributes`, node);
}

function checkChildren(node: XmlNode, children: NonNullable<Shape['children']>, report: Report): void {
  const counts = new Map<string, number>();
  for (const child of node.children) {
    const known = Object.hasOwn(children, child.name) ? children[child.name] : undefined;
    counts.set(child.name, (counts.get(child.name) ?? 0) + 1);
    if (known === undefined) report(`Element ${node.name} has extra content: ${child.name}`, child);
    else checkShape(child, typeof known.shape === 'function' ? known.shape(child) : known.shape, report);
  }
  for (const [name, { min, max }] of Object.entries(children)) {
    const count = counts.get(name) ?? 0;
    if (count > max) report(`Extra element ${name} in interleave`, node);
    if (count < min) report(`Expecting an element ${name}, got nothing`, node);
  }
}
