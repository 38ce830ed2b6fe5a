/** A JSON value; members that are `undefined` are left out, `bigint` is written as a number. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A JSON object whose order of members is the order of output. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** Compact text of a value, as QEMU's options and monitor take it. */
export function jsonText(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (isObject(value)) return `{${members(value).map(memberText).join(',')}}`;
  return JSON.stringify(value ?? null);
}

/** The members of an object that are there. */
export const members = (object: JsonObject): readonly (readonly [string, JsonValue])[] =>
  Object.entries(object).filter(([, value]) => value !== undefined);

export const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isArray = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const memberText = ([key, value]: readonly [string, JsonValue]): string => `${JSON.stringify(key)}:${jsonText(value)}`;
