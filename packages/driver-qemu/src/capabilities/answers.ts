/** Careful reading of monitor answers: what has not the expected shape is absent. */
export type Answer = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): Answer | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : undefined; // just checked

export const asList = (value: unknown): readonly Answer[] =>
  Array.isArray(value) ? value.map(asObject).filter((item) => item !== undefined) : [];

export const asTexts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
export const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
