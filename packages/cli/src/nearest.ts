/** Letters to be changed, added, dropped, or swapped with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j - 1) + change, at(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, swap));
    }
  }
  return at(a.length, b.length);
}

/** Known words that a misspelt one may have meant: the closest, at most two letters off, or begun with it. Of short words, one letter. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const most = word.length < 4 ? 1 : 2;
  const measured = known.map((each) => [each, distance(each, word)] as const);
  const least = Math.min(most, ...measured.map(([, letters]) => letters));
  const close = measured.filter(([, letters]) => letters === least).map(([each]) => each);
  const begun = word.length < 2 ? [] : known.filter((each) => each.startsWith(word) && !close.includes(each));
  return [...close, ...begun].slice(0, 4);
}

/** `; did you mean list?`, or nothing. */
export function suggestion(word: string, known: readonly string[], quoted = (each: string): string => each): string {
  const near = nearest(word, known);
  return near.length === 0 ? '' : `; did you mean ${near.map(quoted).join(' or ')}?`;
}
