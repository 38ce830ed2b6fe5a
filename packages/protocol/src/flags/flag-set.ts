/** Flag bits of one set by option name. */
export type FlagBits = Readonly<Record<string, number>>;

/** What the set bits ask for; an option that was not asked for is absent. */
export type FlagOptions<B extends FlagBits> = { readonly [K in keyof B]?: true };

const none = Object.freeze({});

/** Turns bits into named options. Bits without a name are not seen here; whoever decodes refuses them. */
export function optionsOf<B extends FlagBits>(bits: B, value: number): FlagOptions<B> {
  if (value === 0) return none;
  const options: { [K in keyof B]?: true } = {};
  for (const name of Object.keys(bits) as (keyof B)[]) if (isSet(bits, name, value)) options[name] = true;
  return options;
}

/** The option names of the set bits, in the order of the table. */
export function namesOf<B extends FlagBits>(bits: B, value: number): readonly (keyof B & string)[] {
  return (Object.keys(bits) as (keyof B & string)[]).filter((name) => isSet(bits, name, value));
}

/** Bits for options, the way back. */
export function bitsOf<B extends FlagBits>(
  bits: B,
  options: { readonly [K in keyof B]?: boolean | undefined },
): number {
  let value = 0;
  for (const name of Object.keys(bits) as (keyof B)[]) if (options[name]) value |= bits[name] ?? 0;
  return value >>> 0;
}

const isSet = <B extends FlagBits>(bits: B, name: keyof B, value: number): boolean => (value & (bits[name] ?? 0)) !== 0;
