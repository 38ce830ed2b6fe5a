import { type ErrorName, type ErrorOrigin, errorsFrom } from '@virtkit/schema';
import { isElement, namespaceOf, type RawElement, type RawNode, readDocument, readRaw, writeRaw } from '@virtkit/xml';
import type { MetadataChange } from '../../contract/facets/domain.js';

export type MetadataQuery =
  | { readonly kind: 'title' | 'description' }
  | { readonly kind: 'element'; readonly uri: string };

/** What a definition holds of metadata: domains and networks alike. */
export interface Described {
  title?: string | undefined;
  description?: string | undefined;
  metadata?: RawElement | undefined;
}

/** Throws `NO_DOMAIN_METADATA`, or the kind's own number, when there is none. */
export function readMetadata(
  definition: Readonly<Described>,
  query: MetadataQuery,
  report: { readonly origin: ErrorOrigin; readonly code?: ErrorName },
): string {
  const found = query.kind === 'element' ? elementText(definition, query.uri) : definition[query.kind];
  if (found !== undefined) return found;
  throw errorsFrom(report.origin)(report.code ?? 'NO_DOMAIN_METADATA', 'Requested metadata element is not present');
}

/**
 * Changes title, description or the element of one namespace in place; for drivers that implement `setMetadata`.
 * Throws an XML error with line and column for an element that is not well-formed.
 */
export function changeMetadata(definition: Described, change: MetadataChange): void {
  if (change.kind !== 'element') {
    if (change.text === undefined || change.text === '') delete definition[change.kind];
    else definition[change.kind] = change.text;
    return;
  }
  const others = childrenOf(definition.metadata).filter(
    (child) => namespaceOf(child, definition.metadata) !== change.uri,
  );
  const added = change.xml === undefined ? [] : [parseElement(change.xml, change.prefix ?? '', change.uri)];
  const children = [...others, ...added];
  if (children.length === 0) delete definition.metadata;
  else
    definition.metadata = {
      kind: 'element',
      name: 'metadata',
      attributes: definition.metadata?.attributes ?? [],
      children,
    };
}

function elementText(definition: Readonly<Described>, uri: string): string | undefined {
  const { metadata } = definition;
  const element = childrenOf(metadata).find((child) => namespaceOf(child, metadata) === uri);
  return element === undefined ? undefined : writeRaw(withoutNamespace(element), '').trimEnd();
}

const childrenOf = (metadata: RawElement | undefined): readonly RawElement[] =>
  metadata?.children.filter(isElement) ?? [];

/** As it was given to `setMetadata`: the kernel's prefix and declaration taken off again. */
function withoutNamespace(element: RawElement): RawElement {
  const prefix = prefixOf(element.name);
  const attributes = element.attributes.filter((_, at) => !isDeclaration(element.attributes[at - (at % 2)] ?? ''));
  return { ...renamed(element, (name) => (prefixOf(name) === prefix ? localName(name) : name)), attributes };
}

function parseElement(xml: string, prefix: string, uri: string): RawElement {
  const document = readDocument(xml);
  const element = readRaw(document.text, document.root.start);
  const qualified = renamed(element, (name) => (prefix === '' || name.includes(':') ? name : `${prefix}:${name}`));
  return { ...qualified, attributes: [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri, ...element.attributes] };
}

function renamed(element: RawElement, rename: (name: string) => string): RawElement {
  const child = (node: RawNode): RawNode => (isElement(node) ? renamed(node, rename) : node);
  return { ...element, name: rename(element.name), children: element.children.map(child) };
}

const isDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:');
const prefixOf = (name: string): string => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '');
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
