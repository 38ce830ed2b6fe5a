function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, x] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, y] of [...b].entries())
      next.push(Math.min((row[j] ?? 0) + (x === y ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Known words that a misspelt one may have meant: two letters off, or begun with it. Of short words, one letter. */
export function nearest(word: string, known: readonly string[]): readonly string[] {
  const most = word.length < 4 ? 1 : 2;
  const close = known.filter((each) => distance(each, word) <= most);
  const begun = word.length < 2 ? [] : known.filter((each) => each.startsWith(word) && !close.includes(each));
  return [...close, ...begun].slice(0, 4);
}

/** `; did you mean list?`, or nothing. */
export function suggestion(word: string, known: readonly string[], quoted = (each: string): string => each): string {
  const near = nearest(word, known);
  return near.length === 0 ? '' : `; did you mean ${near.map(quoted).join(' or ')}?`;
}
