/** What a command says: the same answer for people (virsh's text) and for programs (`--json`). */
export interface Output {
  /** Without the newline at its end. */
  readonly text: string;
  readonly data: unknown;
  /** What of it failed all the same; told after the text. */
  readonly failure?: Error;
}

type Cell = string | number;

const width = (text: string): number => [...text].length;

/** virsh's table: one blank before, two after each cell, a rule below the heading, an empty line at the end. */
export function table(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  keys?: readonly string[],
): Output {
  const cells = rows.map((row) => row.map(String));
  const widths = columns.map((title, at) => Math.max(width(title), ...cells.map((row) => width(row[at] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        at === row.length - 1 ? ` ${cell}` : ` ${cell}${' '.repeat((widths[at] ?? 0) - width(cell))}  `,
      )
      .join('');
  const rule = '-'.repeat(widths.reduce((sum, each) => sum + each + 3, 0));
  const names = keys ?? columns.map((title) => title.toLowerCase().replaceAll(' ', '_'));
  return {
    text: [line(columns), rule, ...cells.map(line), ''].join('\n'),
    data: rows.map((row) => Object.fromEntries(row.map((cell, at) => [names[at] ?? String(at), cell]))),
  };
}

/** `Name:           value` lines; the values begin in one column. */
export function pairs(entries: readonly (readonly [label: string, value: Cell])[], column = 16): Output {
  return {
    text: `${entries.map(([label, value]) => `${`${label}:`.padEnd(column)}${value}`).join('\n')}\n`,
    data: Object.fromEntries(entries.map(([label, value]) => [label, value])),
  };
}

/** One sentence about what was done, and an empty line. */
export const done = (text: string, data: unknown = { done: true }): Output => ({ text: `${text}\n`, data });

/** A document or value as it is, and an empty line. */
export const plain = (text: string, data: unknown = text): Output => ({
  text: text.endsWith('\n') ? text : `${text}\n`,
  data,
});

/** Text alone, nothing added. */
export const bare = (text: string, data: unknown = text): Output => ({ text, data });

export const nothing: Output = { text: '', data: null };

/** JSON for programs: 64-bit values as numbers where they are exact, else as text. */
export function asJson(data: unknown): string {
  const exact = (value: bigint): number | string =>
    value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)
      ? Number(value)
      : String(value);
  return JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? exact(value) : value), 2);
}
