import { type ErrorName, type ErrorOrigin, errorsFrom } from '@virtkit/schema';
import {
  declarationOf,
  documentPieces,
  isDeclaration,
  namespaceOf,
  type Pieces,
  prefixOf,
  type RawElement,
  type RawMember,
  rawPieces,
  withoutPrefix,
  writeRaw,
} from '@virtkit/xml';
import type { MetadataChange } from '../../contract/facets/domain.js';

export type MetadataQuery =
  | { readonly kind: 'title' | 'description' }
  | { readonly kind: 'element'; readonly uri: string };

/** A change as clients ask for it; the element with its elements' names as written, without the prefix. */
export type MetadataRequest =
  | Extract<MetadataChange, { readonly kind: 'title' | 'description' }>
  | { readonly kind: 'element'; readonly uri: string; readonly prefix?: string; readonly xml: string | undefined };

/** What a definition holds of metadata: domains and networks alike. */
export interface Described {
  title?: string | undefined;
  description?: string | undefined;
  metadata?: RawMember | undefined;
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

/** Changes title, description or the element of one namespace in place; for drivers that implement `setMetadata`. */
export function changeMetadata(definition: Described, change: MetadataChange): void {
  if (change.kind !== 'element') {
    if (change.text === undefined || change.text === '') delete definition[change.kind];
    else definition[change.kind] = change.text;
    return;
  }
  const { attributes = [], elements: before = [] } = definition.metadata ?? {};
  const others = before.filter((element) => namespaceOf(element, { attributes }) !== change.uri);
  const elements = change.element === undefined ? others : [...others, change.element];
  if (elements.length === 0) delete definition.metadata;
  else definition.metadata = { attributes, elements };
}

/** Reads a request, in pieces. Throws an XML error with line and column for an element that is not well-formed. */
export function* metadataPieces(request: MetadataRequest): Pieces<MetadataChange> {
  if (request.kind !== 'element') return request;
  const { kind, uri, prefix = '', xml } = request;
  if (xml === undefined) return { kind, uri, element: undefined };
  const { text, root } = yield* documentPieces(xml, { opaque: 'all' });
  const element = yield* rawPieces(text, root.start, { prefix });
  return { kind, uri, element: { ...element, attributes: [declarationOf(prefix), uri, ...element.attributes] } };
}

function elementText({ metadata }: Readonly<Described>, uri: string): string | undefined {
  const element = metadata?.elements.find((each) => namespaceOf(each, metadata) === uri);
  return element === undefined ? undefined : writeRaw(withoutNamespace(element), '').trimEnd();
}

/** As it was given to `setMetadata`: the kernel's prefix and declaration taken off again. */
function withoutNamespace(element: RawElement): RawElement {
  const attributes = element.attributes.filter((_, at) => !isDeclaration(element.attributes[at - (at % 2)] ?? ''));
  return { ...withoutPrefix(element, prefixOf(element.name)), attributes };
}
