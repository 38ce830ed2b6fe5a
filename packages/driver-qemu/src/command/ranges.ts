/** Numbers of a set written as `0-3,^2,8`. */
export function rangeNumbers(text: string): readonly number[] {
  const numbers = new Set<number>();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const negated = part.startsWith('^');
    const [first = '', last = first] = part.replace('^', '').split('-');
    for (let number = Number(first); number <= Number(last); number += 1)
      if (negated) numbers.delete(number);
      else numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

/** The same set as its runs: `0-2`, `8`. */
export function rangeRuns(text: string): readonly string[] {
  const runs: [first: number, last: number][] = [];
  for (const number of rangeNumbers(text)) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
}
