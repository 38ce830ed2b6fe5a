/** Words that stand for numbers on the wire. */
export interface WordTable<W extends string = string> {
  readonly words: readonly W[];
  /** Spelling does not matter: `from-snapshot`, `fromSnapshot` and `from snapshot` are one word. Undefined: no such word. */
  number(word: string): number | undefined;
  /** Undefined for a number of a newer libvirt. */
  word(number: number): W | undefined;
}

const bare = (word: string): string => word.replace(/[^a-z0-9]/gi, '').toLowerCase();

/** A table of words whose numbers count from `first`. */
export function wordTable<const W extends string>(words: readonly W[], first = 0): WordTable<W> {
  const numbers = new Map(words.map((word, index) => [bare(word), first + index]));
  return {
    words,
    number: (word) => numbers.get(word) ?? numbers.get(bare(word)),
    word: (number) => words[number - first],
  };
}
