import { isArray, isObject, members, type JsonObject, type JsonValue } from './json.js';

/** One `key=value` of an option; without a key the value stands alone. */
export type KeyValue = readonly [key: string | undefined, value: string];

/** Doubles commas, QEMU's only escape in option lists. */
const escapeComma = (text: string): string => text.replaceAll(',', ',,');

/** Joins pairs to `a=b,c=d`, escaping the values. */
export const joinKeyValues = (pairs: readonly KeyValue[]): string =>
  pairs.map(([key, value]) => (key === undefined ? '' : `${key}=`) + escapeComma(value)).join(',');

/** JSON properties as `key=value` text: members of objects by dots, elements of arrays numbered. */
export const keyValueText = (properties: JsonObject): string =>
  joinKeyValues(members(properties).flatMap(([key, value]) => flatten(key, value)));

/** Like {@link keyValueText}, the value of the first member standing without its key (`-device NAME,…`). */
export function positionalText(properties: JsonObject): string {
  const [first, ...rest] = members(properties).flatMap(([key, value]) => flatten(key, value));
  return first ? joinKeyValues([[undefined, first[1]], ...rest]) : '';
}

function flatten(key: string, value: JsonValue): readonly KeyValue[] {
  if (isArray(value)) return value.flatMap((element, index) => flatten(`${key}.${index}`, element));
  if (isObject(value)) return members(value).flatMap(([name, member]) => flatten(`${key}.${name}`, member));
  return [[key, scalarText(value)]];
}

function scalarText(value: Exclude<JsonValue, readonly JsonValue[] | JsonObject>): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return String(value ?? '');
}
