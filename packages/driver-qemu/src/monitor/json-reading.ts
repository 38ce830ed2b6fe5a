import { isArray, isObject, type JsonObject, type JsonValue } from '../command/json.js';

/** Reading of monitor answers: what is missing or of another type reads as absent, never as an exception. */
export const objectAt = (value: JsonValue, key: string): JsonObject => {
  const found = isObject(value) ? value[key] : undefined;
  return isObject(found) ? found : {};
};
export const listAt = (value: JsonValue, key: string): readonly JsonObject[] =>
  isObject(value) ? objectsOf(value[key]) : [];
export const objectsOf = (value: JsonValue): readonly JsonObject[] => (isArray(value) ? value.filter(isObject) : []);
export const textAt = (value: JsonValue, key: string): string | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
};
export const numberAt = (value: JsonValue, key: string): number | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'number' ? found : undefined;
};
export const flagAt = (value: JsonValue, key: string): boolean => isObject(value) && value[key] === true;
/** Whole numbers as the 64-bit values clients get; beyond 2^53 rounded, as JSON was read. */
export const bigintAt = (value: JsonValue, key: string): bigint | undefined => {
  const found = numberAt(value, key);
  return found === undefined || !Number.isInteger(found) ? undefined : BigInt(found);
};
