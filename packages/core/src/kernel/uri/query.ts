/**
 * Decoded parameters in their order. Pieces end at `&` or `;`; empty ones and those without a name are left out, a
 * missing value is the empty string.
 */
export function queryParameters(query: string): readonly (readonly [name: string, value: string])[] {
  const found: [string, string][] = [];
  for (const piece of query.split(/[&;]/)) {
    const equals = piece.indexOf('=');
    const name = equals === -1 ? piece : piece.slice(0, equals);
    if (name !== '') found.push([decode(name), equals === -1 ? '' : decode(piece.slice(equals + 1))]);
  }
  return found;
}

/** `name=value` pairs joined with `&`, everything but unreserved characters escaped. */
export const formatQuery = (parameters: Iterable<readonly [string, string]>): string =>
  [...parameters].map(([name, value]) => `${name}=${escape(value)}`).join('&');

function escape(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Escaped bytes that are no UTF-8 stay as they were written.
    return text;
  }
}
