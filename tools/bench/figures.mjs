// Medians and ratios of alternating runs.
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

const rounded = (value) => (Number.isFinite(value) ? Number(value.toPrecision(4)) : null);

/**
 * Runs each side in turn, `rounds` times; each side answers an object of numbers.
 * @returns per figure the medians of all sides and the ratio of the first to the second
 */
export async function alternate(sides, rounds) {
  const seen = sides.map(() => ({}));
  for (let round = 0; round < rounds; round += 1)
    for (const [at, side] of sides.entries())
      for (const [name, value] of Object.entries(await side.run())) (seen[at][name] ??= []).push(value);
  const names = [...new Set(seen.flatMap((side) => Object.keys(side)))];
  return Object.fromEntries(
    names.map((name) => {
      const medians = Object.fromEntries(
        sides.flatMap((side, at) =>
          seen[at][name] === undefined ? [] : [[side.name, rounded(median(seen[at][name]))]],
        ),
      );
      const [first, second] = sides.map((side) => medians[side.name]);
      return [
        name,
        { ...medians, ...(first !== undefined && second !== undefined ? { ratio: rounded(first / second) } : {}) },
      ];
    }),
  );
}
