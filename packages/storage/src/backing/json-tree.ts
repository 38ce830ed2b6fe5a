export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Dotted keys as nested objects (`server.0.host`), numbered ones as lists: both ways of writing mean the same. */
export function nested(value: JsonRecord): JsonRecord {
  const tree: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value))
    place(tree, key.split('.'), isRecord(inner) ? nested(inner) : inner);
  return withLists(tree);
}

function place(tree: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    tree[first] = isRecord(value) && isRecord(tree[first]) ? { ...tree[first], ...value } : value;
    return;
  }
  const below = isRecord(tree[first]) ? { ...tree[first] } : {};
  place(below, rest, value);
  tree[first] = below;
}

function withLists(tree: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, isRecord(value) ? listOr(withLists(value)) : value]),
  );
}

const listOr = (value: JsonRecord): unknown => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key, index) => key === String(index)) ? Object.values(value) : value;
};

/** Text of a text or number; undefined for anything else. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
