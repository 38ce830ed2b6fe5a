import { UsageError } from '../usage-error.js';

/** One word of an expression. */
export interface Token {
  readonly kind: 'sign' | 'operator' | 'name' | 'text' | 'number' | 'end';
  readonly word: string;
  /** Where it begins. */
  readonly at: number;
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d*)?|\.\d+)|(?<text>"[^"]*"|'[^']*')|(?<name>[\p{L}_][\p{L}\p{N}_.-]*)|(?<sign>\/\/|::|\.\.|!=|<=|>=|[()[\]@,/|+\-=<>*.]))/uy;
const named = new Set(['and', 'or', 'div', 'mod']);
const operators = new Set(['|', '+', '-', '=', '!=', '<', '<=', '>', '>=', '/', '//']);
const opening = new Set(['@', '::', '(', '[', ',']);

/** Behind a value `*`, `and`, `or`, `div` and `mod` join it to the next; elsewhere they are names. */
function kindOf(kind: Token['kind'], word: string, last: Token | undefined): Token['kind'] {
  if (kind === 'sign' && operators.has(word)) return 'operator';
  const behindValue = last !== undefined && last.kind !== 'operator' && !opening.has(last.word);
  return behindValue && (word === '*' || (kind === 'name' && named.has(word))) ? 'operator' : kind;
}

/** @throws UsageError where no word begins */
export function tokensOf(expression: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < expression.trimEnd().length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(expression);
    if (match === null) throw invalid(expression, at);
    const [kind = 'sign', word = ''] =
      Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [];
    const began = pattern.lastIndex - word.length;
    found.push({ kind: kindOf(kind as Token['kind'], word, found.at(-1)), word, at: began }); // the groups are kinds
  }
  return [...found, { kind: 'end', word: '', at: expression.length }];
}

export const invalid = (expression: string, at: number): UsageError =>
  new UsageError(`Invalid xpath '${expression}': not understood from character ${at + 1} on`);
