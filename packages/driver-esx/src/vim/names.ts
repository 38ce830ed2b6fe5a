/** Names on the server escape `/`, `\` and `%` as `%2f`, `%5c`, `%25`. */
export const unescapedName = (name: string): string =>
  name.replaceAll(/%([0-9a-f]{2})/gi, (whole, digits: string) => special[digits.toLowerCase()] ?? whole);

const special: Readonly<Record<string, string>> = { '2f': '/', '5c': '\\', '25': '%' };

/** The other way. */
export const escapedName = (name: string): string =>
  name.replaceAll(/[%/\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
