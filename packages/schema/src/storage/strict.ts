import { checkPieces, documentPieces, type ElementType, type Pieces, violationPieces } from '@virtkit/xml';
import { invalidDocument } from '../errors/invalid-document.js';
import { hasErrorName, isVirtError } from '../errors/virt-error.js';

/** Not well-formed, or what no schema knows: that a pool type cannot do something. */
const isBeyondSchema = (cause: unknown): boolean =>
  hasErrorName(cause, 'XML_DETAIL') || hasErrorName(cause, 'NO_SUPPORT');

/**
 * Reads a document with a schema's strictness: names no table knows are refused, and so is what `parse` refuses of a
 * document that is well-formed, with the number for a document that does not fit.
 * @libvirt VIR_STORAGE_POOL_DEFINE_VALIDATE
 */
export function* strictly<D, T>(
  kind: 'storagepool' | 'storagevol',
  type: ElementType<D>,
  text: string | Uint8Array,
  options: { readonly origin: number },
  parse: () => Pieces<T>,
): Pieces<T> {
  const document = yield* documentPieces(text, options);
  const problems = [...(yield* checkPieces(type, document)), ...(yield* violationPieces(type, document))];
  if (problems.length > 0) throw invalidDocument(kind, problems);
  try {
    return yield* parse();
  } catch (cause) {
    if (!isVirtError(cause) || isBeyondSchema(cause)) throw cause;
    throw invalidDocument(kind, [{ text: cause.message, line: 1 }], cause);
  }
}
