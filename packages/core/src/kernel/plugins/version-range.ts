type Version = readonly [major: number, minor: number, patch: number];

/**
 * Whether a version lies in a range as plugins write them: `^1.2.0`, `~1.2.0`, `>=1.0.0`, `1.2.3`, `*`, and such joined
 * with `||`. A range of another form counts as satisfied: npm's own resolution decides then.
 */
export function satisfies(version: string, range: string): boolean {
  const actual = parse(version);
  return actual === undefined || range.split('||').some((part) => within(actual, part.trim()));
}

function within(actual: Version, range: string): boolean {
  const operator = /^(\^|~|>=|=)?/.exec(range)?.[1] ?? '';
  const wanted = parse(range.slice(operator.length));
  if (wanted === undefined) return true;
  if (operator === '>=') return compare(actual, wanted) >= 0;
  if (operator === '^') return compare(actual, wanted) >= 0 && sameBreaking(actual, wanted);
  if (operator === '~') return compare(actual, wanted) >= 0 && actual[0] === wanted[0] && actual[1] === wanted[1];
  return compare(actual, wanted) === 0;
}

/** Below 1.0.0 every minor version may break. */
function sameBreaking(actual: Version, wanted: Version): boolean {
  if (wanted[0] > 0) return actual[0] === wanted[0];
  return actual[0] === 0 && (wanted[1] > 0 ? actual[1] === wanted[1] : actual[2] === wanted[2]);
}

function compare(one: Version, other: Version): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
}

function parse(text: string): Version | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(text.trim());
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}
